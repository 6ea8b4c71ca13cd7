package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// What an interest is named by.
const (
	nameShare  = 0.75 // of its likes, that have what it is named by
	nameLift   = 2.5  // how much larger that share is than in the catalog
	nameGenres = 2    // at most
	nameTags   = 1
)

// Interest is one kind of what a visitor likes, with what tells its likes from the
// catalog: at least two of them, and at least nameShare, have each of the names.
type Interest struct {
	Likes  []catalog.Row // the one that is most like all of them first
	Genres []int         // those that tell most first
	Tags   []int
	Decade int  // 1940; 0 for none
	ByLike bool // nothing tells it from the catalog, or from another interest: only its first like does
}

// Interests returns the kinds of likes that [Engine.Recommend] divides a list of a visitor
// with history h, whose first events were seen and no more, among, the one with the most likes first, ties by row; in whatever order
// they came.
func (e *Engine) Interests(h feature.History, seen int) []Interest {
	q := Query{History: h, Seen: seen}
	likes := byRow(q.likes())
	_, sizes, of := gather(e.Describe(likes), len(likes), e.width())
	groups := make([][]catalog.Row, len(sizes))
	for i, k := range of {
		groups[k] = append(groups[k], likes[i])
	}
	all := make([]Interest, len(groups))
	for to, from := range vec.Sorted(len(groups), func(a, b int32) bool { return len(groups[a]) > len(groups[b]) }) {
		all[to] = e.named(groups[from], nameShare)
	}
	tellApart(all)
	return all
}

// tellApart has those that have the same names be named by their first likes.
func tellApart(all []Interest) {
	for i := range all {
		for j := range i {
			if all[i].sameNames(&all[j]) {
				all[i].ByLike, all[j].ByLike = true, true
			}
		}
	}
}

// sameNames reports whether two interests have the same names.
func (x *Interest) sameNames(y *Interest) bool {
	return slices.Equal(x.Genres, y.Genres) && slices.Equal(x.Tags, y.Tags) && x.Decade == y.Decade
}

// named returns the interest of some likes, of which share at least have each of its names.
func (e *Engine) named(likes []catalog.Row, share float64) (x Interest) {
	genres, tags := make([]int, len(e.genreCounts)), make([]int, len(e.tagCounts))
	for _, r := range likes {
		for _, g := range e.catalog.Genres[r] {
			genres[g]++
		}
		for _, t := range e.catalog.Tags[r] {
			if e.tells(t) {
				tags[t]++
			}
		}
	}
	x.Likes, x.Decade = e.centralFirst(likes), e.decadeOf(likes, share)
	x.Genres = e.distinct(genres, e.genreCounts, len(likes), nameGenres, share)
	x.Tags = e.distinct(tags, e.tagCounts, len(likes), nameTags, share)
	x.ByLike = len(x.Genres) == 0 && len(x.Tags) == 0 && x.Decade == 0
	return x
}

// distinct returns at most k names that tell n likes from the catalog, those that tell most
// first. with counts the likes that have each name, and all the items.
func (e *Engine) distinct(with, all []int, n, k int, share float64) (names []int) {
	for len(names) < k {
		best, most := -1, float32(0)
		for i := range with {
			if tells := e.telling(with[i], n, all[i], share); tells > most && !slices.Contains(names, i) {
				best, most = i, tells
			}
		}
		if best < 0 {
			break
		}
		names = append(names, best)
	}
	return names
}

// decadeOf returns the decade that tells likes from the catalog, 1940; 0 for none.
func (e *Engine) decadeOf(likes []catalog.Row, share float64) int {
	for _, r := range likes {
		decade, with, items := e.catalog.Years[r]/10, 0, 0
		for _, other := range likes {
			if e.catalog.Years[other]/10 == decade {
				with++
			}
		}
		for _, year := range e.catalog.Years {
			if year/10 == decade {
				items++
			}
		}
		if decade > 0 && e.telling(with, len(likes), items, share) > 0 {
			return 10 * int(decade)
		}
	}
	return 0
}

// telling returns how much is told by what with of n likes have and items of the catalog,
// in nats; 0 where fewer than share have it.
func (e *Engine) telling(with, n, items int, share float64) float32 {
	lift := float64(with) / float64(n) / (float64(items) / float64(e.catalog.Len()))
	if with < 2 || float64(with) < share*float64(n) || !(lift >= nameLift) {
		return 0
	}
	return float32(float64(with) * math.Log(lift))
}

// centralFirst returns the likes, those that resemble all of them most first; ties in
// the order of likes.
func (e *Engine) centralFirst(likes []catalog.Row) []catalog.Row {
	vectors, width := e.Describe(likes), e.width()
	centre := make([]float32, width)
	for i := range likes {
		for c, v := range vectors[i*width : (i+1)*width] {
			centre[c] += v
		}
	}
	near := make([]float32, len(likes))
	for i := range likes {
		near[i] = vec.Dot(centre, vectors[i*width:])
	}
	sorted := make([]catalog.Row, 0, len(likes))
	for _, from := range vec.Sorted(len(likes), func(a, b int32) bool { return near[a] > near[b] }) {
		sorted = append(sorted, likes[from])
	}
	return sorted
}
