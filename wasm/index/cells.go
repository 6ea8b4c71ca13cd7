// Package index divides rows into the cells of an inverted file and chooses the
// cells that a search looks into. It is the coarse quantizer of Jégou, Douze &
// Schmid, Product quantization for nearest neighbor search, TPAMI 2011, section
// 4. Where centroids come from and how vectors are compared is the caller's.
package index

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
	order := make([]int32, 0, min(max(k, 0), len(near)))
	for c, s := range near {
		if len(order) < cap(order) {
			order = append(order, 0)
		} else if len(order) == 0 || s <= near[order[len(order)-1]] {
			continue
		}
		at := len(order) - 1
		for ; at > 0 && near[order[at-1]] < s; at-- {
			order[at] = order[at-1]
		}
		order[at] = int32(c)
	}
	return order
}
