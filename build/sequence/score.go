package sequence

import (
	"slices"

	"sparrow/build/kernel"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// unknown is the score of a movie that was not trained: it is behind all others.
const unknown = -1e30

// Scores stores the score of each movie for a user with history h in dst, which
// is [N]; a movie that was not trained has -1e30. Without any movie in h that was,
// the scores are the biases. It may be called concurrently.
func (m *Model) Scores(dst []float32, h feature.History) {
	if len(dst) != m.N {
		panic("sequence: dst has another length than the catalog")
	}
	u := make([]float32, m.D)
	m.User(u, h)
	for i := range dst {
		dst[i] = unknown
	}
	for _, r := range m.row {
		score := m.Bias[r]
		for c, v := range m.Vectors[int(r)*m.D:][:m.D] {
			score += float32(v * u[c])
		}
		dst[r] = score
	}
}

// runner asks the graph for one user.
type runner struct {
	nn.Runner
	batch nn.Batch
}

// User stores the vector of a user with history h in dst, which is [D]: zeros
// without any movie in h that was trained. It may be called concurrently.
func (m *Model) User(dst []float32, h feature.History) {
	r, _ := m.runners.Get().(*runner)
	if r == nil {
		r = m.newRunner(nn.Kernel{Product: kernel.Product, ExpSum: kernel.ExpSum})
	}
	defer m.runners.Put(r)
	if newest(r.batch.IDs[0], m.number, h) == 0 {
		clear(dst)
		return
	}
	copy(dst, r.Forward(&r.batch))
}

func (m *Model) newRunner(k nn.Kernel) *runner {
	r, err := nn.NewRunner(m.Graph, k)
	if err != nil {
		panic("sequence: " + err.Error()) // newGraph has checked it
	}
	return &runner{*r, nn.Batch{Rows: 1, IDs: [][]int32{make([]int32, m.L)}}}
}

// newest stores the numbers of the newest movies of h that have one in dst, the
// newest first and -1 behind the last, and returns how many there are.
func newest(dst, number []int32, h feature.History) int {
	n := 0
	for _, e := range slices.Backward(h) {
		if n == len(dst) {
			break
		}
		if i := number[e.Row]; i >= 0 {
			dst[n] = i
			n++
		}
	}
	for k := n; k < len(dst); k++ {
		dst[k] = -1
	}
	return n
}
