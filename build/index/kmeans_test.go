package index

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/vec"
)

// TestOneCellIsTheMean: (1, 0) and (0, 1) have (√½, √½) between them.
func TestOneCellIsTheMean(t *testing.T) {
	got := kMeans([]float32{1, 0, 0, 1}, 2, 1, 1, rand.New(rand.NewPCG(1, 1)))
	if want := []float32{math.Sqrt2 / 2, math.Sqrt2 / 2}; !slices.Equal(got, want) {
		t.Errorf("kMeans = %v, want %v", got, want)
	}
}

// TestKMeans: iterations bring points nearer to their centroids, which are unit
// vectors.
func TestKMeans(t *testing.T) {
	v := NewVectors(clusters(400, 8, 20, 0.7, 5), 8, Cosine)
	cohesion := func(iterations int) (sum float64) {
		centroids := kMeans(v.rows, 8, 20, iterations, rand.New(rand.NewPCG(1, 1)))
		for c := 0; c < len(centroids); c += 8 {
			if l := length(centroids[c:][:8]); math.Abs(l-1) > 1e-6 {
				t.Errorf("centroid of length %v after %d iterations", l, iterations)
			}
		}
		of := make([]int32, v.Len())
		assign(of, v.rows, centroids, 8)
		for i, c := range of {
			sum += float64(vec.DotLanes(v.rows[i*8:][:8], centroids[c*8:]))
		}
		return sum
	}
	before := cohesion(0)
	for iterations := 1; iterations < 8; iterations++ {
		now := cohesion(iterations)
		if now < before-1e-3 || iterations == 1 && now < before+1 {
			t.Errorf("cosines to the centroids sum to %v after %d iterations, %v before", now, iterations, before)
		}
		before = now
	}
}

// TestSeedsAreSpread: 5 points each at 8 places, and 8 seeds: the squared
// distances leave no choice but one seed a place.
func TestSeedsAreSpread(t *testing.T) {
	points := make([]float32, 40*8)
	for i := range 40 {
		points[i*8+i%8] = 1
	}
	for seed := range uint64(20) {
		sum := make([]float32, 8)
		for i, v := range seeds(points, 8, 8, rand.New(rand.NewPCG(seed, 1))) {
			sum[i%8] += v
		}
		if !slices.Equal(sum, []float32{1, 1, 1, 1, 1, 1, 1, 1}) {
			t.Errorf("seed %d: centroids per place %v, want one each", seed, sum)
		}
	}
}
