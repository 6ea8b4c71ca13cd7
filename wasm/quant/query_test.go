package quant

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// plainScore is the formula for one row, with the naive product.
func plainScore(row, query []int8, scale, own, bias float32) float32 {
	product := make([]int32, 1)
	naive(product, row, query)
	return float32(float32(scale*own)*float32(product[0])) + bias
}

// TestScoresAndAboveAreThePlainFormulaToTheBit holds every width and length,
// values up to both ends, and bars that many scores equal.
func TestScoresAndAboveAreThePlainFormulaToTheBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	lengths := []int{0, 1, 3, 4, 7, 8, 60, 1024, 1025, 2051}
	for d := range 131 {
		for at, n := range lengths {
			if n > 60 && d != 32 && d != 64 && d != 50 {
				continue
			}
			m, query := make([]int8, n*d), make([]int8, d)
			for _, v := range [][]int8{m, query} {
				for i := range v {
					v[i] = int8([]int{-128, -127, 127, rng.IntN(256) - 128}[rng.IntN(4)])
				}
			}
			if at%3 != 0 { // as Quantize makes them
				for i, v := range query {
					query[i] = max(v, -127)
				}
			}
			scales, bias, want := make([]float32, n), make([]float32, n), make([]float32, n)
			q := NewQuery(query, rng.Float32())
			for r := range want {
				scales[r], bias[r] = rng.Float32()/127, float32(rng.IntN(5)-2)
				if rng.IntN(4) == 0 {
					scales[r] = 0
				}
				row := m[r*d:][:d]
				want[r] = plainScore(row, query, q.scale, scales[r], bias[r])
				if got := q.Score(row, scales[r], bias[r]); math.Float32bits(got) != math.Float32bits(want[r]) {
					t.Fatalf("the score of one row of width %d is %v, want %v", d, got, want[r])
				}
			}
			same := func(got []float32, what string) {
				t.Helper()
				if !slices.EqualFunc(got, want, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
					t.Fatalf("%s of %d rows of width %d are %v, want %v", what, n, d, got, want)
				}
			}
			got := make([]float32, n)
			q.Scores(got, m, scales, bias)
			same(got, "Scores")
			q.scoresPortable(got, m, scales, bias)
			same(got, "scoresPortable")

			n &^= 3
			for _, least := range []float32{float32(math.Inf(-1)), -1, 0, 1, 3e38} {
				var fours []float32
				var first []int32
				for r := 0; r < n; r += 4 {
					if slices.Max(want[r:r+4]) > least {
						fours, first = append(fours, want[r:r+4]...), append(first, int32(r))
					}
				}
				for _, above := range []func(dst []float32, at []int32, m []int8, scales, bias []float32, least float32) int{q.Above, q.abovePortable} {
					dst, at := make([]float32, n), make([]int32, n/4)
					k := above(dst, at, m[:n*d], scales[:n], bias[:n], least)
					if !slices.Equal(dst[:4*k], fours) || !slices.Equal(at[:k], first) {
						t.Fatalf("above %v of %d rows of width %d are the fours %v, want %v", least, n, d, at[:k], first)
					}
				}
			}
		}
	}
}

// TestQueryOfTheExtremes holds the largest sums that a row and a query have.
func TestQueryOfTheExtremes(t *testing.T) {
	for _, d := range []int{32, 64} {
		for _, a := range []int8{-128, 127} {
			for _, b := range []int8{-128, -127, 127} {
				q := NewQuery(slices.Repeat([]int8{b}, d), 1)
				m, one, none := slices.Repeat([]int8{a}, 4*d), []float32{1, 1, 1, 1}, make([]float32, 4)
				got := make([]float32, 4)
				q.Scores(got, m, one, none)
				if want := float32(d * int(a) * int(b)); !slices.Equal(got, []float32{want, want, want, want}) {
					t.Errorf("%d times %d·%d = %v, want %v", d, a, b, got, want)
				}
			}
		}
	}
}

func TestQueryPanicsOnAWrongShape(t *testing.T) {
	q := NewQuery(make([]int8, 64), 1)
	for name, call := range map[string]func(){
		"a table too short": func() { q.Scores(make([]float32, 4), make([]int8, 255), make([]float32, 4), make([]float32, 4)) },
		"too few scales": func() {
			q.Above(make([]float32, 4), make([]int32, 1), make([]int8, 256), make([]float32, 3), make([]float32, 4), 0)
		},
		"too few biases": func() {
			q.Above(make([]float32, 4), make([]int32, 1), make([]int8, 256), make([]float32, 4), make([]float32, 3), 0)
		},
		"too few numbers": func() {
			q.Above(make([]float32, 8), make([]int32, 1), make([]int8, 512), make([]float32, 8), make([]float32, 8), -1)
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}
