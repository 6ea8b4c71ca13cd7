package experiment

import (
	"encoding/hex"
	"math"
	"testing"
)

// hashCode is Java's String.hashCode: Σ c_i·31^(n-1-i) in 32 bits with a sign.
func hashCode(s string) (h int32) {
	for _, c := range []byte(s) {
		h = 31*h + int32(c)
	}
	return h
}

// The original, Sparrow RecSys, takes String.hashCode modulo 5: remainder 0 is arm A, 1 is arm B, all
// else the control. In Java as in Go the remainder of a negative number is negative, and
// half of the hashes of ids that are not short numbers are: B gets a tenth of the
// visitors where it should get a fifth. And the control is given the model of A, so
// that A against the control compares a thing with itself.
func TestOriginalTakesTheRemainderOfNegativeHashes(t *testing.T) {
	if h := hashCode("user-42"); h != -147182656 || h%5 != -1 {
		t.Errorf("user-42 has the hash %d and the remainder %d, want -147182656 and -1", h, h%5)
	}
	models := map[string]string{"control": "emb", "a": "emb", "b": "nerualcf"} // sic
	original := func(id string) string {
		switch hashCode(id) % 5 {
		case 0:
			return "a"
		case 1:
			return "b"
		}
		return "control"
	}
	random, _ := crowd(crowdSize)
	share, model := map[string]float64{}, map[string]float64{}
	for _, v := range random {
		arm := original(hex.EncodeToString(v[:]))
		share[arm] += 1.0 / crowdSize
		model[models[arm]] += 1.0 / crowdSize
	}
	if math.Abs(share["a"]-0.2) > 0.01 || math.Abs(share["b"]-0.1) > 0.01 || math.Abs(model["emb"]-0.9) > 0.01 {
		t.Errorf("the original's arms get %v, its models %v", share, model)
	}

	l := split("genuine", 1, 3, 1, 1)
	l.Arms[1].Variety, l.Arms[2].Explore = ptr[float32](0.5), ptr[float32](0.5)
	if err := Validate([]Layer{*l}); err != nil {
		t.Fatal(err)
	}
	counts := make([]int, 3)
	for _, v := range random {
		bucket := Bucket(l.Salt, v)
		arm, in := l.Assign(v)
		if !in || bucket < 0 || bucket >= 1 {
			t.Fatalf("%x: bucket %g, in the layer: %v", v, bucket, in)
		}
		counts[arm]++
	}
	if x := chiSquare(counts, []float64{3, 1, 1}); x > critical2 {
		t.Errorf("arms at weights 3, 1 and 1 get %v, χ² %.1f", counts, x)
	}
}
