package baseline

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"

	"gonum.org/v1/gonum/mat"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// IALSOptions are the settings of [TrainIALS].
type IALSOptions struct {
	Width          int     // D
	Unobserved     float64 // α, the weight of a pair that was not observed against 1 for one that was
	Regularization float64 // λ, of a row's squared length times the row's share of the weights
	Passes         int
	Decay          float64 // of an event's weight to the next older one's, when a history is folded in; 1 for none
	Seed           uint64
}

// DefaultIALSOptions returns the best settings found on the validation items of
// MovieLens latest-small: the README of this folder has the figures.
func DefaultIALSOptions(d *dataset.Dataset) IALSOptions {
	return IALSOptions{Width: 64, Unobserved: 0.1, Regularization: 0.003, Passes: 8, Decay: fading(d, 0.9), Seed: 1}
}

// IALS is matrix factorization of who saw what:
//
//	Σ_seen c_ui(w_u·v_i - 1)² + α Σ_all (w_u·v_i)² + λ Σ_u (Σ_i c_ui + αN)·|w_u|² + likewise for v
//
// where c_ui is the weight of the interaction, 1 where the data has none,
// solved for all users, then all items, in turn. A user is folded in from their
// history, so strangers can ask. Source: Hu, Koren and Volinsky, ICDM 2008,
// with the weights and the scaled regularization of Rendle et al., "Revisiting
// the performance of iALS", RecSys 2022 (exponent 1). The decay of older events
// at folding in is ours: without it the newest events count no more than others.
type IALS struct {
	Vectors []float32 // [N×D] v, zero for an item no one saw

	opt  IALSOptions
	v    *mat.Dense    // the same
	gram *mat.SymDense // Vᵀ·V
}

// TrainIALS trains the model on d. The same data and options give the same bytes on
// any number of processors. progress, if not nil, is called after each pass.
func TrainIALS(ctx context.Context, d *dataset.Dataset, opt IALSOptions, progress func(done, total int)) (*IALS, error) {
	n, users := d.Catalog.Len(), len(d.Users)
	rng := rand.New(rand.NewPCG(opt.Seed, 0))
	v, w := mat.NewDense(n, opt.Width, nil), mat.NewDense(users, opt.Width, nil)
	for r := range n {
		for c := range opt.Width {
			v.Set(r, c, rng.NormFloat64()*0.1/math.Sqrt(float64(opt.Width)))
		}
	}
	seen, seenBy := make([]others, users), make([]others, n)
	for u := range users {
		for _, e := range d.Of(u) {
			seen[u].add(int32(e.Row), e.Weight())
			seenBy[e.Row].add(int32(u), e.Weight())
		}
	}
	for pass := range opt.Passes {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("baseline: iALS: %w", err)
		}
		solveAll(w, v, seen, opt)
		solveAll(v, w, seenBy, opt)
		if progress != nil {
			progress(pass+1, opt.Passes)
		}
	}
	m := &IALS{Vectors: make([]float32, 0, n*opt.Width), opt: opt, v: v, gram: gram(v)}
	for _, x := range v.RawMatrix().Data {
		m.Vectors = append(m.Vectors, float32(x))
	}
	return m, nil
}

// Scores folds history h in and stores w·v of each item in dst, [N]. It is safe for
// concurrent use.
func (m *IALS) Scores(dst []float32, h feature.History) {
	rows, weights := make([]int32, len(h)), make([]float64, len(h))
	weight := 1.0
	for k := range h {
		i := len(h) - 1 - k
		rows[i], weights[i] = int32(h[i].Row), weight
		weight *= m.opt.Decay
	}
	user := make([]float64, m.opt.Width)
	newSolver(m.opt).solve(user, m.v, m.gram, rows, weights)
	for r := range dst {
		var sum float64
		for c, x := range m.v.RawRowView(r) {
			sum += x * user[c]
		}
		dst[r] = float32(sum)
	}
}

// others are the rows of the other side that a row was seen with, and c of each.
type others struct {
	rows    []int32
	weights []float64
}

func (o *others) add(r int32, c float64) { o.rows, o.weights = append(o.rows, r), append(o.weights, c) }

// solveAll stores in each row of x the best answer to the rows of y it was seen with.
func solveAll(x, y *mat.Dense, seen []others, opt IALSOptions) {
	g := gram(y)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			s := newSolver(opt)
			for r := k; r < len(seen); r += workers {
				s.solve(x.RawRowView(r), y, g, seen[r].rows, seen[r].weights)
			}
		})
	}
	wg.Wait()
}

func gram(m *mat.Dense) *mat.SymDense {
	var g mat.SymDense
	g.SymOuterK(1, m.T())
	return &g
}

// solver solves for one row; it keeps scratch memory.
type solver struct {
	opt   IALSOptions
	a     *mat.SymDense
	right *mat.VecDense
	chol  mat.Cholesky
}

func newSolver(opt IALSOptions) *solver {
	return &solver{opt: opt, a: mat.NewSymDense(opt.Width, nil), right: mat.NewVecDense(opt.Width, nil)}
}

// solve stores in dst the minimum over w of Σ c_i(w·y_i - 1)² + α Σ (w·y)² + λ(Σ c_i + αN)|w|²,
// i over seen, whose c are the weights. Nothing seen gives zeros.
func (s *solver) solve(dst []float64, y *mat.Dense, g *mat.SymDense, seen []int32, weights []float64) {
	n, d := y.Dims()
	if len(seen) == 0 {
		clear(dst)
		return
	}
	s.a.ScaleSym(s.opt.Unobserved, g)
	s.right.Zero()
	total := s.opt.Unobserved * float64(n)
	part := mat.NewDense(len(seen), d, nil)
	for i, r := range seen {
		c := weights[i]
		total += c
		row := y.RawRowView(int(r))
		s.right.AddScaledVec(s.right, c, mat.NewVecDense(d, row))
		dst := part.RawRowView(i)
		for j, v := range row {
			dst[j] = math.Sqrt(c) * v
		}
	}
	s.a.SymRankK(s.a, 1, part.T())
	for j := range d {
		s.a.SetSym(j, j, s.a.At(j, j)+s.opt.Regularization*total)
	}
	if !s.chol.Factorize(s.a) {
		panic("baseline: λ > 0 makes the matrix positive definite")
	}
	if err := s.chol.SolveVecTo(mat.NewVecDense(d, dst), s.right); err != nil {
		panic("baseline: " + err.Error())
	}
}
