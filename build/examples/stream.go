package examples

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
)

// TrendHalfLife is the half-life of Statistics.Trend in seconds: the statistics
// of a bundle must be made with the one that its ranker was trained with.
const TrendHalfLife = 90 * 24 * 3600

// Stream is the crowd's statistics at a moment that moves forward. Values are
// rounded like those of a bundle. The trend of an item is brought up to the
// moment by Refresh only.
type Stream struct {
	d      *dataset.Dataset
	order  []uint32 // interactions by moment
	lot    []int64  // [interactions] their moments where the data are timeless; else nil
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

// NewStream returns the statistics of d before its first interaction. Timeless data
// are given moments by lot, so that no row knows itself.
// Source: ordered target statistics, Prokhorenkova et al., CatBoost, NeurIPS 2018.
func NewStream(d *dataset.Dataset) *Stream {
	n := d.Catalog.Len()
	s := &Stream{d: d, count: make([]float64, n), rated: make([]float64, n), sum: make([]float64, n), squares: make([]float64, n),
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
	if d.Timeless() {
		rng := rand.New(rand.NewPCG(uint64(size), 0))
		rng.Shuffle(size, func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		s.lot = make([]int64, len(d.Interactions))
		for moment, i := range s.order {
			s.lot[i] = int64(moment)
		}
		return s
	}
	slices.SortFunc(s.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(d.Interactions[a].At, d.Interactions[b].At), cmp.Compare(a, b))
	})
	return s
}

// Order returns the places of all interactions by moment, ties by place. The slice is
// shared.
func (s *Stream) Order() []uint32 { return s.order }

// Moment returns when interaction i happened: in Unix seconds, or by lot.
func (s *Stream) Moment(i int32) int64 {
	if s.lot != nil {
		return s.lot[i]
	}
	return int64(s.d.Interactions[i].At)
}

// Advance counts everything that happened strictly before now, which must not
// go backwards.
func (s *Stream) Advance(now int64) {
	s.now = now
	for s.next < len(s.order) {
		i := s.order[s.next]
		if s.Moment(int32(i)) >= now {
			break
		}
		s.add(s.d.Interactions[i])
		s.next++
	}
	s.stats.AsOf = now
	s.totals.Trend = s.total * halved(now-s.totalSeen)
}

// halved returns the part of a weight that is left after that many seconds.
func halved(age int64) float64 { return math.Exp2(-float64(age) / TrendHalfLife) }

func (s *Stream) add(e dataset.Interaction) {
	r, at, w := e.Row, int64(e.At), e.Counted()
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

// Refresh brings the trend of item r up to the moment.
func (s *Stream) Refresh(r catalog.Row) {
	s.stats.Trend[r] = quant.Coarse(float32(s.trend[r] * halved(s.now-s.seen[r])))
}

// Statistics returns the statistics, which the stream goes on to change.
func (s *Stream) Statistics() *feature.Statistics { return &s.stats }

// Totals returns the sums over the statistics at the moment.
func (s *Stream) Totals() feature.Totals { return s.totals }

func hundredths(v float64) float32 { return float32(math.Round(v*100) / 100) }
