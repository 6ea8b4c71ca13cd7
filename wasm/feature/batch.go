package feature

// Batch is what models read: rows of numbers and ids.
type Batch struct {
	Rows    int
	Numeric []float32 // [Rows×F] finite, about standardized
	IDs     [][]int32 // [fields] of [Rows×Slots of the field]: 0 ≤ id < Vocabulary, or -1 for none
}

// Reset gives b the shape of rows rows of schema s. The values are undefined;
// memory that is large enough is kept.
func (b *Batch) Reset(s *Schema, rows int) {
	b.Rows = rows
	numerics, fields := 0, 0
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Kind.Numeric() {
			numerics++
			continue
		}
		if fields == len(b.IDs) {
			b.IDs = append(b.IDs, nil)
		}
		b.IDs[fields] = sized(b.IDs[fields], rows*c.slots())
		fields++
	}
	b.IDs = b.IDs[:fields]
	b.Numeric = sized(b.Numeric, rows*numerics)
}

// sized returns s with n elements, of its own memory where that is enough.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
