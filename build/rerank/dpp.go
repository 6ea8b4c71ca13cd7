package rerank

import (
	"math"

	"sparrow/wasm/vec"
)

// dull is the volume from which on an item counts as adding something new. Of
// two items with the same vector, rounding the vectors to float32 leaves the second
// one some 1e-7.
const dull = 1e-6

// DPP returns the first k of n items, as their places in scores, chosen greedily so
// as to maximize the probability of the list under a determinantal point process, whose kernel is
//
//	L = Diag(q)·S·Diag(q),   q(i) = exp(α·rel(i)),   α = θ / (2·(1-θ)),
//
// where rel is the score stretched to 0..1 over the items and S(i, j) =
// (1 + vectors[i]·vectors[j]) / 2, S(i, i) = 1. The next item is the one that adds most to
// log det L of the chosen, which is, times 1-θ,
//
//	θ·rel(i) + (1-θ)·ln d²(i),   d²(i) = det S(chosen and i) / det S(chosen):
//
// the share of its volume that the chosen ones do not span already. θ = 1 is the
// ranker's order; towards 0 only difference counts. MMR ([sparrow/wasm/rerank.Diversify]) compares an
// item with the one chosen item that is most like it, DPP with all together.
//
// Ties go to the earlier item. vectors is [n×C], unit rows or zeros, parallel to
// scores. It panics if the shapes do not match. Time is k²·n beside k·n inner products of vectors.
//
// Source: Chen, Zhang & Zhou, Fast greedy MAP inference for determinantal point
// process to improve recommendation diversity, NeurIPS 2018, algorithm 1 and
// section 5. Deviations: the Cholesky factor is that of S instead of L, which is
// the same choice without exp; and where all that is left lies in the span of the
// chosen (d² < 1e-6) the paper ends the list, while here d² counts as 1e-6, which
// leaves the rest to relevance.
func DPP(scores, vectors []float32, theta float32, k int) []int {
	n := len(scores)
	if k = min(k, n); k <= 0 {
		return nil
	}
	if len(vectors)%n != 0 {
		panic("rerank: vectors do not match the items")
	}
	g := newGreedy(scores, vectors, min(max(float64(theta), 0), 1), k)
	chosen := make([]int, k)
	for place := range chosen {
		chosen[place] = g.best()
		g.take(chosen[place])
	}
	return chosen
}

// greedy is a list in the making. Row i of the Cholesky factor of S, as far as the
// chosen items go, is c[i]; what is left of S(i, i) = 1 is volume[i] = 1 - |c[i]|².
type greedy struct {
	theta   float64
	rel     []float64 // [n]
	volume  []float64 // [n] d², 0 to 1
	taken   []bool    // [n]
	c       []float64 // [n×k], the first rank columns in use
	k, rank int
	vectors []float32 // [n×width]
	width   int
}

func newGreedy(scores, vectors []float32, theta float64, k int) *greedy {
	n := len(scores)
	g := &greedy{
		theta: theta, k: k, vectors: vectors, width: len(vectors) / n,
		rel: stretched(scores), volume: make([]float64, n), taken: make([]bool, n), c: make([]float64, n*k),
	}
	for i := range g.volume {
		g.volume[i] = 1
	}
	return g
}

// best returns the first of those items that add most.
func (g *greedy) best() int {
	best, top := -1, 0.0
	for i, taken := range g.taken {
		if taken {
			continue
		}
		gain := float64(g.theta*g.rel[i]) + float64((1-g.theta)*math.Log(max(g.volume[i], dull)))
		if best < 0 || gain > top {
			best, top = i, gain
		}
	}
	return best
}

// take chooses item j and adds a column to the Cholesky factor,
//
//	c[i][j] = (S(j, i) - c[j]·c[i]) / d(j),   d²(i) -= c[i][j]².
//
// An item without volume of its own has no column to add.
func (g *greedy) take(j int) {
	g.taken[j] = true
	if g.volume[j] < dull {
		return
	}
	d := math.Sqrt(g.volume[j])
	rowJ := g.c[j*g.k:][:g.rank]
	vectorJ := g.vectors[j*g.width:][:g.width]
	for i, taken := range g.taken {
		if taken {
			continue
		}
		row := g.c[i*g.k:][:g.rank+1]
		e := (1 + float64(vec.Dot(vectorJ, g.vectors[i*g.width:]))) / 2
		for p, v := range rowJ {
			e -= float64(v * row[p])
		}
		e /= d
		row[g.rank] = e
		g.volume[i] = max(0, g.volume[i]-float64(e*e))
	}
	g.rank++
}
