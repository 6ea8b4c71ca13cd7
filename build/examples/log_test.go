package examples

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// randomLog returns a small data set with everything that may occur: equal time
// stamps within and between users, clicks, missing stars, genres and years, idle
// users, and users whose newest interactions a view hides.
func randomLog(r *rand.Rand) *dataset.Dataset {
	const movies, genres = 15, 4
	c := &catalog.Catalog{GenreNames: []string{"a", "b", "c", "d"}}
	for m := range movies {
		c.IDs = append(c.IDs, catalog.ID(fmt.Sprint(100+m)))
		c.Years = append(c.Years, int16([]int{0, 1950 + r.IntN(60)}[r.IntN(2)]))
		var own []uint8
		for _, g := range r.Perm(genres)[:r.IntN(4)] {
			own = append(own, uint8(g))
		}
		c.Genres = append(c.Genres, own)
	}
	users := make([]string, 1+r.IntN(12))
	lists := make([][]dataset.Interaction, len(users))
	for u := range users {
		at := uint32(1_000_000 + r.IntN(20_000))
		for _, m := range r.Perm(movies)[:r.IntN(movies+1)] {
			at += uint32([]int{0, 1, r.IntN(3000), r.IntN(9000), 3600, 30_000}[r.IntN(6)])
			i := dataset.Interaction{Row: catalog.Row(m), At: at - at%10*uint32(r.IntN(2)), Stars: uint8(r.IntN(11))}
			if r.IntN(6) == 0 {
				i.Part = uint8(1 + r.IntN(255))
			}
			lists[u] = append(lists[u], i)
		}
		slices.SortStableFunc(lists[u], func(a, b dataset.Interaction) int { return int(a.At) - int(b.At) })
	}
	return (&dataset.Dataset{Catalog: c}).Join(users, lists).WithoutLast(r.IntN(2))
}
