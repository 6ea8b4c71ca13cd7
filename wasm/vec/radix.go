package vec

// SortByKey sorts rows so that key[row] ascends; equal ones keep their order. It
// is a radix sort from the lowest byte up that skips the bytes that all keys share:
// for a whole catalog several times as quick as comparing. Every row is an index
// of key, and there are no more rows than keys.
func SortByKey[T ~int32](rows []T, key []uint64) {
	counts := new([8][256]uint32)
	for _, r := range rows {
		k := key[r]
		for b := range counts {
			counts[b][byte(k>>(8*b))]++
		}
	}
	from, to := rows, make([]T, len(rows))
	for b := range counts {
		start, sum := &counts[b], uint32(0)
		shared := false
		for c, n := range start {
			shared = shared || int(n) == len(rows)
			start[c], sum = sum, sum+n
		}
		if shared {
			continue
		}
		for _, r := range from {
			c := byte(key[r] >> (8 * b))
			to[start[c]] = r
			start[c]++
		}
		from, to = to, from
	}
	copy(rows, from)
}
