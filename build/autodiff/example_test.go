package autodiff_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// xor is four examples that no linear model tells apart.
var xor = struct {
	x      [][2]float32
	labels []float32
}{[][2]float32{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, []float32{0, 1, 1, 0}}

// task feeds the examples and puts the loss on a node.
type task struct{ logit int32 }

func (t task) Encode(dst *nn.Batch, examples []int32, _ *rand.Rand) {
	for i, e := range examples {
		copy(dst.Numeric[2*i:], xor.x[e][:])
	}
}

func (t task) Loss(tape *autodiff.Tape, examples []int32) float64 {
	labels := make([]float32, len(examples))
	for i, e := range examples {
		labels[i] = xor.labels[e]
	}
	return autodiff.Binary(tape, t.logit, labels, nil)
}

// A graph is trained in place, and what is trained runs in the browser as it is.
func ExampleTrain() {
	b := nn.NewBuilder(2, nil, autodiff.Glorot(1))
	hidden := b.MLP("hidden", b.Op(nn.OpInput), nn.OpTanh, 0, 8)
	logit := b.Linear("logit", hidden, 1)
	g := b.Finish(logit)
	opt := autodiff.Options{Epochs: 300, Batch: 4, LearningRate: 0.05, Seed: 1}
	if _, err := autodiff.Train(context.Background(), g, 4, task{logit}, opt, nil, nil); err != nil {
		fmt.Println(err)
		return
	}

	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		fmt.Println(err)
		return
	}
	out := r.Forward(&nn.Batch{Rows: 4, Numeric: []float32{0, 0, 0, 1, 1, 0, 1, 1}})
	for i, logit := range out {
		fmt.Println(xor.x[i], logit > 0)
	}
	// Output:
	// [0 0] false
	// [0 1] true
	// [1 0] true
	// [1 1] false
}
