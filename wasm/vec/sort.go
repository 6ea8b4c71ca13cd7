package vec

// Sort sorts rows, or other dense indices, so that none stands before one that
// comes before it; equal ones keep their order. It is a bottom-up merge sort: one
// copy of it serves every package, where each element type sorted with package
// slices adds 20 KB to the wasm.
func Sort[T ~int32](list []T, before func(a, b T) bool) {
	from, to := list, make([]T, len(list))
	for width := 1; width < len(list); width *= 2 {
		for low := 0; low < len(list); low += 2 * width {
			middle, high := min(low+width, len(list)), min(low+2*width, len(list))
			a, b := low, middle
			for i := low; i < high; i++ {
				if b == high || a < middle && !before(from[b], from[a]) {
					to[i] = from[a]
					a++
				} else {
					to[i] = from[b]
					b++
				}
			}
		}
		from, to = to, from
	}
	copy(list, from)
}

// Sorted returns 0 to n-1 sorted as [Sort] does.
func Sorted(n int, before func(a, b int32) bool) []int32 {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	Sort(order, before)
	return order
}
