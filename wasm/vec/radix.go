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

// SortHigh sorts pairs so that their upper 32 bits ascend; those that are equal keep
// their order. It is a radix sort like that of [SortByKey], of what is read in one go
// instead of rows whose keys stand here and there: for pairs that are not an index of
// anything.
func SortHigh(pairs []uint64) {
	const bits, mask = 11, 1<<11 - 1
	counts := new([3][mask + 1]uint32)
	for _, p := range pairs {
		for b := range counts {
			counts[b][p>>(32+bits*b)&mask]++
		}
	}
	from, to := pairs, make([]uint64, len(pairs))
	for b := range counts {
		start, sum := &counts[b], uint32(0)
		shared := false
		for c, n := range start {
			shared = shared || int(n) == len(pairs)
			start[c], sum = sum, sum+n
		}
		if shared {
			continue
		}
		for _, p := range from {
			c := p >> (32 + bits*b) & mask
			to[start[c]] = p
			start[c]++
		}
		from, to = to, from
	}
	copy(pairs, from)
}
