package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// Model scores items for a user: the score of an item is Out[item]·u + Bias[item],
// where an encoder makes the vector u of the newest L events of their history and their
// vectors In. There are two encoders, see [Encoder]: pooling, whose parameters are Position
// and Level, and a network.
type Model struct {
	In, Out  quant.Matrix // [N×D]; one table and the same memory with a network
	Bias     []float32    // [N], started at the log of the popularity
	Position []float32    // [L], newest first
	Level    []float32    // [Levels]: no stars, ≤ 2.5, 3 to 3.5, ≥ 4
	// Given is whether the vectors were not learned from interactions: they then say as much
	// of an item that no one chose as of any other.
	Given bool
	// Network is nil for pooling. Its inputs are the vectors of L events, newest first, as
	// L·D numbers, and a field of L slots that tells which of them are there: 0, else -1. A
	// reshape of the numbers to L steps is the only operation that knows L.
	Network *nn.Graph
	Cells   *Cells // nil where a search goes through all items, as in most catalogs
}

// Length returns L, how many of a user's newest events the encoder sees.
func (m *Model) Length() int {
	if m.Network != nil {
		return m.Network.Fields[0].Slots
	}
	return len(m.Position)
}

// Lists holds for each item a short list of neighbours with a weight, rows of
// a sparse [N×N] matrix: the neighbours of item r are
// Items[Start[r]:Start[r+1]], ascending by row, and their weights
// Scale[r]·Weights[i].
type Lists struct {
	Start   []uint32      // [N+1]
	Items   []catalog.Row // ascending within a list
	Weights []uint8       // 1 to 255
	Scale   []float32     // [N]
}

// Of returns the neighbours of item r, their weights and the scale of the
// weights. The slices are shared.
func (l *Lists) Of(r catalog.Row) ([]catalog.Row, []uint8, float32) {
	a, b := l.Start[r], l.Start[r+1]
	return l.Items[a:b:b], l.Weights[a:b:b], l.Scale[r]
}

// Strongest returns lists of the k neighbours of each item that weigh most, those
// before in a list where weights are equal. The scales are shared.
func (l *Lists) Strongest(k int) Lists {
	cut := Lists{Start: make([]uint32, len(l.Start)), Scale: l.Scale}
	for r := range l.Scale {
		items, weights, _ := l.Of(catalog.Row(r))
		least, equal := weakest(weights, k)
		for i, w := range weights {
			if w == least && equal > 0 {
				equal--
			} else if w <= least {
				continue
			}
			cut.Items, cut.Weights = append(cut.Items, items[i]), append(cut.Weights, w)
		}
		cut.Start[r+1] = uint32(len(cut.Items))
	}
	return cut
}

// weakest returns the least of the k largest weights, and how many of these are as
// small; 0 where there are no more than k.
func weakest(weights []uint8, k int) (least uint8, equal int) {
	if len(weights) <= k {
		return 0, 0
	}
	var of [256]int // how many weights there are of each value
	for _, w := range weights {
		of[w]++
	}
	for least = 255; k > of[least]; least-- {
		k -= of[least]
	}
	return least, k
}

// Levels is the length of Model.Level.
const Levels = 4

// LevelOf returns the index into Model.Level of a rating: 0 without stars, 1 up
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
