package embedding

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

const (
	queries = 500 // items, at most, whose neighbours are looked for
	nearest = 10  // neighbours of each
)

// Recall is which share of each item's ten nearest by cosine, among all vectors of the file,
// are still among its ten nearest by the cosine of what ships: int8 of that width and so many
// levels on either side of 0.
type Recall struct {
	Width  int     `json:"width"`
	Levels int     `json:"levels"`
	Recall float64 `json:"recall"` // a mean over Of items
	Of     int     `json:"of"`
}

// search keeps the nearest items of each query.
type search struct {
	queries []catalog.Row
	best    []vec.TopK
}

func newSearch(queries []catalog.Row) *search {
	s := &search{queries: queries, best: make([]vec.TopK, len(queries))}
	for i := range s.best {
		s.best[i].Reset(nearest)
	}
	return s
}

// offer offers an item that has these cosines with the queries.
func (s *search) offer(item catalog.Row, cosines []float32) {
	for i, c := range cosines {
		if c >= s.best[i].Least() && item != s.queries[i] {
			s.best[i].Push(c, int32(item))
		}
	}
}

// recall returns how much of what s found is found in the first width columns of table,
// [N×top], as int8 of that many levels; has are the items that have a vector.
func (s *search) recall(table []float32, has []bool, top, width, levels int) Recall {
	n := len(has)
	narrow := table
	if width < top {
		narrow = make([]float32, 0, n*width)
		for r := range n {
			narrow = append(narrow, table[r*top:][:width]...)
		}
	}
	m := quant.QuantizeTo(narrow, n, width, levels)
	inverse, products, cosine := m.InverseNorms(), make([]int32, n), [1]float32{}
	found, wanted := 0, 0
	for i, q := range s.queries {
		row, _ := m.Row(int(q))
		quant.Dots(products, m.Data, row)
		own := newSearch(s.queries[i : i+1])
		for r, p := range products {
			if cosine[0] = float32(p) * inverse[r]; has[r] {
				own.offer(catalog.Row(r), cosine[:])
			}
		}
		kept := map[int32]bool{}
		for _, key := range own.best[0].Sorted() {
			kept[vec.At(key)] = true
		}
		for _, key := range s.best[i].Sorted() {
			wanted++
			if kept[vec.At(key)] {
				found++
			}
		}
	}
	if wanted == 0 { // there is but one vector
		return Recall{width, levels, 1, len(s.queries)}
	}
	return Recall{width, levels, float64(found) / float64(wanted), len(s.queries)}
}
