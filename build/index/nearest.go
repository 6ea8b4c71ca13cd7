package index

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// nearestBlock is how many points are compared with all centroids at a time: the
// products stay in the nearest caches until the largest are found.
const nearestBlock = 64

// assign stores in of, [n], the centroid with the largest inner product with each of the
// points, [n×width], the lowest of equals. centroids are [·×width]. Every processor takes
// blocks of points; which one takes which does not matter.
func assign(of []int32, points, centroids []float32, width int) {
	cells := len(centroids) / width
	columns := make([]float32, len(centroids)) // [width×cells]
	for c := range cells {
		for j, v := range centroids[c*width:][:width] {
			columns[j*cells+c] = v
		}
	}
	inParallel((len(of)+nearestBlock-1)/nearestBlock, func() func(int) {
		memory := make([]float32, nearestBlock*cells)
		return func(b int) {
			from := b * nearestBlock
			part := of[from:min(from+nearestBlock, len(of))]
			products := memory[:len(part)*cells]
			clear(products)
			product(products, points[from*width:][:len(part)*width], columns, len(part), width, cells)
			for i := range part {
				part[i] = largest(products[i*cells:][:cells])
			}
		}
	})
}

// inParallel does 0 to n-1, each once, on all processors; worker makes what one of them
// does them with.
func inParallel(n int, worker func() func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			do := worker()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// largest returns where the largest value stands, the first of equals.
func largest(values []float32) int32 {
	best, top := 0, values[0]
	for i, v := range values {
		if v > top {
			best, top = i, v
		}
	}
	return int32(best)
}
