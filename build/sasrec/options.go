package sasrec

import (
	"errors"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
)

// Options are the settings of [Train].
type Options struct {
	Width        int     // D, the width of the vectors
	Heads        int     // of each attention; they divide D
	Blocks       int     // of attention and feed-forward layer
	Length       int     // L, how many of the newest events the model sees
	MinCount     int     // items with fewer interactions are not trained
	Epochs       int     // passes over all targets
	Batch        int     // targets a step, on average
	LearningRate float32 // of Adam, after the warm-up, before the cosine
	Dropout      float32 // behind the embedding and in each layer
	Negatives    int     // 0: full softmax; else so many drawn items, log-Q corrected
	Seed         uint64

	// Valid, if not nil, is asked after each pass and tells how bad the model is; that of the
	// best pass is returned. Stop breaks the training off after so many passes, 0 for never.
	Valid func(*Model) float64
	Stop  int

	Keep *autodiff.Keeper // keeps how far the training is; nil for nothing
}

// With fewer events than fewEvents the batches are smaller, in proportion, and then there
// are more passes, so that there are about fewestSteps, of which the rate rises for a
// hundred.
const (
	fewEvents  = 40_000
	leastBatch = 32
	mostEpochs = 40
)

// fullSoftmaxLimit is the largest catalog for which the defaults take the full
// softmax, whose share of a step is about half at 3,400 items and grows with them.
const fullSoftmaxLimit = 20_000

// DefaultOptions returns the settings for a data set of d's size, chosen on each
// user's second newest interaction, with all before it to train on; the newest is
// for the test.
//
// Leaving what a user had before out of the softmax, and vectors that start near
// zero, help most; the stars of events, as one more embedding, change nothing that
// differs from noise, and are left out. The README of this folder has the figures.
//
// What it takes of larger data, fewer passes and negatives, is for the time and was not tuned.
func DefaultOptions(d *dataset.Dataset) Options {
	n := 0
	for u := range d.Start {
		n += d.End[u] - d.Start[u]
	}
	opt := Options{
		Width: 64, Heads: 2, Blocks: 2, Length: 100, MinCount: 5,
		Epochs: 20, Batch: 2500, LearningRate: 2e-3, Dropout: 0.2,
		Seed: 1,
	}
	switch {
	case n < 300_000: // small data want small batches, larger steps and more dropout
		opt.Length, opt.Batch, opt.LearningRate, opt.Dropout = 50, 400, 4e-3, 0.3
		if n < fewEvents {
			opt.Batch = max(leastBatch, opt.Batch*n/fewEvents)
			opt.Epochs = min(mostEpochs, opt.Epochs*fewEvents/max(1, n))
		}
	case n > 5_000_000: // the time of a pass
		opt.Epochs = 5
	}
	if d.Catalog.Len() > fullSoftmaxLimit {
		opt.Negatives = 1024
	}
	return opt
}

func (o *Options) check() error {
	switch {
	case o.Width < 1 || o.Width > 1024:
		return errors.New("the width of the vectors must be between 1 and 1024")
	case o.Heads < 1 || o.Width%o.Heads != 0:
		return errors.New("the heads must divide the width")
	case o.Blocks < 1 || o.Blocks > 9:
		return errors.New("there must be between 1 and 9 blocks")
	case o.Length < 1 || o.Length > 1000:
		return errors.New("the length of the history must be between 1 and 1000")
	case o.Epochs < 1 || o.Batch < 1 || o.Negatives < 0:
		return errors.New("epochs and batch must be positive")
	case !(o.Dropout >= 0 && o.Dropout < 1):
		return errors.New("dropout must be in [0, 1)")
	}
	return nil
}
