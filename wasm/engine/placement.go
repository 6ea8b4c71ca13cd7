package engine

import (
	"math"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
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
func (e *Engine) settle(fresh *newcomers) {
	first := e.base.Catalog.Len()
	m := &e.bundle.Retrieval
	least := m.Bias[0]
	for _, bias := range m.Bias[:first] {
		least = min(least, bias)
	}
	for i, item := range fresh.items {
		r := first + i
		vector, kin := e.vectorOf(item, &fresh.remarks), e.likeOf(item, &fresh.remarks)
		if !m.Given && (vector != nil || len(kin) > 0) {
			e.tasteWeight[r] = vouched
		}
		switch {
		case vector != nil:
			kin = e.near(vector, first)
		case len(kin) == 0:
			kin = e.akin(catalog.Row(r), first)
		}
		if m.Bias[r] = least; len(kin) == 0 {
			fresh.remarks.Add("new " + quoted(string(item.ID)) + ": it has no genre, tag or word of its title in common with the bundle, and says of none that it is like it; only searches find it")
			continue
		}
		m.Bias[r] = 0
		for _, k := range kin {
			m.Bias[r] += float32(m.Bias[k] / float32(len(kin)))
		}
		in, out := meanOf(&m.In, kin), meanOf(&m.Out, kin)
		if vector != nil {
			out = scaled(vector, length(out))
		}
		store(&m.In, r, in)
		store(&m.Out, r, out)
	}
	copy(e.inverse, m.Out.InverseNorms()) // the ranker reads the same
	e.centre = centre{}
	if m.Cells != nil {
		m.Cells = e.cellsWith(first)
	}
}

// likeOf returns the items that a new one says it is like.
func (e *Engine) likeOf(item *live.New, remarks *live.Remarks) (kin []catalog.Row) {
	for _, id := range item.Like {
		if r, ok := e.base.Catalog.Row(id); ok {
			kin = append(kin, r)
		} else {
			remarks.Add("new " + quoted(string(item.ID)) + ", like: the bundle has no item " + quoted(string(id)))
		}
	}
	return kin
}

// vectorOf returns the vector that a new item brings, nil for none that fits.
func (e *Engine) vectorOf(item *live.New, remarks *live.Remarks) []float32 {
	if want := e.bundle.Retrieval.Out.Cols; len(item.Vector) > 0 && len(item.Vector) != want {
		remarks.Add("new " + quoted(string(item.ID)) + ", vector: has " + strconv.Itoa(len(item.Vector)) + " numbers, and the bundle's have " + strconv.Itoa(want) + "; it is not used")
		return nil
	}
	return item.Vector
}

// near returns the items of the first n rows whose output vectors are nearest to vector.
func (e *Engine) near(vector []float32, n int) []catalog.Row {
	out, scores := &e.bundle.Retrieval.Out, e.scratch.score
	q := quant.Quantize(vector, 1, len(vector))
	products := make([]int32, n)
	quant.Dots(products, out.Data[:n*out.Cols], q.Data)
	clear(scores)
	for r, p := range products {
		scores[r] = max(0, float32(p)*e.inverse[r])
	}
	return e.bestOf(scores)
}

// akin returns the items of the first n rows that have most in common with item r: genres,
// tags and words of the title, the rare ones above all.
func (e *Engine) akin(r catalog.Row, n int) []catalog.Row {
	for e.Prepare() {
	}
	s := &e.scratch
	e.genres.cosines(s.genre, r)
	e.tags.cosines(s.tags, r)
	e.titles.cosines(s.title, r)
	clear(s.score)
	for other := range n {
		if e.inverse[other] == 0 {
			continue
		}
		s.score[other] = float32(genrePart*s.genre[other]) + float32(tagsPart*s.tags[other])
		if title := s.title[other]; title > titleNoise || s.score[other] == 0 {
			s.score[other] += float32(titlePart * title)
		}
	}
	return e.bestOf(s.score)
}

// bestOf returns the kinOf items with the largest values above 0.
func (e *Engine) bestOf(values []float32) []catalog.Row {
	rows := e.best(values, kinOf)
	for i, r := range rows {
		if values[r] <= 0 {
			return rows[:i]
		}
	}
	return rows
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
func store(m *quant.Matrix, r int, v []float32) {
	q := quant.Quantize(v, 1, m.Cols)
	copy(m.Data[r*m.Cols:(r+1)*m.Cols], q.Data)
	m.Scale[r] = q.Scale[0]
}

func length(v []float32) float32 { return float32(math.Sqrt(float64(vec.Dot(v, v)))) }

// scaled returns v at a length, in memory of its own.
func scaled(v []float32, to float32) []float32 {
	out := make([]float32, len(v))
	add(out, to/length(v), v)
	return out
}

// cellsWith returns the cells of the model with the rows from first on in the nearest ones.
func (e *Engine) cellsWith(first int) *retrieval.Cells {
	m := &e.bundle.Retrieval
	was := m.Cells
	of := make([]uint32, m.Out.Rows)
	for c := range was.Bias {
		for _, r := range was.Rows[was.Start[c]:was.Start[c+1]] {
			of[r] = uint32(c)
		}
	}
	search, v := retrieval.NewCellSearch(m), make([]float32, m.Out.Cols)
	for r := first; r < len(of); r++ {
		m.Out.Dequantize(v, r)
		of[r] = uint32(search.Order(v, 1)[0])
	}
	cells := retrieval.NewCells(len(was.Bias), of)
	cells.Centroids, cells.Bias, cells.Probes, cells.Recall, cells.Compared = was.Centroids, was.Bias, was.Probes, was.Recall, was.Compared
	return cells
}
