package autodiff

import (
	"fmt"
	"time"

	"sparrow/wasm/nn"
)

// Keeper keeps the state of a training, so that one that was broken off, by SIGKILL too, goes on
// from there and ends with the same bits.
type Keeper struct {
	Every time.Duration                     // at least so long passes from one state to the next
	Load  func(*State) (ok bool, err error) // false where there is none
	Save  func(State) error                 // in place of the last one, whole or not at all; it must not keep the slices
	Clear func() error                      // the training has ended

	last time.Time
}

// State is a training after some of its steps, for an encoder that keeps exported fields.
type State struct {
	Done          int     // steps, never all of an epoch
	Sum           float64 // of the losses of the epoch so far
	Curve         Curve   // of the epochs before it
	Params, A, B  [][]float32
	Best          [][]float32 // parameters of the best epoch; empty without validation
	Examples      int         // what the training was of: a state of another one is an error
	Total         int         // steps in all
	OptimizerStep int
}

// resume puts the kept state into t, if there is one, and returns it.
func (k *Keeper) resume(t *trainer, n, total int) (s State, err error) {
	if k == nil {
		return s, nil
	}
	k.last = time.Now()
	ok, err := k.Load(&s)
	if err != nil || !ok {
		return State{}, err
	}
	g, rule := t.tapes[0].Graph, t.rule
	fits := s.Examples == n && s.Total == total && len(s.Params) == len(g.Params) && len(s.A) == len(g.Params) && len(s.B) == len(g.Params)
	for i := range g.Params {
		size := len(g.Params[i].Data)
		fits = fits && len(s.Params[i]) == size && len(s.A[i]) == size && len(s.B[i]) == size
	}
	if !fits {
		return State{}, fmt.Errorf("autodiff: the state that was kept is of another training, of %d examples and %d steps, not %d and %d", s.Examples, s.Total, n, total)
	}
	for i := range g.Params {
		copy(g.Params[i].Data, s.Params[i])
		copy(rule.a[i], s.A[i])
		copy(rule.b[i], s.B[i])
	}
	rule.steps = s.OptimizerStep
	s.Params, s.A, s.B = nil, nil, nil
	return s, nil
}

// keep saves t after done steps where it is time to.
func (k *Keeper) keep(t *trainer, s State) error {
	if k == nil || time.Since(k.last) < k.Every {
		return nil
	}
	s.Params = paramsOf(t.tapes[0].Graph)
	s.A, s.B, s.OptimizerStep = t.rule.a, t.rule.b, t.rule.steps
	err := k.Save(s)
	k.last = time.Now()
	return err
}

func (k *Keeper) clear() error {
	if k == nil {
		return nil
	}
	return k.Clear()
}

// paramsOf returns the parameters of g themselves.
func paramsOf(g *nn.Graph) (all [][]float32) {
	for i := range g.Params {
		all = append(all, g.Params[i].Data)
	}
	return all
}
