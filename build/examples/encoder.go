package examples

import "sparrow/wasm/feature"

// Encoder encodes rows of a set. It is not for concurrent use; several may
// encode the same set at once.
type Encoder struct {
	reader  reader
	encoder *feature.Encoder
	schema  *feature.Schema
}

// Encoder returns an encoder of rows of s by schema, which it keeps.
func (s *Set) Encoder(schema *feature.Schema) *Encoder {
	e := feature.NewEncoder(schema, s.d.Catalog)
	return &Encoder{reader{set: s, encounter: &e.Encounter}, e, schema}
}

// Encode gives dst the rows at the given places of the set, in that order. It
// allocates only while dst is too small.
func (e *Encoder) Encode(rows []int32, dst *feature.Batch) {
	dst.Reset(e.schema, len(rows))
	for i, r := range rows {
		e.reader.read(int(r))
		e.encoder.Encode(dst, i)
	}
}
