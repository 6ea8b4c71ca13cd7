package experiment

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/event"
)

var counting = event.Visitor{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

// Computed by another implementation, in Python, from the text of FORMAT.md.
func TestBucketsOfFormat(t *testing.T) {
	for _, c := range []struct {
		salt    string
		visitor event.Visitor
		hash    uint64
		bucket  float64
	}{
		{"", event.Visitor{}, 0x9e5d058691e87321, 0.6186068967380451},
		{"mix-2026-11", event.Visitor{}, 0x0082656e5ea5f959, 0.001989688344700258},
		{"mix-2026-11", counting, 0xb5a5220626390187, 0.709550978184982},
		{"mix-2026-11/share", counting, 0x38f64c51d019682f, 0.22250821111092522},
		{"mix-2026-11", event.Visitor(bytes.Repeat([]byte{255}, 16)), 0x05358b0adcd88166, 0.020348253395100713},
		{"ranking", counting, 0x882544b70516f6a4, 0.531818670923794},
	} {
		if hash, bucket := Hash(c.salt, c.visitor), Bucket(c.salt, c.visitor); hash != c.hash || bucket != c.bucket {
			t.Errorf("%q, %x: hash %#x and bucket %v, want %#x and %v", c.salt, c.visitor, hash, bucket, c.hash, c.bucket)
		}
	}
}

// split returns a layer whose arms have these weights.
func split(salt string, share float64, weights ...float64) *Layer {
	l := &Layer{Name: salt, Salt: salt, Share: share, End: 1}
	for i, w := range weights {
		l.Arms = append(l.Arms, Arm{Name: string(rune('a' + i)), Weight: w})
	}
	return l
}

func TestAssign(t *testing.T) {
	// bucket("mix-2026-11", counting) = 0.7096, of the share 0.2225.
	for _, c := range []struct {
		name    string
		share   float64
		weights []float64
		arm     int
		in      bool
	}{
		{"below the second of two halves", 1, []float64{1, 1}, 1, true},
		{"the first has 71 %", 1, []float64{71, 29}, 0, true},
		{"the first has 70.9 %", 1, []float64{709, 291}, 1, true},
		{"the last of three", 1, []float64{1, 1, 1}, 2, true},
		{"just in", 0.223, []float64{1}, 0, true},
		{"just out", 0.222, []float64{1}, 0, false},
		{"nobody is in", 0, []float64{1}, 0, false},
	} {
		if arm, in := split("mix-2026-11", c.share, c.weights...).Assign(counting); arm != c.arm || in != c.in {
			t.Errorf("%s: Assign = %d, %v, want %d, %v", c.name, arm, in, c.arm, c.in)
		}
	}
}

// crowd returns visitors as devices make them, and ones that differ in their
// last two bytes only, the hardest case for a hash that reads from the left.
func crowd(n int) (random, sequential []event.Visitor) {
	r := rand.NewChaCha8([32]byte{7})
	for i := range n {
		var v event.Visitor
		r.Read(v[:])
		random = append(random, v)
		sequential = append(sequential, event.Visitor{14: byte(i >> 8), 15: byte(i)})
	}
	return random, sequential
}

// chiSquare returns Σ (got - want)²/want of counts that should be in the
// proportions of weights.
func chiSquare(counts []int, weights []float64) float64 {
	var n int
	var total, sum float64
	for i := range counts {
		n += counts[i]
		total += weights[i]
	}
	for i, c := range counts {
		want := float64(n) * weights[i] / total
		sum += (float64(c) - want) * (float64(c) - want) / want
	}
	return sum
}

// The critical values of χ² at p = 0.001. The visitors are fixed, so the tests
// always say the same; they ask whether the hash treats these as chance would.
const (
	critical2  = 13.82 // 2 degrees of freedom
	critical8  = 26.12
	critical99 = 148.2
	crowdSize  = 40_000
)

func TestAssignmentIsUniform(t *testing.T) {
	random, sequential := crowd(crowdSize)
	for name, visitors := range map[string][]event.Visitor{"random": random, "sequential": sequential} {
		buckets, even := make([]int, 100), make([]float64, 100)
		weights := []float64{1, 2, 5}
		arms, l := make([]int, 3), split("weights", 1, weights...)
		for i := range even {
			even[i] = 1
		}
		for _, v := range visitors {
			buckets[int(100*Bucket("uniform", v))]++
			arm, _ := l.Assign(v)
			arms[arm]++
		}
		if x := chiSquare(buckets, even); x > critical99 {
			t.Errorf("%s visitors: χ² of 100 buckets is %.1f, above %.1f", name, x, critical99)
		}
		if x := chiSquare(arms, weights); x > critical2 {
			t.Errorf("%s visitors: arms %v at weights %v, χ² %.1f", name, arms, weights, x)
		}
	}
}

// TestLayersAreIndependent counts visitors by their arms of two layers, whose
// salts differ in one letter, and by share and arm of one layer.
func TestLayersAreIndependent(t *testing.T) {
	random, sequential := crowd(crowdSize)
	for name, visitors := range map[string][]event.Visitor{"random": random, "sequential": sequential} {
		a, b := split("layer-1", 1, 1, 1, 1), split("layer-2", 1, 1, 1, 1)
		half := split("layer-1", 0.5, 1, 1, 1)
		joint, shared := make([]int, 9), make([]int, 3)
		var even [9]float64
		for i := range even {
			even[i] = 1
		}
		for _, v := range visitors {
			x, _ := a.Assign(v)
			y, _ := b.Assign(v)
			joint[3*x+y]++
			if arm, in := half.Assign(v); in {
				shared[arm]++
			}
		}
		if x := chiSquare(joint, even[:]); x > critical8 {
			t.Errorf("%s visitors: arms of two layers %v, χ² %.1f", name, joint, x)
		}
		if x := chiSquare(shared, even[:3]); x > critical2 {
			t.Errorf("%s visitors: arms of those who take part %v, χ² %.1f", name, shared, x)
		}
	}
}

// TestAssignmentIsStable: neither time nor a larger share nor another layer
// moves anybody, and equal factors of the weights do not either.
func TestAssignmentIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := event.Visitor(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "visitor"))
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		weights := rapid.SliceOfN(rapid.Float64Range(0.1, 10), 1, 5).Draw(t, "weights")
		l := split("stable", share, weights...)
		arm, in := l.Assign(v)
		more := split("stable", rapid.Float64Range(share, 1).Draw(t, "more"), weights...)
		more.Start, more.End, more.Name = 5, 9, "renamed"
		for i := range more.Arms {
			more.Arms[i].Weight *= 4
		}
		if again, still := more.Assign(v); in && (again != arm || !still) {
			t.Fatalf("Assign = %d, %v, and with a larger share %d, %v", arm, in, again, still)
		}
	})
}
