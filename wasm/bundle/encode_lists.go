//go:build !js

package bundle

import (
	"errors"

	"sparrow/wasm/retrieval"
)

func (e *encoder) transition(b *Bundle) {
	if b.First > 0 {
		e.mapOf(5)
		e.key("first")
		e.uint(uint64(b.First))
	} else {
		e.mapOf(4)
	}
	e.lists(&b.Transition, b.Catalog.Len())
}

func (e *encoder) profile(b *Bundle) {
	g := b.Profile.Gate
	e.mapOf(5)
	e.lists(&b.Profile.Lists, b.Catalog.Len())
	e.key("gate")
	e.floats([]float32{g.Most, g.From, g.Weight})
}

func (e *encoder) together(b *Bundle) {
	e.mapOf(4)
	e.lists(b.Together, b.Catalog.Len())
}

// lists writes the four pairs of lists of n items.
func (e *encoder) lists(l *retrieval.Lists, n int) {
	e.neighbours(l, n)
	e.key("scale")
	e.floats(l.Scale)
}

// neighbours writes the pairs of lists of n items but for their scales.
func (e *encoder) neighbours(l *retrieval.Lists, n int) {
	if len(l.Start) != n+1 || l.Start[0] != 0 || int(l.Start[len(l.Start)-1]) != len(l.Items) || len(l.Items) != len(l.Weights) {
		e.keep(errors.New("starts, items and weights disagree"))
		return
	}
	var counts, gaps []byte
	for r := range len(l.Start) - 1 {
		if l.Start[r+1] < l.Start[r] || int(l.Start[r+1]) > len(l.Items) {
			e.keep(errors.New("starts are not ascending"))
			return
		}
		counts = appendVarint(counts, uint64(l.Start[r+1]-l.Start[r]))
		before := int64(-1)
		for _, item := range l.Items[l.Start[r]:l.Start[r+1]] {
			if int64(item) <= before {
				e.keep(errors.New("a list is not ascending"))
				return
			}
			gaps = appendVarint(gaps, uint64(int64(item)-before-1))
			before = int64(item)
		}
	}
	e.bin("counts", counts)
	e.bin("gaps", gaps)
	e.bin("weights", l.Weights)
}
