package pool

import (
	"errors"

	"sparrow/build/dataset"
)

// PoolOptions are the settings of [TrainPool].
type PoolOptions struct {
	Width        int     // D, the width of the vectors
	Length       int     // L, how many of the newest events make the user
	MinCount     int     // items with fewer interactions get their vectors from content
	Epochs       int     // passes over all targets
	Batch        int     // targets a step
	LearningRate float32 // of Adam, after the warm-up, before the cosine
	Dropout      float32 // probability that an element of the user vector is zeroed while training
	EventDropout float32 // probability that an event of the history is left out while training
	Decay        float32 // decoupled weight decay of In and Out, times the learning rate, a step
	OrderFree    bool    // the events' places say nothing: see [TrainPool]
	Negatives    int     // 0: full softmax; else so many sampled items a chunk, log-Q corrected
	Seed         uint64
}

// FullSoftmaxLimit is the largest catalog for which the defaults take the full
// softmax; with more than five million interactions it is 15,000, for the time
// of a pass grows with their product.
const FullSoftmaxLimit = 50_000

// With fewer events than fewEvents the batches are smaller, in proportion, and then there
// are more passes, so that there are about fewestSteps: the rate rises for a hundred, and
// at a batch of 400 the training of some thousands ended before it had begun.
const (
	fewEvents  = 40_000
	leastBatch = 32
	mostEpochs = 60
)

// orderFreeLength is L where the newest events are no nearer to the target than the
// others.
const orderFreeLength = 50

// DefaultPoolOptions returns the settings for a data set of d's size, chosen on
// validation data: the newest interaction of each user of a MovieLens 1M whose
// test items were taken away before, and the second to fourth newest of
// latest-small, whose newest is the test item.
// Leaving out a fifth of the events changes nothing in the order, but raises the
// recall of the candidates, which is what the ranker needs. The README of this
// folder has the figures.
func DefaultPoolOptions(d *dataset.Dataset) PoolOptions {
	n := 0
	for u := range d.Start {
		n += d.End[u] - d.Start[u]
	}
	opt := PoolOptions{
		Width: 32, Length: 20, MinCount: 5,
		Epochs: 8, Batch: 2500, LearningRate: 3e-3, Dropout: 0.2,
		Seed: 1,
	}
	switch {
	case n < 300_000: // small data want small batches, more dropout and more passes
		opt.Epochs, opt.Batch, opt.Dropout, opt.EventDropout = 12, 400, 0.3, 0.2
		if n < fewEvents {
			opt.Batch = max(leastBatch, opt.Batch*n/fewEvents)
			opt.Epochs = min(mostEpochs, opt.Epochs*fewEvents/max(1, n))
		}
	case n > 5_000_000: // the time of a pass
		opt.Epochs, opt.Batch = 3, 8000
	}
	if d.Timeless() {
		opt.ForgetOrder()
	}
	if d.Catalog.Len() > FullSoftmaxLimit || n > 5_000_000 && d.Catalog.Len() > 15_000 {
		opt.Negatives = 1024
	}
	return opt
}

// ForgetOrder makes o the settings for data whose order says nothing.
func (o *PoolOptions) ForgetOrder() { o.OrderFree, o.Length = true, orderFreeLength }

func (o *PoolOptions) check() error {
	switch {
	case o.Width < 1 || o.Width > 256:
		return errors.New("the width of the vectors must be between 1 and 256")
	case o.Length < 1 || o.Length > 255:
		return errors.New("the length of the history must be between 1 and 255")
	case o.Epochs < 1 || o.Batch < 1 || o.MinCount < 1 || o.Negatives < 0:
		return errors.New("epochs, batch and minimum count must be positive")
	case o.Dropout < 0 || o.Dropout >= 1 || o.EventDropout < 0 || o.EventDropout >= 1:
		return errors.New("dropout must be in [0, 1)")
	}
	return nil
}
