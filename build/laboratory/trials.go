package laboratory

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/ctr"
)

// trial is one setting of a ranking model.
type trial struct {
	name    string
	options ctr.TrainOptions
}

// defaultTrial returns the setting for so many rows.
func defaultTrial(rows int, seed uint64) ctr.TrainOptions {
	o := ctr.TrainOptions{
		Options: ctr.Options{Width: 16, Hidden: []int{64, 32}, Dropout: 0.2},
		Epochs:  8, Patience: 2, Batch: 1024, LearningRate: 1e-3, Decay: 1e-5, Seed: seed,
	}
	if rows < 300_000 {
		o.Width, o.Batch, o.Dropout = 8, 256, 0.4
	}
	return o
}

// trials returns the settings that are tried of every ranking model: the defaults, twice the
// width when there is tuning, and opt.Random draws, the same of each model.
// Random draws find a good setting sooner than a grid of as many, since few of the knobs
// matter: Bergstra and Bengio, JMLR 2012.
func trials(rows int, opt Options) []trial {
	o := defaultTrial(rows, opt.Seed)
	all := []trial{{fmt.Sprintf("D = %d", o.Width), o}}
	if opt.Tune {
		o.Width *= 2
		all = append(all, trial{fmt.Sprintf("D = %d", o.Width), o})
	}
	rng := rand.New(rand.NewPCG(opt.Seed, 17))
	between := func(low, high float64) float32 { // evenly in the logarithm
		return float32(low * math.Pow(high/low, rng.Float64()))
	}
	for range opt.Random {
		o := defaultTrial(rows, opt.Seed)
		o.Width = 4 << rng.IntN(4)
		o.Hidden = [][]int{{32}, {64}, {64, 32}, {128, 64}}[rng.IntN(4)]
		o.Dropout = float32(rng.IntN(7)) / 10
		o.LearningRate, o.Decay = between(3e-4, 3e-3), between(1e-6, 1e-3)
		all = append(all, trial{fmt.Sprintf("D = %d, %v, dropout %.1f, rate %.1e, decay %.0e", o.Width, o.Hidden, o.Dropout, o.LearningRate, o.Decay), o})
	}
	return all
}
