package word2vec

import (
	"context"
	"math/rand/v2"

	"sparrow/build/dataset"
)

// WalkOptions are the settings of walks and of what is trained on them.
type WalkOptions struct {
	Options
	Walks  int     // from every node
	Steps  int     // nodes of a walk
	Return float64 // p of node2vec: small walks back
	InOut  float64 // q of node2vec: small walks away
}

// DefaultDeepWalkOptions returns the settings of walks that do not look back.
func DefaultDeepWalkOptions(d *dataset.Dataset) WalkOptions {
	opt := WalkOptions{Options: DefaultItem2VecOptions(d), Walks: 20, Steps: 10, Return: 1, InOut: 1}
	opt.Epochs = 5
	return opt
}

// TrainDeepWalk trains skip-gram on random walks over what was liked after what,
// which find surroundings that no user's own list has. Source: Perozzi, Al-Rfou,
// Skiena, "DeepWalk: online learning of social representations", KDD 2014, algorithm 1;
// the edges have weights here, and the loss is that of negative samples, not of a
// hierarchical softmax.
func TrainDeepWalk(ctx context.Context, d *dataset.Dataset, opt WalkOptions, progress func(done, total int)) (*Model, error) {
	return walked(ctx, d, opt, progress, func(g *graph, at, _ int32, rng *rand.Rand) int32 { return g.next(at, rng) })
}

// walked trains on walks whose next node step chooses, knowing the node before (-1 at the start).
func walked(ctx context.Context, d *dataset.Dataset, opt WalkOptions, progress func(done, total int), step func(g *graph, at, before int32, rng *rand.Rand) int32) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	l := newLiked(d, opt.MinCount)
	g := newGraph(l.sentences, len(l.row))
	v, err := skipGram(ctx, g.walks(opt, step), len(l.row), opt.Options, progress)
	if err != nil {
		return nil, err
	}
	return l.model(v, d.Catalog.Len(), opt.Options), nil
}

// walks starts opt.Walks walks at every node. A walk ends where nothing was liked next.
func (g *graph) walks(opt WalkOptions, step func(g *graph, at, before int32, rng *rand.Rand) int32) [][]int32 {
	rng := rand.New(rand.NewPCG(opt.Seed, 2))
	var all [][]int32
	for range opt.Walks {
		for start := range int32(len(g.start) - 1) {
			walk, before := []int32{start}, int32(-1)
			for len(walk) < opt.Steps {
				at := walk[len(walk)-1]
				next := step(g, at, before, rng)
				if next < 0 {
					break
				}
				walk, before = append(walk, next), at
			}
			if len(walk) > 1 {
				all = append(all, walk)
			}
		}
	}
	return all
}
