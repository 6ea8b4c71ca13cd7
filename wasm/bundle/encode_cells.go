//go:build !js

package bundle

import (
	"errors"
	"strconv"
)

func (e *encoder) cells(b *Bundle) {
	c := b.Retrieval.Cells
	of := make([]uint32, len(c.Rows))
	for i := range len(c.Start) - 1 {
		for _, r := range c.Rows[c.Start[i]:c.Start[i+1]] {
			if int(r) >= len(of) {
				e.keep(errors.New("cell: row " + strconv.Itoa(int(r)) + " of " + strconv.Itoa(len(of)) + " items"))
				return
			}
			of[r] = uint32(i)
		}
	}
	e.mapOf(6)
	e.key("centroids")
	e.matrix(&c.Centroids)
	e.key("bias")
	e.floats(c.Bias)
	e.bin("cell", varintsOf(of))
	e.key("probes")
	e.uint(uint64(c.Probes))
	e.key("recall")
	e.floats(c.Recall)
	e.key("compared")
	e.floats(c.Compared)
}
