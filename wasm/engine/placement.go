package engine

import (
	"math"
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

const (
	kinOf = 10 // items of the bundle that place a new one where it names none

	// vouched is what the vector of a new item counts whose owner says what it is like, or
	// gives it: as that of an item that a few know. The one of an item that was placed by its
	// genres, tags and title says nothing that these do not.
	vouched = 0.5
)

// settle gives fresh items, whose rows are the last ones, their vectors: the one that they
// bring, or the mean of those of their kin. What else the models know of an item is their
// kin's mean in any case.
func (e *Engine) settle(fresh []*live.New, remarks *live.Remarks) {
	first := e.base.Catalog.Len()
	m := &e.bundle.Retrieval
	least := slices.Min(m.Bias[:first])
	for i, item := range fresh {
		r := catalog.Row(first + i)
		kin, own := e.kin(item, r, remarks)
		if m.Bias[r] = least; len(kin) == 0 {
			remarks.On("new", string(item.ID), ": it has no genre, tag or word of its title in common with the bundle, and says of none that it is like it; only searches find it")
			continue
		}
		m.Bias[r] = 0
		for _, k := range kin {
			m.Bias[r] += float32(m.Bias[k] / float32(len(kin)))
		}
		out := meanOf(&m.Out, kin)
		if own {
			v := item.Vector
			scale := float32(math.Sqrt(float64(vec.Dot(out, out) / vec.Dot(v, v))))
			clear(out)
			add(out, scale, v)
		}
		store(&m.In, r, meanOf(&m.In, kin))
		store(&m.Out, r, out)
	}
	copy(e.inverse, m.Out.InverseNorms()) // the ranker reads the same
	e.centre = centre{}
}

// kin returns the items of the bundle that a new one, on row r, is like: those that it names,
// or whose vectors are nearest to its own, which it has then, or that have most in common
// with it.
func (e *Engine) kin(item *live.New, r catalog.Row, remarks *live.Remarks) (kin []catalog.Row, own bool) {
	m := &e.bundle.Retrieval
	for _, id := range item.Like {
		if r, ok := e.base.Catalog.Row(id); ok {
			kin = append(kin, r)
		} else {
			remarks.On("new", string(item.ID), ", like: the bundle has no item \""+string(id)+"\"")
		}
	}
	if n := len(item.Vector); n == m.Out.Cols {
		store(&m.Out, r, item.Vector)
		e.inverse[r] = 1 // what all are multiplied by
		e.cosines(e.scratch.score, r)
		kin, own = e.firstOf(), true
	} else if n > 0 {
		remarks.On("new", string(item.ID), ", vector: has "+strconv.Itoa(n)+" numbers, and the bundle's have "+strconv.Itoa(m.Out.Cols)+"; it is not used")
	}
	if kin == nil {
		e.common(r)
		return e.firstOf(), false
	}
	if !m.Given {
		e.tasteWeight[r] = vouched
	}
	return kin, own
}

// common stores in the scores how much each item has in common with item r: genres, tags and
// words of the title, the rare ones above all.
func (e *Engine) common(r catalog.Row) {
	for e.Prepare() {
	}
	s := &e.scratch
	e.genres.cosines(s.genre, r)
	e.tags.cosines(s.tags, r)
	e.titles.cosines(s.title, r)
	for other := range s.score {
		v := float32(genrePart*s.genre[other]) + float32(tagsPart*s.tags[other])
		if title := s.title[other]; title > titleNoise || v == 0 {
			v += float32(titlePart * title)
		}
		s.score[other] = v
	}
}

// firstOf returns the kinOf items of the bundle with the largest scores above 0.
func (e *Engine) firstOf() []catalog.Row {
	scores := e.scratch.score
	clear(scores[e.base.Catalog.Len():])
	rows := e.best(scores, kinOf)
	n := 0
	for n < len(rows) && scores[rows[n]] > 0 {
		n++
	}
	return rows[:n]
}

// meanOf returns the mean of some rows of m.
func meanOf(m *quant.Matrix, rows []catalog.Row) []float32 {
	mean, row := make([]float32, m.Cols), make([]float32, m.Cols)
	for _, r := range rows {
		m.Dequantize(row, int(r))
		add(mean, 1/float32(len(rows)), row)
	}
	return mean
}

// store makes v the row r of m.
func store(m *quant.Matrix, r catalog.Row, v []float32) {
	q := quant.Quantize(v, 1, m.Cols)
	copy(m.Data[int(r)*m.Cols:], q.Data)
	m.Scale[r] = q.Scale[0]
}
