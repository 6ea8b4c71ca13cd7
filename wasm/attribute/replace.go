package attribute

import "sparrow/wasm/vec"

// Grow stores c, a column of n items, in dst, with more items behind these, which have no
// value.
func (c *Column) Grow(dst *Column, n, more int) {
	*dst = *c
	column, to := &dst.Codes, ((n+more)*c.Bits+7)/8
	if c.Kind == List {
		column, to = &dst.Counts, n+more
	}
	grown := make([]byte, to)
	copy(grown, *column)
	*column = grown
}

// With returns c, a column about n items, with other values at rows: of [Number], or of
// [Bool] 1 for yes and 0 for no.
func (c *Column) With(n int, rows []int32, values []float64) Column {
	changed, codes := *c, make([]uint32, n)
	for r := range codes {
		codes[r] = c.code(r)
	}
	if c.Kind == Bool {
		for i, r := range rows {
			codes[r] = 1 + uint32(values[i])
		}
		changed.Bits, changed.Codes = Pack(codes, 2)
		return changed
	}
	own := c.Distinct()
	all, code := make([]float64, own+len(values)), make([]uint32, own+len(values))
	for i := range own {
		all[i] = c.Numbers.At(i)
	}
	copy(all[own:], values)
	u := make([]float64, 0, len(all))
	for _, i := range vec.Sorted(len(all), func(a, b int32) bool { return all[a] < all[b] }) {
		if k := len(u); k == 0 || u[k-1] != all[i] {
			u = append(u, all[i])
		}
		code[i] = uint32(len(u))
	}
	for r, was := range codes {
		if was > 0 {
			codes[r] = code[was-1]
		}
	}
	for i, r := range rows {
		codes[r] = code[own+i]
	}
	changed.Numbers = Numbers{Values: u}
	changed.Bits, changed.Codes = Pack(codes, len(u))
	return changed
}
