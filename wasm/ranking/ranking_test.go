package ranking

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
)

// world is a random model with tables and queries to ask it.
type world struct {
	model  Model
	tables feature.Tables
	in     quant.Matrix
}

const (
	items  = 60
	genres = 5
	width  = 4
)

// newWorld returns a world of random numbers; hidden are the widths of the layers.
func newWorld(seed uint64, hidden ...int) *world { return newWorldOf(seed, items, width, hidden...) }

func newWorldOf(seed uint64, items, width int, hidden ...int) *world {
	rng := rand.New(rand.NewPCG(seed, 9))
	floats := func(n int, scale float64) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(rng.NormFloat64() * scale)
		}
		return v
	}
	matrix := func(rows, cols int) quant.Matrix { return quant.Quantize(floats(rows*cols, 0.3), rows, cols) }

	c := &catalog.Catalog{Years: make([]int16, items), Genres: make([][]uint8, items), IDs: make([]catalog.ID, items)}
	c.GenreNames = []string{"A", "B", "C", "D", "E"}
	s := &feature.Statistics{Count: make([]uint32, items), Mean: make([]float32, items), Stddev: make([]float32, items), Trend: make([]float32, items)}
	for r := range items {
		c.Years[r] = int16(1950 + rng.IntN(70))
		for g := range genres {
			if rng.IntN(3) == 0 {
				c.Genres[r] = append(c.Genres[r], uint8(g))
			}
		}
		s.Count[r] = uint32(rng.IntN(200))
		s.Mean[r], s.Stddev[r], s.Trend[r] = 1+4*rng.Float32(), rng.Float32(), 9*rng.Float32()
	}
	w := &world{in: matrix(items, width)}
	out := matrix(items, width)
	w.tables = feature.Tables{Catalog: c, Statistics: s, Out: &out,
		Neighbours: func(r catalog.Row) ([]catalog.Row, []uint8, float32) {
			n := catalog.Row(items)
			return []catalog.Row{(r + 1) % n, (r + 7) % n}, []uint8{200, 30}, 0.001
		}}

	m := &w.model
	for f := range feature.CandidateNumerics + feature.UserNumerics {
		if feature.Numeric(f) == feature.ProfileScore { // of older bundles, whose scores stay
			continue
		}
		m.Features = append(m.Features, feature.Numeric(f).String())
		m.Mean = append(m.Mean, float32(rng.NormFloat64()))
		m.Deviation = append(m.Deviation, 0.5+2*rng.Float32())
	}
	m.Mean[feature.ReleaseYear], m.Deviation[feature.ReleaseYear] = 1990, 15
	years := slices.Index(m.Features, feature.UserAvgReleaseYear.String())
	m.Mean[years], m.Deviation[years] = 1990, 15
	m.Genre = quant.Quantize(append(make([]float32, 3), floats(genres*3, 0.5)...), genres+1, 3)
	m.InScale, m.OutScale = 2, 3
	order := m.layout(width)
	candidates, users := order.Sides()
	in := candidates + users
	m.Baseline = floats(in, 0.3)
	for _, h := range hidden {
		m.Hidden = append(m.Hidden, Dense{matrix(h, in), floats(h, 0.2)})
		in = h
	}
	m.Output = Dense{matrix(1, in), floats(1, 1)}
	m.Skip = Dense{matrix(1, candidates), floats(1, 1)}
	return w
}

func (w *world) ranker() *Ranker { return New(&w.model, w.tables, &w.in) }

// query returns a history of n events and all other items as candidates.
func query(seed uint64, n int) (feature.History, []feature.Candidate) {
	return queryOf(seed, items, n)
}

func queryOf(seed uint64, items, n int) (feature.History, []feature.Candidate) {
	rng := rand.New(rand.NewPCG(seed, 4))
	var h feature.History
	var c []feature.Candidate
	for i, r := range rng.Perm(items) {
		if i < n {
			h = append(h, feature.Event{Row: catalog.Row(r), Stars: float32(rng.IntN(11)) / 2, At: int64(1e9 + 1000*i*rng.IntN(9))})
		} else {
			c = append(c, feature.Candidate{Row: catalog.Row(r), Score: float32(rng.NormFloat64())})
		}
	}
	return h, c
}

// ranked returns what rank makes of a copy of the candidates.
func ranked(rank func(feature.History, []feature.Candidate), h feature.History, c []feature.Candidate) []feature.Candidate {
	c = slices.Clone(c)
	rank(h, c)
	return c
}

// TestRank checks the order, and scores against a plain forward pass written
// from the model's description.
func TestRank(t *testing.T) {
	for _, hidden := range [][]int{{1}, {16}, {9, 6}} {
		for seed := range uint64(5) {
			w := newWorld(seed, hidden...)
			h, c := query(seed, int(seed)*7)
			got := ranked(w.ranker().Rank, h, c)
			want := w.plain(h, c)
			for i, g := range got {
				if g.Ranked != i+1 {
					t.Errorf("hidden %v seed %d: place %d is called %d", hidden, seed, i+1, g.Ranked)
				}
				if i > 0 && (g.Score > got[i-1].Score || g.Score == got[i-1].Score && g.Row <= got[i-1].Row) {
					t.Errorf("hidden %v seed %d: place %d is out of order: %v after %v", hidden, seed, i, g, got[i-1])
				}
				if d := math.Abs(float64(g.Score) - want[g.Row]); d > 1e-4 {
					t.Errorf("hidden %v seed %d: score of %d = %g, want %g", hidden, seed, g.Row, g.Score, want[g.Row])
				}
			}
		}
	}
}

func TestRankBreaksTiesByRow(t *testing.T) {
	w := newWorld(1, 4)
	clear(w.model.Output.Weight.Data)
	clear(w.model.Skip.Weight.Data)
	h, c := query(1, 5)
	w.ranker().Rank(h, c)
	if !slices.IsSortedFunc(c, func(a, b feature.Candidate) int { return int(a.Row) - int(b.Row) }) {
		t.Errorf("equal scores are not in the order of the rows: %v", c)
	}
}

// plain returns the scores by row in float64.
func (w *world) plain(h feature.History, candidates []feature.Candidate) map[catalog.Row]float64 {
	m := &w.model
	x := feature.NewExtractor(w.tables)
	u := x.User(h)
	all := make([]feature.Item, len(candidates))
	x.Items(all, candidates, nil)
	embed := func(q *quant.Matrix, scale float32, r int) []float64 {
		v := make([]float64, q.Cols)
		for i := range v {
			if r >= 0 {
				v[i] = float64(scale) * float64(q.Scale[r]) * float64(q.Data[r*q.Cols+i])
			}
		}
		return v
	}
	layer := func(d *Dense, x []float64) []float64 {
		y := make([]float64, d.Weight.Rows)
		for o := range y {
			y[o] = float64(d.Bias[o])
			for i, v := range x {
				y[o] += float64(d.Weight.Scale[o]) * float64(d.Weight.Data[o*d.Weight.Cols+i]) * v
			}
		}
		return y
	}
	scores := map[catalog.Row]float64{}
	for _, v := range all {
		var in []float64
		users := 0
		for i, name := range m.Features {
			if f, _ := feature.NumericOf(name); f.Side() == feature.OfUser {
				users++
			} else {
				in = append(in, float64((v.Numeric[f]-m.Mean[i])/m.Deviation[i]))
			}
		}
		for _, g := range v.Genres {
			in = append(in, embed(&m.Genre, 1, int(g))...)
		}
		in = append(in, embed(w.tables.Out, m.OutScale, int(v.Row))...)
		skip := layer(&m.Skip, in)
		for i := range feature.UserNumerics {
			k := len(m.Features) - users + i
			in = append(in, float64((u.Numeric[i]-m.Mean[k])/m.Deviation[k]))
		}
		for _, g := range u.Genres {
			in = append(in, embed(&m.Genre, 1, int(g))...)
		}
		for _, r := range u.Items {
			in = append(in, embed(&w.in, m.InScale, int(r))...)
		}
		for i := range m.Hidden {
			in = layer(&m.Hidden[i], in)
			for o := range in {
				in[o] = max(0, in[o])
			}
		}
		scores[v.Row] = layer(&m.Output, in)[0] + skip[0]
	}
	return scores
}

func BenchmarkRank(b *testing.B) {
	for _, hidden := range [][]int{{16}, {32, 16}, {64, 32}} {
		b.Run(fmt.Sprintf("N=9742/D=32/candidates=300/hidden=%v", hidden), func(b *testing.B) {
			w := newWorldOf(1, 9742, 32, hidden...)
			h, c := queryOf(1, 9742, 30)
			r, list := w.ranker(), make([]feature.Candidate, 300)
			for b.Loop() {
				copy(list, c)
				r.Rank(h, list)
			}
		})
	}
}

// TestScoreAtIsScore scores some of the candidates: they get the bits that Score gives
// them among all, and keep the scores that they came with.
func TestScoreAtIsScore(t *testing.T) {
	for seed := range uint64(5) {
		w := newWorld(seed, 9, 6)
		h, c := query(seed, int(seed)*7)
		r := w.ranker()
		at := []int{len(c) - 1, 0, 5}
		got := make([]float32, len(c))
		before := slices.Clone(c)
		r.ScoreAt(got, h, c, at)
		if !slices.Equal(c, before) {
			t.Errorf("seed %d: ScoreAt changed the candidates", seed)
		}
		r.Score(h, c)
		for i, score := range got {
			if slices.Contains(at, i) && score != c[i].Score || !slices.Contains(at, i) && score != 0 {
				t.Errorf("seed %d: candidate %d has score %g, Score gives it %g", seed, i, score, c[i].Score)
			}
		}
	}
}
