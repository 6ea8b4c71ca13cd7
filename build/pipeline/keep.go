package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"sparrow/build/autodiff"
)

// keeping keeps the states of the trainings of a step in the work folder: the first one that begins, the
// second, each in a file of its own, for a step that is run again begins them in the same order.
type keeping struct {
	work   *Work
	step   string // its name, as naming has it
	inputs string // of the step: a state of others is not used
	every  time.Duration
	begun  int
}

// keptState is what a file holds.
type keptState struct {
	Inputs string
	State  autodiff.State
}

// next returns what keeps the next training; nil keeps nothing.
func (k *keeping) next() *autodiff.Keeper {
	if k == nil {
		return nil
	}
	k.begun++
	file := fmt.Sprintf("%s-state-%d.gob", k.step, k.begun)
	return &autodiff.Keeper{
		Every: k.every,
		Load: func(state *autodiff.State) (bool, error) {
			var kept keptState
			switch err := k.work.load(file, &kept); {
			case errors.Is(err, fs.ErrNotExist):
				return false, nil
			case err != nil:
				k.work.p.Say("%s cannot be read, so the training begins again: %v", k.work.path(file), err)
				return false, nil
			case kept.Inputs != k.inputs:
				k.work.p.Say("%s is of other data, settings or another version of this program, so the training begins again", k.work.path(file))
				return false, nil
			}
			*state = kept.State
			k.work.p.Say("the training goes on behind %d of %d steps", state.Done, state.Total)
			return true, nil
		},
		Save: func(state autodiff.State) error { return k.work.save(file, keptState{k.inputs, state}) },
		Clear: func() error {
			if err := os.Remove(k.work.path(file)); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		},
	}
}
