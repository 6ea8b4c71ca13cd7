package baseline

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// TrendingOptions are the settings of [NewTrending].
type TrendingOptions struct {
	HalfLife float64 // H, in seconds
}

// DefaultTrendingOptions returns the settings for a data set like d: the half-life
// that is best on validation items of MovieLens latest-small. The README of this
// folder has the figures.
func DefaultTrendingOptions(*dataset.Dataset) TrendingOptions {
	return TrendingOptions{HalfLife: 180 * 24 * 3600}
}

// Trending scores an item by what the crowd turned to at the moment T of the newest
// event of the history that asks:
//
//	score(i) = Σ_{t < T} w·2^(-(T-t)/H)
//
// over the interactions with item i, of weight w and time t: exponentially decayed
// counts, whose sums up to each t are kept and fade to T together (Cormode et al.,
// Forward Decay, ICDE 2009). What happens at T or later is not known then, even where
// the data has it. Without a history, or where the data are timeless, T is just after the newest interaction of the data.
type Trending struct {
	halfLife float64
	timeless bool
	now      int64 // for those who has no history
	start    []int // [N+1]
	at       []uint32
	sum      []float64 // up to and including at[k], as of at[k]
}

// NewTrending sums up the interactions of d. It keeps 12 bytes for each.
func NewTrending(d *dataset.Dataset, opt TrendingOptions) *Trending {
	n := d.Catalog.Len()
	byItem := make([][]dataset.Interaction, n)
	m := &Trending{halfLife: opt.HalfLife, timeless: d.Timeless(), start: make([]int, n+1)}
	for u := range d.Users {
		for _, e := range d.Of(u) {
			byItem[e.Row] = append(byItem[e.Row], e)
			m.now = max(m.now, int64(e.At)+1)
		}
	}
	for r, events := range byItem {
		slices.SortStableFunc(events, func(a, b dataset.Interaction) int { return cmp.Compare(a.At, b.At) })
		var sum float64
		for i, e := range events {
			if i > 0 {
				sum *= m.left(int64(e.At) - int64(events[i-1].At))
			}
			sum += e.Counted()
			m.at, m.sum = append(m.at, e.At), append(m.sum, sum)
		}
		m.start[r+1] = len(m.at)
	}
	return m
}

// left returns the part of a weight that is left after that many seconds.
func (m *Trending) left(age int64) float64 { return math.Exp2(-float64(age) / m.halfLife) }

// Scores stores the score of each item at the moment of h in dst, [N]. It is safe
// for concurrent use.
func (m *Trending) Scores(dst []float32, h feature.History) {
	now := m.now
	if len(h) > 0 && !m.timeless {
		now = h[len(h)-1].At
	}
	for r := range dst {
		a, b := m.start[r], m.start[r+1]
		k := a + sort.Search(b-a, func(i int) bool { return int64(m.at[a+i]) >= now })
		dst[r] = 0
		if k > a {
			dst[r] = float32(m.sum[k-1] * m.left(now-int64(m.at[k-1])))
		}
	}
}
