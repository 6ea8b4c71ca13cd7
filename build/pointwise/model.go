package pointwise

import (
	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Model is a ranking model: how its graph is put together and trained.
type Model struct {
	Name, Source string
	File         string // where to read it
	Build        func(b *nn.Builder, in *Inputs, opt Options) Heads

	// Rule is the optimizer of each parameter, nil for Adam; Rate the highest
	// learning rate, 0 for that of the options.
	Rule func(param string) autodiff.Rule
	Rate float32
}

// Heads are the nodes that a loss is put on.
type Heads struct {
	Logit int32 // [B×1]: the answer; σ of it is the probability

	// Of an auxiliary loss, if Auxiliary: logits [B·S×1] of what came next at each
	// step and of something else, and a mask.
	Auxiliary           bool
	Next, Other, Exists int32
}

// Models are all models, simplest first.
var Models = []Model{Logistic, FM, EmbeddingMLP, DeepCrossing, WideDeep, NeuralCF, InnerPNN, OuterPNN, DeepFM, DIN, DIEN}
