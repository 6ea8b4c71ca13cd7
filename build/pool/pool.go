// Package pool trains the sequence-pooling retrieval model.
package pool

import (
	"context"
	"fmt"

	"sparrow/build/content"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// Pool is the sequence-pooling model in float32. The vector of a user is
//
//	u = Σ_k Level[stars of k] · Position[k] · In[row of k]
//
// over their last L events, k = 0 the newest, and the score of item i is
// Out[i]·u + Bias[i].
//
// Relatives: like YouTube's candidate generator (Covington et al., RecSys 2016)
// it averages embeddings of watched items and trains a softmax over items, but
// without layers above the average and with a learned weight for each position
// in its place. The two tables and the sum over the history are those of FISM
// (Kabbur et al., KDD 2013) and of word2vec's continuous bag of words (Mikolov
// et al., 2013); here the bag is one-sided, weighted by position, and the loss
// is the full softmax, not a pairwise or squared one. With L = 1 it is the
// item-to-item half of FPMC (Rendle et al., WWW 2010).
type Pool struct {
	N, D, L  int
	In, Out  []float32     // [N×D]
	Bias     []float32     // [N]
	Position []float32     // [L], newest first
	Level    []float32     // [retrieval.Levels]
	Trained  []catalog.Row // the others have vectors from their content
}

// TrainPool trains the model on every position of every user's sequence that
// has at least one event before it, from at most L of these. progress, if not nil, is called after each
// batch with the number of batches done and in all. The same data, options and
// build give the same bytes on any number of processors.
//
// With opt.OrderFree an event is predicted from the others of its user, at most L of
// them, be they before it or after it, all of the same weight: Position stays what
// it is at the start, and none of the user's other items is taken for a negative.
//
// Items with fewer than opt.MinCount interactions are not trained; they get
// vectors from their content.
func TrainPool(ctx context.Context, d *dataset.Dataset, opt PoolOptions, progress func(done, total int)) (*Pool, error) {
	if err := opt.check(); err != nil {
		return nil, fmt.Errorf("pool: %w", err)
	}
	s := newSequences(d, opt)
	if len(s.targets) == 0 {
		return nil, fmt.Errorf("pool: no user has two items with %d interactions or more, from which something could be learned", opt.MinCount)
	}
	t := newTrainer(s, opt)
	if err := t.run(ctx, progress); err != nil {
		return nil, err
	}
	p := t.params.expand(s, d.Catalog.Len())
	content.Fill(d.Catalog, s.count, s.row, p.Bias, p.In, p.Out)
	p.Trained = s.row
	return p, nil
}

// levels is how many steps the tables have on either side of 0 as they ship. On
// MovieLens latest-small 127 find no more than 31, whose tables are 278 KB once
// compressed, where the others are 336. The README of this folder has the figures.
const levels = 31

// guessedLevels are those of the items that were not trained: their vectors are guesses
// from content, which more levels make no better.
const guessedLevels = 7

// Quantize returns the model as it ships. In and Out become int8 with a scale
// per row; the few other parameters stay float32.
func (p *Pool) Quantize() retrieval.Model {
	return retrieval.Model{
		In:       p.table(p.In),
		Out:      p.table(p.Out),
		Bias:     quant.CoarseAll(p.Bias),
		Position: quant.CoarseAll(p.Position),
		Level:    quant.CoarseAll(p.Level),
	}
}

// table returns one of the tables as int8.
func (p *Pool) table(m []float32) quant.Matrix {
	q, guessed := quant.QuantizeTo(m, p.N, p.D, levels), quant.QuantizeTo(m, p.N, p.D, guessedLevels)
	for _, r := range p.Trained {
		at := int(r) * p.D
		copy(guessed.Data[at:at+p.D], q.Data[at:at+p.D])
		guessed.Scale[r] = q.Scale[r]
	}
	return guessed
}
