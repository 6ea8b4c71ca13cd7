//go:build !js

package bundle

import (
	"math"
	"strings"
	"testing"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// TestBrokenCellsAreRefused is [TestBrokenBundlesAreRefused] for cells.
func TestBrokenCellsAreRefused(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name string
		harm func(*retrieval.Cells)
		want string
	}{
		{"an item in a cell that is not there", func(c *retrieval.Cells) { c.Start = []uint32{0, 0, 0, 3} }, "cell: an item is in none of the 2"},
		{"no cells", func(c *retrieval.Cells) {
			c.Centroids, c.Bias, c.Recall, c.Compared = quant.Matrix{Cols: 2}, nil, nil, nil
		}, "cell: an item is in none of the 0"},
		{"more cells than items", func(c *retrieval.Cells) {
			c.Centroids, c.Bias = quant.Quantize(steps(8), 4, 2), steps(4)
		}, "4 cells for 3 items"},
		{"an item without a cell", func(c *retrieval.Cells) { c.Rows, c.Start = c.Rows[:2], []uint32{0, 2, 2} }, "items"},
		{"an item too many", func(c *retrieval.Cells) { c.Rows, c.Start = append(c.Rows, 3), []uint32{0, 2, 4} }, "cell: 1 bytes are left over"},
		{"centroids of another width", func(c *retrieval.Cells) { c.Centroids = quant.Quantize(steps(6), 2, 3) }, "columns of centroids: 3 values, want 2"},
		{"a cell without a bias", func(c *retrieval.Cells) { c.Bias = c.Bias[:1] }, "bias: 1 values, want 2"},
		{"no probes", func(c *retrieval.Cells) { c.Probes = 0 }, "probes: 0 of 2 cells"},
		{"more probes than cells", func(c *retrieval.Cells) { c.Probes = 3 }, "probes: 3 of 2 cells"},
		{"a recall too few", func(c *retrieval.Cells) { c.Recall = c.Recall[:1] }, "recall: 1 values, want 2"},
		{"a recall above all", func(c *retrieval.Cells) { c.Recall[1] = 1.5 }, "recall: value 1 is below the one before it, or not within 0 to 1"},
		{"a recall below none", func(c *retrieval.Cells) { c.Recall[0] = -1 }, "recall: value 0 is below"},
		{"more cells that find less", func(c *retrieval.Cells) { c.Recall[1] = 0.5 }, "recall: value 1 is below"},
		{"a recall that is no number", func(c *retrieval.Cells) { c.Recall[1] = nan }, "recall: value 1 is not finite"},
		{"more cells that look at less", func(c *retrieval.Cells) { c.Compared[1] = 0.25 }, "compared: value 1 is below"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := withCells()
			c.harm(b.Retrieval.Cells)
			if _, err := Encode(b); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Encode = %v, want %s", err, c.want)
			}
		})
	}
}

// TestCellsKeepTheBoundOfMemory: of the catalog whose memory per byte of the file is
// largest.
func TestCellsKeepTheBoundOfMemory(t *testing.T) {
	b := large(20000)
	c := retrieval.NewCells(2, make([]uint32, 20000))
	c.Centroids, c.Bias = quant.Quantize(steps(4), 2, 2), steps(2)
	c.Probes, c.Recall, c.Compared = 1, []float32{0.99, 1}, []float32{0.5, 1}
	b.Retrieval.Cells = c
	data, err := Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decodeWithin(t, data); err != nil {
		t.Fatal(err)
	}
}
