package examples

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// randomLog returns a small data set with everything that may occur: equal time
// stamps within and between users, clicks, missing stars, genres and years, idle
// users, and users whose newest interactions a view hides.
func randomLog(r *rand.Rand) *dataset.Dataset {
	const items, genres = 15, 4
	c := &catalog.Catalog{GenreNames: []string{"a", "b", "c", "d"}}
	for m := range items {
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
		for _, m := range r.Perm(items)[:r.IntN(items+1)] {
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

// between returns every interaction with stars at a moment in [from, to) whose
// user had given their opinion of two items or more before, as in Sparrow RecSys,
// labelled 1 from that many stars on. It is in the order of the log.
func between(d *dataset.Dataset, from, to int64, positive float32) []Wanted {
	var wanted []Wanted
	for u := range d.Start {
		said := 0
		for i := d.Start[u]; i < d.End[u]; i++ {
			e := d.Interactions[i]
			if e.Part != 0 {
				continue
			}
			if at := int64(e.At); e.Stars > 0 && said >= 2 && at >= from && at < to {
				w := Wanted{User: int32(u), At: int32(i)}
				if float32(e.Stars)/2 >= positive {
					w.Label = 1
				}
				wanted = append(wanted, w)
			}
			said++
		}
	}
	return wanted
}

// cuts returns, for each share in [0, 1], the moment before which that share of
// the interactions of d happened, or a little less where many share a moment.
func cuts(d *dataset.Dataset, shares ...float64) []int64 {
	var times []uint32
	for u := range d.Start {
		for _, e := range d.Of(u) {
			times = append(times, e.At)
		}
	}
	slices.Sort(times)
	cuts := make([]int64, len(shares))
	for i, s := range shares {
		cuts[i] = math.MaxInt64
		if k := int(s * float64(len(times))); k < len(times) {
			cuts[i] = int64(times[k])
		}
	}
	return cuts
}
