package word2vec

import (
	"context"
	"errors"
	"math/rand/v2"

	"sparrow/build/dataset"
)

// DefaultNode2VecOptions returns walks that stay near: p = 1, q = 2, which
// makes items alike that share a neighbourhood.
func DefaultNode2VecOptions(d *dataset.Dataset) WalkOptions {
	opt := DefaultDeepWalkOptions(d)
	opt.InOut = 2
	return opt
}

// TrainNode2Vec trains skip-gram on walks of the second order: from v, reached from
// t, the edge to x weighs its weight times
//
//	1/p if x = t,  1 if t has an edge to x,  1/q else.
//
// A large q stays in the neighbourhood (homophily), a small one goes far. Source: Grover and
// Leskovec, "node2vec: scalable feature learning for networks", KDD 2016, section 3.2.1. Edges
// are drawn by rejection (Yang et al., KnightKing, SOSP 2019), which needs no table for
// each pair of nodes.
func TrainNode2Vec(ctx context.Context, d *dataset.Dataset, opt WalkOptions, progress func(done, total int)) (*Model, error) {
	if opt.Return <= 0 || opt.InOut <= 0 {
		return nil, errors.New("word2vec: p and q must be positive")
	}
	return walked(ctx, d, opt, progress, opt.secondOrder)
}

// secondOrder draws the next node of a walk.
func (o *WalkOptions) secondOrder(g *graph, at, before int32, rng *rand.Rand) int32 {
	most := max(1, 1/o.Return, 1/o.InOut)
	for {
		x := g.next(at, rng)
		if x < 0 || before < 0 {
			return x
		}
		if rng.Float64()*most <= o.bias(g, before, x) {
			return x
		}
	}
}

// bias is what the weight of an edge to x is multiplied by on a walk that came from before.
func (o *WalkOptions) bias(g *graph, before, x int32) float64 {
	switch {
	case x == before:
		return 1 / o.Return
	case g.linked(before, x):
		return 1
	}
	return 1 / o.InOut
}
