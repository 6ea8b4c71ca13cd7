package index

import "sparrow/wasm/vec"

// Assign returns for each of n rows, [N], the cell whose centroid is nearest, the
// lowest of equals. similarity stores in dst, [N], how near each row is to the
// centroid of cell c, larger is nearer.
func Assign(n, cells int, similarity func(dst []float32, c int)) []int32 {
	cell, top, now := make([]int32, n), make([]float32, n), make([]float32, n)
	for c := range cells {
		similarity(now, c)
		for r, s := range now {
			if c == 0 || s > top[r] {
				cell[r], top[r] = int32(c), s
			}
		}
	}
	return cell
}

// Probe returns the k cells that a search looks into one after the other: those
// with the largest similarity of centroid and query, near, [C], the lower cell
// first of equals; all cells where k is larger.
func Probe(near []float32, k int) []int32 {
	var top vec.TopK
	top.Reset(min(max(k, 0), len(near)))
	for c, s := range near {
		top.Push(s, int32(c))
	}
	keys := top.Sorted()
	order := make([]int32, len(keys))
	for i, key := range keys {
		order[i] = vec.At(key)
	}
	return order
}
