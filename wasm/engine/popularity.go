package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Order is a way to sort the catalog.
type Order uint8

const (
	ByPopularity Order = iota // number of ratings
	ByRating                  // shrunken mean of the stars
	ByYear                    // newest first, then popularity
	ByTrend                   // decayed number of ratings
	orders
)

// priorRatings is how many ratings of average stars every item is given on top
// of its own. The best linear guess of an item's mean takes the variance of
// ratings within an item against that between items' means, which is .849/.237 =
// 3.6 on MovieLens latest-small (one-way analysis of variance, 100,226 ratings of
// 9,701 items). A list sorted by such guesses begins with the luckiest of
// thousands, so it takes more: with 4, three of the six best rated films have
// fewer than 12 ratings, with 10 none of the first twenty has.
const priorRatings = 10

const (
	trendRatings = 10 // ratings below which a trend is chance
	newYears     = 3  // of the catalog that count as recent
)

// shrunken returns for every item the posterior mean (C·m + n·x̄)/(C + n) of its
// stars, where x̄ is the mean of its n ratings, m that of all ratings and C =
// priorRatings: the Bayesian average.
func shrunken(s *feature.Statistics) []float32 {
	var sum, total float64
	for r, mean := range s.Mean {
		n := s.Ratings(r)
		sum += float64(n) * float64(mean)
		total += float64(n)
	}
	all := float32(0)
	if total > 0 {
		all = float32(sum / total)
	}
	out := make([]float32, len(s.Mean))
	for r, mean := range s.Mean {
		own := float32(s.Ratings(r))
		out[r] = (float32(priorRatings*all) + float32(own*mean)) / (priorRatings + own)
	}
	return out
}

// Quality returns the Bayesian average of item r's stars, 0.5 to 5: their mean
// as if it had, on top of its own ratings, priorRatings of the mean of all; 0
// without a rating, and where all ratings of the catalog are the same: those
// are likes, and say nothing of one item beside another.
func (e *Engine) Quality(r catalog.Row) float32 {
	if e.Ratings(r) == 0 {
		return 0
	}
	return e.quality[r]
}

// Ratings returns how many ratings Quality is of.
func (e *Engine) Ratings(r catalog.Row) int {
	if e.sameStars {
		return 0
	}
	return int(e.bundle.Statistics.Ratings(int(r)))
}

// Rated reports whether the items differ in their stars.
func (e *Engine) Rated() bool { return !e.sameStars }

// sameStars reports whether no item has other stars than the others.
func sameStars(s *feature.Statistics) bool {
	var stars float32
	for r, mean := range s.Mean {
		if mean == 0 {
			continue
		}
		if s.Stddev[r] > 0 || stars > 0 && mean != stars {
			return false
		}
		stars = mean
	}
	return true
}

// fame returns ln(1+n)/ln(1+largest n) of each item's count, 0 to 1.
func fame(count []uint32) []float32 {
	top := math.Log1p(float64(max(1, slices.Max(count))))
	out := make([]float32, len(count))
	var known [1024]float32 // most items have few, and a logarithm takes long; 0 for unknown
	for r, n := range count {
		few := n < uint32(len(known))
		if few && known[n] != 0 {
			out[r] = known[n]
			continue
		}
		out[r] = float32(math.Log1p(float64(n)) / top)
		if few {
			known[n] = out[r]
		}
	}
	return out
}

// sorted returns all rows in order o, best first, ties by popularity and row.
// The slice is kept and shared.
func (e *Engine) sorted(o Order) []catalog.Row {
	if e.sortedBy[o] != nil {
		return e.sortedBy[o]
	}
	rows := make([]catalog.Row, e.catalog.Len())
	for i := range rows {
		rows[i] = catalog.Row(i)
	}
	key := make([]uint64, len(rows)) // ascends as the value, and with equals the count, descends: none is negative
	for i, count := range e.bundle.Statistics.Count {
		var value float32
		switch o {
		case ByRating:
			value = e.quality[i]
		case ByYear:
			value = float32(e.catalog.Years[i])
		case ByTrend:
			value = e.bundle.Statistics.Trend[i]
		}
		key[i] = ^(uint64(math.Float32bits(value))<<32 | uint64(count))
	}
	vec.SortByKey(rows, key)
	e.sortedBy[o] = rows
	return rows
}

// best returns the k items with the largest values, which are [N], largest first, ties
// by popularity. It looks at the values as they stand in memory.
func (e *Engine) best(value []float32, k int) []catalog.Row {
	rows := e.sorted(ByPopularity)
	if e.place == nil {
		e.place = make([]int32, len(rows))
		for i, r := range rows {
			e.place[r] = int32(i)
		}
	}
	top := &e.scratch.top
	top.Reset(k)
	least := top.Least()
	for r, v := range value {
		if v >= least {
			top.Push(v, e.place[r])
			least = top.Least()
		}
	}
	keys := top.Sorted()
	list := make([]catalog.Row, len(keys))
	for i, key := range keys {
		list[i] = rows[vec.At(key)]
	}
	return list
}

// WellKnown reports whether item r is among the best known percent of the catalog.
func (e *Engine) WellKnown(r catalog.Row) bool {
	rows := e.sorted(ByPopularity)
	count := e.bundle.Statistics.Count
	return count[r] > 0 && count[r] >= count[rows[len(rows)/100]]
}

// Trending reports whether item r was rated half as often again lately as its
// whole past would let expect.
func (e *Engine) Trending(r catalog.Row) bool {
	s := &e.bundle.Statistics
	return s.Count[r] >= trendRatings && float64(s.Trend[r])*e.totals.Count > 1.5*e.totals.Trend*float64(s.Count[r])
}

// Recent reports whether item r is from the last years of the catalog. One whose
// year no one knows is not.
func (e *Engine) Recent(r catalog.Row) bool {
	y := e.catalog.Years[r]
	return y > 0 && y > e.newest-newYears
}

// Years returns the years of the oldest and the newest item, 0 where none has one.
func (e *Engine) Years() (oldest, newest int) {
	newest = int(e.newest)
	oldest = newest
	for _, y := range e.catalog.Years {
		if y > 0 {
			oldest = min(oldest, int(y))
		}
	}
	return oldest, newest
}
