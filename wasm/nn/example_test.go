package nn_test

import (
	"fmt"

	"sparrow/wasm/nn"
)

// A model is a graph of operations: here σ(w·x + b) of two numbers, run on two
// examples at a time. The builder checks shapes as it goes.
func ExampleBuilder() {
	start := func(p *nn.Param, in, out int) { copy(p.Data, []float32{2, -1}) } // training starts at random
	b := nn.NewBuilder(2, nil, start)
	logit := b.Linear("logit", b.Op(nn.OpInput), 1) // W [2×1] from start, b [1×1] at 0
	g := b.Finish(b.Op(nn.OpSigmoid, logit))

	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		fmt.Println(err)
		return
	}
	out := r.Forward(&nn.Batch{Rows: 2, Numeric: []float32{1, 2, 1, -2}})
	fmt.Printf("%.2f\n", out)
	// Output: [0.50 0.98]
}
