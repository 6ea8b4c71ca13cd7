package autodiff

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/nn"
)

// memKeeper keeps states in memory, encoded, and counts them.
func memKeeper(t *testing.T) (k *Keeper, states *int) {
	var kept []byte
	states = new(int)
	return &Keeper{
		Load: func(state *State) (bool, error) {
			if kept == nil {
				return false, nil
			}
			return true, gob.NewDecoder(bytes.NewReader(kept)).Decode(state)
		},
		Save: func(state State) error {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(state)
			kept = b.Bytes()
			*states++
			return err
		},
		Clear: func() error { kept = nil; return nil },
	}, states
}

// shifted is a part of a task, from an example on.
type shifted struct {
	*parity
	from int32
}

func (s shifted) of(examples []int32) (all []int32) {
	for _, e := range examples {
		all = append(all, s.from+e)
	}
	return all
}

func (s shifted) Encode(dst *nn.Batch, examples []int32, rng *rand.Rand) {
	s.parity.Encode(dst, s.of(examples), rng)
}

func (s shifted) Loss(t *Tape, examples []int32) float64 { return s.parity.Loss(t, s.of(examples)) }

// TestTrainGoesOn: a training that is broken off again and again, also at the end of an epoch, ends with
// the bits and the curve of one that is not, with the parameters of its best epoch; so does one in parts.
func TestTrainGoesOn(t *testing.T) {
	for _, sizes := range [][]int{{300}, {120, 0, 17, 163}} {
		t.Run(fmt.Sprint(len(sizes)), func(t *testing.T) { goesOn(t, sizes) })
	}
}

func goesOn(t *testing.T, sizes []int) {
	p := newParity(300)
	open := func(part int) (Task, error) {
		from := int32(0)
		for _, n := range sizes[:part] {
			from += int32(n)
		}
		return shifted{p, from}, nil
	}
	train := func(ctx context.Context, keep *Keeper, step func(done int)) (Curve, [][]float32, error) {
		g := p.graph(1)
		valid := func() float64 { return -p.right(g) }
		curve, err := TrainParts(ctx, g, sizes, open, Options{Epochs: 12, Batch: 50, LearningRate: 0.03, Warmup: 9, Cosine: true, Clip: 1, Patience: 4, Seed: 3, Keep: keep}, valid, func(done, _ int) { step(done) })
		return curve, paramsOf(g), err
	}
	curve, params, err := train(t.Context(), nil, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	keep, states := memKeeper(t)
	for breaks := 0; ; breaks++ {
		ctx, cancel := context.WithCancel(t.Context())
		steps := 0
		got, gotParams, err := train(ctx, keep, func(int) {
			if steps++; steps == 1+breaks*5%13 {
				cancel()
			}
		})
		cancel()
		if errors.Is(err, context.Canceled) {
			if breaks > 200 {
				t.Fatal("it never ends")
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if breaks < 5 || *states < 20 {
			t.Errorf("broken off %d times, with %d states", breaks, *states)
		}
		if diff := cmp.Diff(curve, got); diff != "" {
			t.Errorf("another curve (-whole +broken off):\n%s", diff)
		}
		if diff := cmp.Diff(params, gotParams); diff != "" {
			t.Errorf("other parameters (-whole +broken off):\n%s", diff)
		}
		break
	}
	var s State
	if there, _ := keep.Load(&s); there {
		t.Error("a state is left behind")
	}
}

// TestTrainOfAnother: a state of another training is refused.
func TestTrainOfAnother(t *testing.T) {
	keep, _ := memKeeper(t)
	if err := keep.Save(State{Done: 1, Examples: 5, Total: 2}); err != nil {
		t.Fatal(err)
	}
	p := newParity(10)
	_, err := Train(t.Context(), p.graph(1), 10, p, Options{Epochs: 1, Batch: 5, LearningRate: 0.01, Keep: keep}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "of another training, of 5 examples and 2 steps, not 10 and 2") {
		t.Errorf("Train = %v", err)
	}
}
