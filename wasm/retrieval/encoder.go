package retrieval

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// Encoder makes the vectors of users for a model. It keeps scratch memory and is not
// for concurrent use.
type Encoder struct {
	model   *Model
	runners map[int]*nn.Runner // of a network, by the number of its steps
	history feature.History    // the last one, and
	user    []float32          // [D] its vector

	set sets
}

// NewEncoder returns an encoder for m, which it keeps. It panics where [Model.CheckNetwork]
// has an error.
func NewEncoder(m *Model) *Encoder {
	e := &Encoder{model: m, user: make([]float32, m.Out.Cols), runners: map[int]*nn.Runner{}}
	if m.Network != nil {
		if err := m.CheckNetwork(); err != nil {
			panic(err.Error())
		}
	}
	return e
}

// UserVector stores the vector of a user with history h in dst, which is [D]: zeros
// when h is empty. Pooling is
//
//	u = Σ_k Position[k]·Level[stars of k]·In[row of k]
//
// over the newest L events, k = 0 the newest. A network does not look at the stars. As
// far as these are a set (see [Retriever.WithSets]) each counts the mean of their
// positions; a network goes by their order all the same.
func (e *Encoder) UserVector(dst []float32, h feature.History) {
	if len(dst) != len(e.user) {
		panic("retrieval: dst has another width than the model")
	}
	h = h[max(0, len(h)-e.model.Length()):]
	if !slices.Equal(h, e.history) { // one question asks for the same vector several times
		e.history = append(e.history[:0], h...)
		clear(e.user)
		switch {
		case len(h) == 0:
		case e.model.Network != nil:
			e.run(h)
		default:
			e.model.pool(e.user, h, e.set.of(h))
		}
	}
	copy(dst, e.user)
}

// pool adds the vectors of the events to dst, which are a set as far as set says.
func (m *Model) pool(dst []float32, h feature.History, set float32) {
	for position, ev := range places(h, m.Position, set) {
		row, scale := m.In.Row(int(ev.Row))
		w := position * m.Level[LevelOf(ev.Stars)] * scale
		for c, v := range row {
			dst[c] += float32(w * float32(v))
		}
	}
}

// Pull returns what event ev, the k-th newest, does for the score of item r: with
// pooling its part of the score, Position[k]·Level[stars]·In[event]·Out[r]; with a network,
// whose score has no parts, how alike it takes the two items to be.
func (m *Model) Pull(k int, ev feature.Event, r catalog.Row) float32 {
	if k >= m.Length() {
		return 0
	}
	x, sx := m.In.Row(int(ev.Row))
	y, sy := m.Out.Row(int(r))
	like := float32(sx*sy) * float32(quant.Dot(x, y))
	if m.Network != nil {
		return like
	}
	return m.Position[k] * m.Level[LevelOf(ev.Stars)] * like
}
