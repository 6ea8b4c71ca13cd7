package autodiff

import "math"

// Schedule is how a learning rate changes during a training.
type Schedule struct {
	Peak   float32
	Warmup int  // steps in which it rises to Peak, by as much each time
	Cosine bool // it falls to 5 % of Peak by half a cosine over all steps; else it stays
}

// Rate returns the learning rate of a step, from 0, of total.
func (s Schedule) Rate(step, total int) float32 {
	rate := s.Peak
	if step < s.Warmup {
		rate *= float32(step+1) / float32(s.Warmup)
	}
	if s.Cosine {
		rate *= float32(0.05 + 0.95*0.5*(1+math.Cos(math.Pi*float64(step)/float64(total))))
	}
	return rate
}
