package compare

import (
	"fmt"

	"sparrow/build/pointwise"
)

// trial is one setting of a ranking model.
type trial struct {
	name    string
	options pointwise.TrainOptions
}

// defaultTrial returns the setting for so many rows.
func defaultTrial(rows int, seed uint64) pointwise.TrainOptions {
	o := pointwise.TrainOptions{
		Options: pointwise.Options{Width: 16, Hidden: []int{64, 32}, Dropout: 0.2},
		Epochs:  8, Patience: 2, Batch: 1024, LearningRate: 1e-3, Decay: 1e-5, Seed: seed,
	}
	if rows < 300_000 {
		o.Width, o.Batch, o.Dropout = 8, 256, 0.4
	}
	return o
}

// trials returns the settings that are tried of every ranking model: the defaults, twice the
// width when there is tuning, and opt.Random draws, the same of each model.
func trials(rows int, opt Options) []trial {
	o := defaultTrial(rows, opt.Seed)
	all := []trial{{fmt.Sprintf("D %d", o.Width), o}}
	if opt.Tune {
		o.Width *= 2
		all = append(all, trial{fmt.Sprintf("D %d", o.Width), o})
	}
	for k := range opt.Random {
		o, d := defaultTrial(rows, opt.Seed), newDraws(opt.Seed, k)
		o.Width = pick(d, "D", 4, 8, 16, 32)
		o.Hidden = pick(d, "hidden", []int{32}, []int{64}, []int{64, 32}, []int{128, 64})
		o.Dropout = pick[float32](d, "dropout", 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
		o.LearningRate, o.Decay = float32(d.between("rate", 3e-4, 3e-3)), float32(d.between("decay", 1e-6, 1e-3))
		all = append(all, trial{d.String(), o})
	}
	return all
}
