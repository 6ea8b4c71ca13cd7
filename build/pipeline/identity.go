package pipeline

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

// retrievedOrder returns a ranking model that keeps the order of retrieval,
// for a bundle whose data do not teach a better one: its only weight that is
// not zero is that of the retrieval score. genres is the number of genres and
// width that of the retrieval vectors.
func retrievedOrder(genres, width int) *ranking.Model {
	candidate := 1 + feature.ItemGenres + width
	all := candidate + feature.UserGenres + feature.UserItems*width
	skip := make([]float32, candidate)
	skip[0] = 1
	zero := func(rows, cols int) ranking.Dense {
		return ranking.Dense{Weight: quant.Quantize(make([]float32, rows*cols), rows, cols), Bias: make([]float32, rows)}
	}
	return &ranking.Model{
		Features: []string{feature.RetrievalScore.String()}, Mean: []float32{0}, Deviation: []float32{1},
		Genre:    quant.Quantize(make([]float32, genres+1), genres+1, 1),
		Hidden:   []ranking.Dense{zero(1, all)},
		Output:   zero(1, 1),
		Skip:     ranking.Dense{Weight: quant.Quantize(skip, 1, candidate), Bias: make([]float32, 1)},
		Baseline: make([]float32, all),
	}
}
