package ranker

import (
	"cmp"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// TrendHalfLife is the half-life of Statistics.Trend in seconds: the statistics
// of a bundle must be made with the one that its ranker was trained with.
const TrendHalfLife = 90 * 24 * 3600

// stream is the crowd's statistics at a moment that moves forward. Values are
// rounded like those of a bundle. The trend of a movie is brought up to the
// moment by refresh only.
type stream struct {
	d      *dataset.Dataset
	order  []uint32 // interactions by time
	next   int
	now    int64
	stats  feature.Statistics
	totals feature.Totals

	count               []float64 // weight of the interactions
	rated, sum, squares []float64 // of the stars
	trend               []float64 // as of seen
	seen                []int64
	total               float64 // Σ trend as of totalSeen
	totalSeen           int64
}

func newStream(d *dataset.Dataset) *stream {
	n := d.Catalog.Len()
	s := &stream{d: d, count: make([]float64, n), rated: make([]float64, n), sum: make([]float64, n), squares: make([]float64, n),
		trend: make([]float64, n), seen: make([]int64, n)}
	s.stats = feature.Statistics{Count: make([]uint32, n), Mean: make([]float32, n),
		Stddev: make([]float32, n), Trend: make([]float32, n)}
	size := 0
	for u := range d.Start {
		size += d.End[u] - d.Start[u]
	}
	s.order = make([]uint32, 0, size)
	for u := range d.Start {
		for i := d.Start[u]; i < d.End[u]; i++ {
			s.order = append(s.order, uint32(i))
		}
	}
	slices.SortFunc(s.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(d.Interactions[a].At, d.Interactions[b].At), cmp.Compare(a, b))
	})
	return s
}

// advance counts everything that happened strictly before now, which must not
// go backwards.
func (s *stream) advance(now int64) {
	s.now = now
	for s.next < len(s.order) {
		e := s.d.Interactions[s.order[s.next]]
		if int64(e.At) >= now {
			break
		}
		s.add(e)
		s.next++
	}
	s.stats.AsOf = now
	s.totals.Trend = s.total * halved(now-s.totalSeen)
}

// halved returns the part of a weight that is left after that many seconds.
func halved(age int64) float64 { return math.Exp2(-float64(age) / TrendHalfLife) }

func (s *stream) add(e dataset.Interaction) {
	r, at, w := e.Row, int64(e.At), e.Weight()
	s.trend[r] = float64(s.trend[r]*halved(at-s.seen[r])) + w
	s.total = float64(s.total*halved(at-s.totalSeen)) + w
	s.seen[r], s.totalSeen = at, at

	before := float64(float64(s.stats.Count[r]) * float64(s.stats.Mean[r]))
	if s.rated[r] > 0 {
		s.totals.Rated -= float64(s.stats.Count[r])
	}
	s.count[r] += w
	s.totals.Count -= float64(s.stats.Count[r])
	s.stats.Count[r] = uint32(math.Round(s.count[r]))
	s.totals.Count += float64(s.stats.Count[r])
	if e.Stars > 0 {
		stars := float64(e.Stars) / 2
		s.rated[r] += w
		s.sum[r] += float64(w * stars)
		s.squares[r] += float64(w * stars * stars)
		mean := s.sum[r] / s.rated[r]
		s.stats.Mean[r] = hundredths(mean)
		s.stats.Stddev[r] = hundredths(math.Sqrt(max(0, s.squares[r]/s.rated[r]-float64(mean*mean))))
	}
	if s.rated[r] > 0 {
		s.totals.Rated += float64(s.stats.Count[r])
	}
	s.totals.Stars += float64(float64(s.stats.Count[r])*float64(s.stats.Mean[r])) - before
}

// refresh brings the trend of the candidates' movies up to the moment.
func (s *stream) refresh(candidates []feature.Candidate) {
	for _, c := range candidates {
		s.stats.Trend[c.Row] = coarse(float32(s.trend[c.Row] * halved(s.now-s.seen[c.Row])))
	}
}

func hundredths(v float64) float32 { return float32(math.Round(v*100) / 100) }

// moment is a target: an interaction whose user had said something before.
type moment struct {
	user, at int // of the data set
	target   catalog.Row
	time     int64
	fold     int // of the user
	weight   float32
}

// moments returns those of each user's newest n interactions (see
// [dataset.Dataset.Targets]) that have at least two opinions before them, in the order of time, ties by user and position; of
// more than most they keep those of an evenly spaced choice of users.
func moments(d *dataset.Dataset, n, most int) []moment {
	var all []moment
	users := len(d.Start)
	every := max(1, (users*n+most-1)/most)
	for u := 0; u < users; u += every {
		said, first := 0, d.End[u]-d.Targets(u, n)
		for i := d.Start[u]; i < d.End[u]; i++ {
			e := d.Interactions[i]
			if said >= 2 && i >= first {
				all = append(all, moment{u, i, e.Row, int64(e.At), u / every % folds, float32(e.Weight())})
			}
			if e.Part == 0 {
				said++
			}
		}
	}
	slices.SortFunc(all, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.user, b.user), cmp.Compare(a.at, b.at))
	})
	return all
}

// historyBefore returns what the user of m said before its target. Interactions
// that count in part only, as clicks do, are left out: a profile in the browser
// knows of none either.
func historyBefore(d *dataset.Dataset, m moment) feature.History {
	events := d.Interactions[d.Start[m.user]:m.at]
	h := make(feature.History, 0, len(events))
	for _, e := range events {
		if e.Part == 0 {
			h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
		}
	}
	return h
}
