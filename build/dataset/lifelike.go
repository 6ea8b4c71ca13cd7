package dataset

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"

	"sparrow/wasm/catalog"
)

// drawn are the items that made-up users chose, each user's oldest first, and what
// is known of the items beside.
type drawn struct {
	name   string
	users  [][]int
	at     func(user, event int) uint32
	title  func(item int) string
	genre  func(item int) uint8 // nil: the items have none
	genres []string
}

// core leaves the users and the items with at least least interactions, until no
// more go, and returns the items that stay, ascending.
func (w *drawn) core(least int) []int {
	for {
		count := map[int]int{}
		for _, list := range w.users {
			for _, m := range list {
				count[m]++
			}
		}
		before := 0
		for u, list := range w.users {
			before += len(list)
			w.users[u] = slices.DeleteFunc(list, func(m int) bool { return count[m] < least })
		}
		w.users = slices.DeleteFunc(w.users, func(list []int) bool { return len(list) < least })
		after := 0
		for _, list := range w.users {
			after += len(list)
		}
		if after == before {
			items := make([]int, 0, len(count))
			for m := range count {
				items = append(items, m)
			}
			slices.Sort(items)
			return items
		}
	}
}

// dataset returns the data set of the 5-core of w.
func (w *drawn) dataset() *Dataset {
	items := w.core(5)
	cat, row := &catalog.Catalog{GenreNames: w.genres}, map[int]catalog.Row{}
	for r, m := range items {
		row[m] = catalog.Row(r)
		cat.IDs = append(cat.IDs, catalog.ID(strconv.Itoa(m+1)))
		cat.Titles = append(cat.Titles, w.title(m))
		var genres []uint8
		if w.genre != nil {
			genres = []uint8{w.genre(m)}
		}
		cat.Genres = append(cat.Genres, genres)
	}
	cat.Years, cat.Tags = make([]int16, len(items)), make([][]uint16, len(items))
	cat.Index()
	c := newCollector()
	for u, list := range w.users {
		id := c.user([]byte(strconv.Itoa(u + 1)))
		for k, m := range list {
			c.row++
			c.add(id, row[m], w.at(u, k), 0)
		}
	}
	d := c.dataset(cat.IDs, func(string, catalog.Row, bool) {})
	d.Catalog, d.Name = cat, w.name
	return d
}

// wheel draws one of some items in proportion to their weights.
type wheel struct {
	items []int
	sums  []float64 // of the weights, up to and with the item
}

func (w *wheel) add(item int, weight float64) {
	var before float64
	if n := len(w.sums); n > 0 {
		before = w.sums[n-1]
	}
	w.items, w.sums = append(w.items, item), append(w.sums, before+weight)
}

func (w *wheel) draw(r *rand.Rand) int {
	x := r.Float64() * w.sums[len(w.sums)-1]
	return w.items[min(sort.SearchFloat64s(w.sums, x), len(w.items)-1)]
}

// powerLaw returns the weights of n items, (rank + flat)^-exponent, in random order.
func powerLaw(r *rand.Rand, n int, exponent, flat float64) []float64 {
	weights := make([]float64, n)
	for i, rank := range r.Perm(n) {
		weights[i] = math.Pow(float64(rank)+flat, -exponent)
	}
	return weights
}
