package embedding

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sparrow/build/plural"
	"sparrow/build/simd"
	"sparrow/wasm/catalog"
)

// Vectors are the vectors of a catalog's items at the width of a bundle.
type Vectors struct {
	Figures
	Values []float32 // [N×Width], at most 1 long; zeros of an item without
	Has    []bool    // [N]
	Length []float32 // [N] of the vector in the file; 0 of an item without
}

// Figures say what was read of a file, and what narrower vectors lose.
type Figures struct {
	File    string    `json:"file"`
	From    int       `json:"from"`  // width in the file
	Width   int       `json:"width"` // of what ships
	Levels  int       `json:"levels"`
	Used    int       `json:"used"` // vectors
	Unused  []*Unused `json:"unused,omitempty"`
	Without int       `json:"without"`                 // items that have no vector
	First   []string  `json:"first_without,omitempty"` // ids of the first few
	Mixed   *Second   `json:"mixed,omitempty"`         // the other space, where there are two
	Recall  []Recall  `json:"recall"`                  // by width
}

const (
	sampled = 20_000 // vectors, at most, whose directions are found
	block   = 1024   // vectors that are projected in one go

	narrow, wide = 64, 128 // widths that are tried where none is asked for

	// Fewer levels are fewer bytes, two bits a number less, as long as they lose no more
	// than mostLost of what all levels find.
	allLevels, fewLevels = 127, 31
	mostLost             = 0.02

	// Enough is the recall from which on the narrower width is taken.
	Enough = 0.85
)

// Read reads the vectors of c's items from f, projects them to the given width where they are
// wider, and measures what that and int8 lose. For a width of 0 it is 64 where that keeps
// [Enough], else 128. The file is read twice, and what is kept of it grows with the width
// that ships and not with its own. The same seed gives the same vectors.
func Read(ctx context.Context, f *File, c *catalog.Catalog, width int, seed uint64, stage func(done, total int)) (*Vectors, error) {
	all := newSample(sampled, seed)
	r, err := match(ctx, f, c, all.offer)
	if err != nil {
		return nil, err
	}
	v := &Vectors{Has: r.has, Length: r.length, Figures: Figures{File: f.Name, From: r.width, Used: r.used, Unused: r.unused}}
	v.without(c)
	widths := widthsOf(width, r.width)
	top := slices.Max(widths)
	asked, right := all.evenly(queries, r.width)
	plain := top == r.width && len(widths) == 1 // nothing is projected
	if !plain {
		directions, err := principal(all.vectors, r.width, top)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		right = beside(directions, right, r.width)
	}
	v.Values = make([]float32, c.Len()*top)
	s := newSearch(asked)
	p := projection{right: right, width: r.width, items: make([]catalog.Row, 0, block), store: func(item catalog.Row, own, products []float32) {
		dst := v.Values[int(item)*top:][:top]
		if plain {
			copy(dst, own)
		} else {
			copy(dst, products)
			products = products[top:]
		}
		s.offer(item, products)
	}}
	done := 0
	err = r.again(ctx, func(item catalog.Row, own []float32) {
		p.add(item, own)
		done++
		stage(done, r.used)
	})
	if err != nil {
		return nil, err
	}
	p.flush()
	for _, w := range widths {
		all, few := s.recall(v.Values, v.Has, top, w, allLevels), s.recall(v.Values, v.Has, top, w, fewLevels)
		if few.Recall >= all.Recall-mostLost {
			all = few
		}
		v.Recall = append(v.Recall, all)
	}
	v.cut(c.Len(), top)
	return v, nil
}

// widthsOf returns the widths that are tried for vectors of a width, narrowest first.
func widthsOf(asked, from int) []int {
	switch {
	case asked > 0:
		return []int{min(asked, from)}
	case from <= narrow:
		return []int{from}
	}
	return []int{narrow, min(wide, from)}
}

// cut keeps the narrowest width that is enough of values of width top, or all.
func (v *Vectors) cut(n, top int) {
	at := slices.IndexFunc(v.Recall, func(r Recall) bool { return r.Recall >= Enough })
	if at < 0 {
		at = len(v.Recall) - 1
	}
	v.Levels = v.Recall[at].Levels
	if v.Width = v.Recall[at].Width; v.Width == top {
		return
	}
	for r := range n {
		copy(v.Values[r*v.Width:], v.Values[r*top:][:v.Width])
	}
	v.Values = v.Values[:n*v.Width]
}

// beside returns the columns of a and those of b beside them, both of that many rows.
func beside(a, b []float32, rows int) []float32 {
	ca, cb := len(a)/rows, len(b)/rows
	out := make([]float32, 0, len(a)+len(b))
	for r := range rows {
		out = append(append(out, a[r*ca:][:ca]...), b[r*cb:][:cb]...)
	}
	return out
}

// projection multiplies vectors by a matrix, a block of them in one go.
type projection struct {
	right    []float32 // [W×K]
	width    int       // W
	items    []catalog.Row
	rows     []float32 // [items×W]
	products []float32 // [items×K]
	store    func(item catalog.Row, own, products []float32)
}

// add adds the vector of an item, which is copied.
func (p *projection) add(item catalog.Row, v []float32) {
	p.items, p.rows = append(p.items, item), append(p.rows, v...)
	if len(p.items) == block {
		p.flush()
	}
}

// flush multiplies what was added and stores it.
func (p *projection) flush() {
	n, k := len(p.items), len(p.right)/p.width
	p.products = slices.Grow(p.products[:0], block*k)[:n*k]
	clear(p.products)
	simd.Product(p.products, p.rows, p.right, n, p.width, k)
	for i, item := range p.items {
		p.store(item, p.rows[i*p.width:][:p.width], p.products[i*k:][:k])
	}
	p.items, p.rows = p.items[:0], p.rows[:0]
}

// without counts the items that have no vector.
func (v *Vectors) without(c *catalog.Catalog) {
	for r, has := range v.Has {
		if has {
			continue
		}
		if v.Without++; len(v.First) < shown {
			v.First = append(v.First, string(c.IDs[r]))
		}
	}
}

// Lines returns what people are told of v, a sentence each.
func (v *Vectors) Lines() (lines []string) {
	lines = append(lines, fmt.Sprintf("%s: %s of %d numbers", v.File, plural.Of(v.Used, "vector"), v.From))
	if v.Mixed != nil {
		lines = append(lines, v.Mixed.lines()...)
	}
	for _, u := range v.Unused {
		lines = append(lines, fmt.Sprintf("%s: %s", v.File, u))
	}
	if v.Without > 0 {
		more := ""
		if v.Without > len(v.First) {
			more = ", …"
		}
		lines = append(lines, fmt.Sprintf("%s of the catalog without a vector: %s%s", plural.Of(v.Without, "item"), strings.Join(v.First, ", "), more))
	}
	for _, r := range v.Recall {
		taken := ""
		if r.Width == v.Width {
			taken = ", which ships"
		}
		lines = append(lines, fmt.Sprintf("%.3f of the ten nearest of %s are among its ten nearest at %d × 8 bits of ±%d%s", r.Recall, plural.Of(r.Of, "item"), r.Width, r.Levels, taken))
	}
	if last := v.Recall[len(v.Recall)-1]; v.Width == last.Width && last.Recall < Enough && v.Width < v.From {
		lines = append(lines, fmt.Sprintf("warning: that is less than %.2f: --width takes up to 256, and keeps more", Enough))
	}
	return lines
}
