package listwise

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas/blas32"

	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// shape is the architecture of a ranker; see [ranking.Layout] for the order of the inputs.
type shape struct {
	candidates, users         int // C and U, widths of the two halves of the input
	candidateNums, userNums   int // numeric features at the head of each half
	genres, genreWidth, width int // number of genres, E, D
	hidden                    []int
}

func newShape(l *ranking.Layout, genres int, hidden []int) shape {
	s := shape{genres: genres, genreWidth: l.GenreWidth, width: l.Width, hidden: hidden,
		candidateNums: len(l.Candidate), userNums: len(l.User)}
	s.candidates, s.users = l.Sides()
	return s
}

// params are the parameters that are learned, or their gradient: views of all.
type params struct {
	shape
	all    []float32
	genre  blas32.General   // [(genres+1)×E]; row 0, "no genre", stays 0
	weight []blas32.General // hidden layers [out×in], the first [H×(C+U)]
	bias   [][]float32      // [out] of each
	output []float32        // [H of the last]
	skip   []float32        // [C]
}

// newParams returns parameters that are all 0.
func newParams(s shape) *params {
	p := &params{shape: s}
	size := (s.genres+1)*s.genreWidth + s.candidates
	in := s.candidates + s.users
	for _, h := range s.hidden {
		size += h * (in + 1)
		in = h
	}
	p.all = make([]float32, size+in)
	rest := p.all
	take := func(n int) []float32 {
		v := rest[:n:n]
		rest = rest[n:]
		return v
	}
	matrix := func(rows, cols int) blas32.General {
		return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: take(rows * cols)}
	}
	p.genre = matrix(s.genres+1, s.genreWidth)
	in = s.candidates + s.users
	for _, h := range s.hidden {
		p.weight = append(p.weight, matrix(h, in))
		p.bias = append(p.bias, take(h))
		in = h
	}
	p.output = take(in)
	p.skip = take(s.candidates)
	return p
}

// start makes p score like retrieval: the skip weight of the retrieval score
// undoes its standardization, and the output layer is 0. Hidden weights are drawn from
// the normal distribution with variance 2/inputs (He et al., ICCV 2015), where
// in the first layer only the numeric inputs count, and embedded ones start at a
// tenth of the others; genre embeddings start small.
func (p *params) start(s *standard, rng *rand.Rand) {
	normal := func(v []float32, deviation float64) {
		for i := range v {
			v[i] = float32(rng.NormFloat64() * deviation)
		}
	}
	normal(p.genre.Data[p.genreWidth:], 0.1)
	for l, w := range p.weight {
		if l > 0 {
			normal(w.Data, math.Sqrt(2/float64(w.Cols)))
			continue
		}
		deviation := math.Sqrt(2 / float64(p.candidateNums+p.userNums))
		for h := range w.Rows {
			row := w.Data[h*w.Stride:][:w.Cols]
			normal(row, deviation/10)
			normal(row[:p.candidateNums], deviation)
			normal(row[p.candidates:][:p.userNums], deviation)
		}
	}
	for i, f := range s.numeric {
		if f == feature.RetrievalScore {
			p.skip[i] = s.layout.Deviation[i]
		}
	}
}

// candidateWeight and userWeight are the two halves of the first layer.
func (p *params) candidateWeight() blas32.General {
	w := p.weight[0]
	w.Cols = p.candidates
	return w
}

func (p *params) userWeight() blas32.General {
	w := p.weight[0]
	w.Data = w.Data[p.candidates:]
	w.Cols = p.users
	return w
}

func vector(v []float32) blas32.Vector { return blas32.Vector{N: len(v), Inc: 1, Data: v} }
