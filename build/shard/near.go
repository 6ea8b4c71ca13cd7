package shard

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

const (
	mostLike = 10 // items that are most like one, by the cosine of their vectors
	lookedIn = 64 // cells that they are sought in
	mostNear = 8  // cells of theirs that are named
)

// near returns for each item of m, [N], the other cells that have the items most like it, those that
// have most of them first, ties by cell. They are few, and centroids do not tell which: the README of this folder has the figures.
func near(m *retrieval.Model, cells *retrieval.Cells) [][]uint16 {
	d, n := m.Out.Cols, m.Out.Rows
	data, inverse, of := make([]int8, 0, n*d), make([]float32, n), make([]uint16, n) // by place
	for c := range cells.Bias {
		for at := cells.Start[c]; at < cells.Start[c+1]; at++ {
			row, _ := m.Out.Row(int(cells.Rows[at]))
			data, of[at] = append(data, row...), uint16(c)
			if square := quant.Dot(row, row); square > 0 {
				inverse[at] = float32(1 / math.Sqrt(float64(square)))
			}
		}
	}
	lengths := make([]float32, len(cells.Bias))
	for c := range lengths {
		if row, _ := cells.Centroids.Row(c); quant.Dot(row, row) > 0 {
			lengths[c] = float32(1 / math.Sqrt(float64(quant.Dot(row, row))))
		}
	}
	out := make([][]uint16, n)
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() {
			s := &seeker{m: m, cells: cells, data: data, inverse: inverse, lengths: lengths, near: make([]float32, len(cells.Bias)), none: make([]float32, n)}
			for at := w; at < n; at += workers {
				out[cells.Rows[at]] = s.cellsOf(at, of)
			}
		})
	}
	group.Wait()
	return out
}

// seeker finds what is most like an item. It is not for concurrent use.
type seeker struct {
	m       *retrieval.Model
	cells   *retrieval.Cells
	data    []int8    // [N×D] by place
	inverse []float32 // [N] of the length of each
	lengths []float32 // [C] inverse ones of the centroids, as integers
	near    []float32 // [C]
	none    []float32 // [N] zeros
	scores  []float32
}

// cellsOf returns the other cells that have what is most like the item at a place; of says which cell each
// place is of.
func (s *seeker) cellsOf(at int, of []uint16) []uint16 {
	d := s.m.Out.Cols
	query := quant.NewQuery(s.data[at*d:][:d], 1)
	centroids := &s.cells.Centroids
	query.Scores(s.near, centroids.Data, s.lengths, s.none[:len(s.near)])
	var order, top vec.TopK
	order.Reset(min(lookedIn, len(s.near)))
	for c, score := range s.near {
		order.Push(score, int32(c))
	}
	top.Reset(mostLike)
	for _, key := range order.Sorted() {
		c := vec.At(key)
		from, to := int(s.cells.Start[c]), int(s.cells.Start[c+1])
		s.scores = slices.Grow(s.scores[:0], to-from)[:to-from]
		query.Scores(s.scores, s.data[from*d:to*d], s.inverse[from:to], s.none[from:to])
		for i, score := range s.scores {
			if from+i != at {
				top.Push(score, int32(from+i))
			}
		}
	}
	has := map[uint16]int{}
	for _, key := range top.Sorted() {
		has[of[vec.At(key)]]++
	}
	delete(has, of[at])
	var cells []uint16
	for c := range has {
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b uint16) int {
		return cmp.Or(cmp.Compare(has[b], has[a]), cmp.Compare(a, b))
	})
	return cells[:min(len(cells), mostNear)]
}
