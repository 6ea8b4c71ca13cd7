package catalog

// GenreRanks returns for each genre its place in the order of how much a genre
// says of an item, 0 for the most: the rarest in the catalog first, ties by
// index. A genre that no item has alone comes after all others, however rare: it
// tells how items come (IMAX, for one) and not what they are. Sources list an
// item's genres by the alphabet, so the first of theirs is no more telling than
// the next.
func (c *Catalog) GenreRanks() []uint8 {
	const together = 1 << 31 // above any number of items
	count := make([]int, len(c.GenreNames))
	alone := make([]bool, len(count))
	for _, genres := range c.Genres {
		for _, g := range genres {
			count[g]++
			alone[g] = alone[g] || len(genres) == 1
		}
	}
	for g := range count {
		if !alone[g] {
			count[g] += together
		}
	}
	ranks := make([]uint8, len(count))
	for g, n := range count {
		for other, m := range count {
			if m < n || m == n && other < g {
				ranks[g]++
			}
		}
	}
	return ranks
}

// Specific appends the genres of item r to dst, the most specific first by what
// GenreRanks returned, and returns it. The first one is the genre of the item,
// where only one is shown.
func (c *Catalog) Specific(dst []uint8, r Row, ranks []uint8) []uint8 {
	from := len(dst)
	dst = append(dst, c.Genres[r]...)
	for i := from + 1; i < len(dst); i++ {
		for k := i; k > from && ranks[dst[k]] < ranks[dst[k-1]]; k-- {
			dst[k], dst[k-1] = dst[k-1], dst[k]
		}
	}
	return dst
}
