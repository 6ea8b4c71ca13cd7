// Package retrieval finds candidates: a few hundred of N movies that are worth
// the ranker's time, from several sources, each with a quota and a name.
package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// Pool holds the parameters of the sequence-pooling retrieval model. The user
// vector is Σ_k Position[k]·Level[stars of k]·In[row of k] over the last
// len(Position) events, k = 0 the newest; the score of a movie is
// Out[movie]·user + Bias[movie].
type Pool struct {
	In, Out  quant.Matrix // [N×D]
	Bias     []float32    // [N], started at the log of the popularity
	Position []float32    // [L], newest first
	Level    []float32    // [4]: no stars, ≤ 2.5, 3 to 3.5, ≥ 4
}

// Lists holds for each movie a short list of neighbours with a weight, rows of
// a sparse [N×N] matrix: the neighbours of movie r are
// Items[Start[r]:Start[r+1]], ascending by row, and their weights
// Scale[r]·Weights[i].
type Lists struct {
	Start   []uint32      // [N+1]
	Items   []catalog.Row // ascending within a list
	Weights []uint8       // 1 to 255
	Scale   []float32     // [N]
}

// Of returns the neighbours of movie r, their weights and the scale of the
// weights. The slices are shared.
func (l *Lists) Of(r catalog.Row) ([]catalog.Row, []uint8, float32) {
	a, b := l.Start[r], l.Start[r+1]
	return l.Items[a:b:b], l.Weights[a:b:b], l.Scale[r]
}

// Levels is the length of Pool.Level.
const Levels = 4

// LevelOf returns the index into Pool.Level of a rating: 0 without stars, 1 up
// to 2.5, 2 for 3 and 3.5, 3 from 4.
func LevelOf(stars float32) int {
	switch {
	case stars == 0:
		return 0
	case stars <= 2.5:
		return 1
	case stars < 4:
		return 2
	}
	return 3
}
