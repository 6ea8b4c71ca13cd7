package sequence

import (
	"errors"

	"sparrow/build/dataset"
)

// Options are the settings of [Train].
type Options struct {
	Width        int     // D, the width of the vectors
	Heads        int     // of each attention; they divide D
	Blocks       int     // of attention and feed-forward layer
	Length       int     // L, how many of the newest events the model sees
	MinCount     int     // movies with fewer interactions are not trained
	Epochs       int     // passes over all targets
	Batch        int     // targets a step, on average
	LearningRate float32 // of Adam, after the warm-up, before the cosine
	Dropout      float32 // behind the embedding and in each layer
	Negatives    int     // 0: full softmax; else so many movies drawn for each window
	Calibration  float32 // t of gBCE, 0 to 1; without negatives it has no meaning
	Seed         uint64
}

// DefaultOptions returns the settings for a data set of d's size.
func DefaultOptions(d *dataset.Dataset) Options {
	n := 0
	for u := range d.Start {
		n += d.End[u] - d.Start[u]
	}
	opt := Options{
		Width: 64, Heads: 2, Blocks: 2, Length: 100, MinCount: 5,
		Epochs: 20, Batch: 2500, LearningRate: 2e-3, Dropout: 0.2, Calibration: 0.75,
		Seed: 1,
	}
	if n < 300_000 { // small data want small batches and more dropout
		opt.Width, opt.Length, opt.Batch, opt.Dropout = 32, 50, 400, 0.3
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
	case !(o.Calibration >= 0 && o.Calibration <= 1):
		return errors.New("the calibration must be between 0 and 1")
	}
	return nil
}
