package index

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestLocate(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, tt := range []struct {
		name         string
		family       family
		p            float32
		bucket       int32
		below, above float32
	}{
		{"0.75 in buckets of 0.5", buckets{0.5}, 0.75, 1, 0.25, 0.25},
		{"a border belongs to the bucket above it", buckets{2}, 4, 2, 0, 2},
		{"left of zero", buckets{2}, -0.5, -1, 1.5, 0.5},
		{"a positive side", signs{}, 0.25, 1, 0.25, inf},
		{"zero is positive", signs{}, 0, 1, 0, inf},
		{"a negative side", signs{}, -3, 0, inf, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bucket, below, above := tt.family.locate(tt.p)
			if bucket != tt.bucket || below != tt.below || above != tt.above {
				t.Errorf("locate(%v) = %v %v %v, want %v %v %v", tt.p, bucket, below, above, tt.bucket, tt.below, tt.above)
			}
		})
	}
}

// collisions returns in how many of the tables two unit vectors of the plane at
// the given angle share a bucket.
func collisions(angle float64, index func(v *Vectors) *LSH) float64 {
	m := []float32{1, 0, float32(math.Cos(angle)), float32(math.Sin(angle))}
	x := index(NewVectors(m, 2, Cosine))
	shared := 0
	for _, t := range x.tables {
		if len(t.keys) == 1 {
			shared++
		}
	}
	return float64(shared) / float64(len(x.tables))
}

// TestCollisionProbabilities compares 10,000 tables with the theory.
func TestCollisionProbabilities(t *testing.T) {
	const tables = 10_000
	for _, angle := range []float64{0.2, math.Pi / 3, 2.5} {
		for _, hashes := range []int{1, 3} {
			opt := LSHOptions{Tables: tables, Hashes: hashes, Seed: 3}
			// Charikar 2002, section 3, and AND over the hashes.
			want := math.Pow(1-angle/math.Pi, float64(hashes))
			got := collisions(angle, func(v *Vectors) *LSH { return NewSignLSH(v, opt) })
			if math.Abs(got-want) > 0.02 {
				t.Errorf("signs, %d hashes at angle %.2f: share %.3f, want %.3f", hashes, angle, got, want)
			}
			// Datar et al. 2004, section 3.2, for the normal distribution:
			// p(c) = 1 - 2Φ(-w/c) - 2/(√(2π)·w/c)·(1-exp(-w²/2c²)), c the distance.
			const width = 1.5
			r := width / (2 * math.Sin(angle/2))
			p := 1 - math.Erfc(r/math.Sqrt2) - 2/(math.Sqrt(2*math.Pi)*r)*(1-math.Exp(-r*r/2))
			want = math.Pow(p, float64(hashes))
			got = collisions(angle, func(v *Vectors) *LSH { return NewBucketLSH(v, width, opt) })
			if math.Abs(got-want) > 0.02 {
				t.Errorf("buckets, %d hashes at angle %.2f: share %.3f, want %.3f", hashes, angle, got, want)
			}
		}
	}
}

// TestAmplification: more hashes let fewer rows through, more tables more.
func TestAmplification(t *testing.T) {
	m := clusters(1000, 8, 10, 0.5, 2)
	v := NewVectors(m, 8, Cosine)
	compared := func(tables, hashes int) float64 {
		return Measure(NewExact(v), m[:800], 10, NewSignLSH(v, LSHOptions{Tables: tables, Hashes: hashes, Seed: 1}).first).Compared
	}
	base := compared(2, 6)
	if and, or := compared(2, 8), compared(4, 6); and >= base || or <= base {
		t.Errorf("compared %v with 2 tables of 6 hashes, %v with 8 hashes, %v with 4 tables; want less and more", base, and, or)
	}
}

// TestProbing compares the probing sequence with all combinations of steps,
// sorted by what they cost.
func TestProbing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var f family = signs{}
		if rapid.Bool().Draw(t, "buckets") {
			f = buckets{1}
		}
		at := rapid.SliceOfN(rapid.Float32Range(-3, 3), 1, 4).Draw(t, "projections")
		type probe struct {
			key  uint64
			cost float64
		}
		all := []probe{{}}
		for i, p := range at {
			bucket, below, above := f.locate(p)
			var more []probe
			for _, c := range all {
				more = append(more, probe{c.key + part(i, bucket), c.cost})
				if d := float64(below); !math.IsInf(d, 1) {
					more = append(more, probe{c.key + part(i, bucket-1), c.cost + d*d})
				}
				if d := float64(above); !math.IsInf(d, 1) {
					more = append(more, probe{c.key + part(i, bucket+1), c.cost + d*d})
				}
			}
			all = more
		}
		slices.SortFunc(all, func(a, b probe) int { return int(math.Copysign(1, a.cost-b.cost)) })
		sequence := newProbing(f, at)
		seen := map[uint64]bool{}
		for i, want := range all {
			key, more := sequence.next()
			j := slices.IndexFunc(all, func(p probe) bool { return p.key == key })
			if !more || j < 0 || seen[key] {
				t.Fatalf("probe %d of %d is %x (%v), which is no new bucket", i, len(all), key, more)
			}
			if seen[key] = true; math.Abs(all[j].cost-want.cost) > 1e-4 {
				t.Fatalf("probe %d costs %v, want %v", i, all[j].cost, want.cost)
			}
		}
		if key, more := sequence.next(); more {
			t.Fatalf("a probe %x after the last", key)
		}
	})
}

// TestSameSeedSameIndex builds each index twice.
func TestSameSeedSameIndex(t *testing.T) {
	m := clusters(500, 8, 5, 0.5, 4)
	v := NewVectors(m, 8, InnerProduct)
	build := func(seed uint64) []any {
		opt := LSHOptions{Tables: 3, Hashes: 4, Seed: seed}
		return []any{NewSignLSH(v, opt), NewBucketLSH(v, 0.5, opt), NewIVF(v, IVFOptions{Cells: 9, Iterations: 5, Sample: 10, Seed: seed})}
	}
	again, other := build(1), build(2)
	for i, x := range build(1) {
		if !reflect.DeepEqual(x, again[i]) {
			t.Errorf("%T: the same seed gave another index", x)
		}
		if reflect.DeepEqual(x, other[i]) {
			t.Errorf("%T: another seed gave the same index", x)
		}
	}
}
