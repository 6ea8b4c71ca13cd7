package autodiff

import (
	"fmt"
	"math/rand/v2"
)

// ordering is in which order examples come.
type ordering struct {
	size     int       // examples a step
	order    [][]int32 // of each part's examples
	parts    []int
	rng      *rand.Rand // of the examples
	between  *rand.Rand // of the parts
	examples int
	perEpoch int // steps
	total    int // steps
}

func newOrdering(sizes []int, opt Options) (*ordering, error) {
	s := &ordering{size: opt.Batch, rng: rand.New(rand.NewPCG(opt.Seed, 1)), between: rand.New(rand.NewPCG(opt.Seed, 0))}
	for part, n := range sizes {
		order := make([]int32, n)
		for i := range order {
			order[i] = int32(i)
		}
		s.order, s.examples = append(s.order, order), s.examples+n
		if n > 0 {
			s.parts = append(s.parts, part)
		}
	}
	if s.examples < 1 || opt.Epochs < 1 || opt.Batch < 1 {
		return nil, fmt.Errorf("autodiff: examples, epochs and batch must be positive, not %d, %d and %d", s.examples, opt.Epochs, opt.Batch)
	}
	for _, part := range s.parts {
		s.perEpoch += s.steps(part)
	}
	s.total = s.perEpoch * opt.Epochs
	return s, nil
}

// next returns the order of the parts in the next epoch, and changes that of the examples.
func (s *ordering) next() []int {
	for _, order := range s.order {
		s.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	s.between.Shuffle(len(s.parts), func(i, j int) { s.parts[i], s.parts[j] = s.parts[j], s.parts[i] })
	return s.parts
}

// steps returns how many a part has.
func (s *ordering) steps(part int) int { return (len(s.order[part]) + s.size - 1) / s.size }

// batch returns the examples of step k of a part.
func (s *ordering) batch(part, k int) []int32 {
	order := s.order[part]
	return order[k*s.size : min((k+1)*s.size, len(order))]
}
