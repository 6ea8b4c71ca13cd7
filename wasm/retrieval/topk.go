package retrieval

import "sparrow/wasm/catalog"

// scoredRow orders movies: higher scores first, of equal scores the lower row.
type scoredRow struct {
	score float32
	row   catalog.Row
}

func (a scoredRow) before(b scoredRow) bool {
	return a.score > b.score || a.score == b.score && a.row < b.row
}

// topK keeps the best k of what is pushed, as a heap whose root is the worst.
type topK struct {
	k    int
	heap []scoredRow
}

func (t *topK) reset(k int) { t.k, t.heap = k, t.heap[:0] }

func (t *topK) push(s scoredRow) {
	if len(t.heap) < t.k {
		t.heap = append(t.heap, s)
		for i := len(t.heap) - 1; i > 0; {
			parent := (i - 1) / 2
			if !t.heap[parent].before(t.heap[i]) {
				return
			}
			t.heap[parent], t.heap[i] = t.heap[i], t.heap[parent]
			i = parent
		}
		return
	}
	if t.k == 0 || !s.before(t.heap[0]) {
		return
	}
	t.heap[0] = s
	t.sink(len(t.heap))
}

// sink restores the heap of the first n entries after the root changed.
func (t *topK) sink(n int) {
	h := t.heap[:n]
	for i := 0; ; {
		worst := i
		for c := 2*i + 1; c <= 2*i+2 && c < n; c++ {
			if h[worst].before(h[c]) {
				worst = c
			}
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}

// sorted returns what was kept, best first. The slice is valid until the next reset.
func (t *topK) sorted() []scoredRow {
	for n := len(t.heap) - 1; n > 0; n-- {
		t.heap[0], t.heap[n] = t.heap[n], t.heap[0]
		t.sink(n)
	}
	return t.heap
}
