// Package ranking scores candidates with the ranking model of the bundle.
package ranking

import "sparrow/wasm/quant"

// Dense is a fully connected layer: y = Weight·x + Bias.
type Dense struct {
	Weight quant.Matrix // [out×in]
	Bias   []float32    // [out]
}

// Model holds the parameters of the Embedding + MLP ranker. Inputs are, in
// order, the numeric features (standardized), the embeddings of the genre
// features, and the frozen retrieval vectors; hidden layers use ReLU; Skip is a
// linear layer beside the MLP whose output is added to its last one.
type Model struct {
	Features  []string     // the numeric features' names, in order; must equal what this build computes
	Mean      []float32    // [F] subtracted from the numeric features
	Deviation []float32    // [F] they are divided by, > 0
	Genre     quant.Matrix // [(genres+1)×E]; row 0 is "no genre", row g+1 genre g
	Hidden    []Dense
	Output    Dense // [1×H]
	Skip      Dense // [1×inputs]
}
