package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// rankGenres returns for each genre how soon it is named among those of an item,
// 0 for the first: the rarest says most. A genre that no item has alone is said
// of the way an item is shown rather than of the item, such as IMAX, and is
// named last.
func rankGenres(c *catalog.Catalog, counts []int) []int {
	alone := make([]bool, len(counts))
	for _, genres := range c.Genres {
		if len(genres) == 1 {
			alone[genres[0]] = true
		}
	}
	ranks := make([]int, len(counts))
	for rank, g := range vec.Sorted(len(counts), func(a, b int32) bool {
		if alone[a] != alone[b] {
			return alone[a]
		}
		return counts[a] < counts[b]
	}) {
		ranks[g] = rank
	}
	return ranks
}
