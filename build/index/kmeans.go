package index

import (
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/wasm/vec"
)

// kMeans returns unit vectors [cells×width] that lie in the middle of groups of
// points, which are unit vectors [n×width], n ≥ cells. It is Lloyd's algorithm
// on the sphere: a point belongs to the centroid with the largest cosine, and a
// centroid becomes the direction of the sum of its points; one without points
// stays. It ends when no point changes its centroid, or after the given
// iterations. Source: Dhillon & Modha, Concept decompositions for large sparse
// text data using clustering, Machine Learning 42, 2001, section 3.
func kMeans(points []float32, width, cells, iterations int, random *rand.Rand) []float32 {
	centroids := seeds(points, width, cells, random)
	n := len(points) / width
	of, before := make([]int32, n), make([]int32, n)
	sums := make([]float64, len(centroids))
	for iteration := range iterations {
		clear(sums)
		copy(before, of)
		assign(of, points, centroids, width)
		if iteration > 0 && slices.Equal(of, before) {
			break
		}
		for i, c := range of {
			sum := sums[int(c)*width:][:width]
			for j, v := range points[i*width:][:width] {
				sum[j] += float64(v)
			}
		}
		for c := 0; c < len(sums); c += width {
			normalize(centroids[c:][:width], sums[c:][:width])
		}
	}
	return centroids
}

// seeds returns the first centroids, each a point: the first at random, then
// each with a probability proportional to its squared distance to the nearest
// one before it. Source: Arthur & Vassilvitskii, k-means++, the advantages of
// careful seeding, SODA 2007, section 2.2.
func seeds(points []float32, width, cells int, random *rand.Rand) []float32 {
	n := len(points) / width
	far := make([]float32, n) // squared distance to the nearest centroid
	for i := range far {
		far[i] = 4 // the most on a sphere
	}
	centroids := make([]float32, 0, cells*width)
	for c := range cells {
		var sum float64
		for _, d := range far {
			sum += float64(d)
		}
		next := 0
		if c == 0 || sum == 0 {
			next = random.IntN(n)
		} else {
			left := random.Float64() * sum
			for i, d := range far {
				if d == 0 {
					continue
				}
				next = i
				if left -= float64(d); left < 0 {
					break
				}
			}
		}
		chosen := points[next*width:][:width]
		centroids = append(centroids, chosen...)
		for i := range far {
			far[i] = min(far[i], max(0, 2-2*vec.DotLanes(chosen, points[i*width:])))
		}
	}
	return centroids
}

// normalize stores sum, of the same length, in dst at unit length; dst stays
// when the sum is zero.
func normalize(dst []float32, sum []float64) {
	var squares float64
	for _, v := range sum {
		squares += float64(v * v)
	}
	if squares == 0 {
		return
	}
	l := math.Sqrt(squares)
	for i, v := range sum {
		dst[i] = float32(v / l)
	}
}
