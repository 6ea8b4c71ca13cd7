package quant

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// naive is what Dots must equal.
func naive(dst []int32, m, q []int8) {
	for r := range dst {
		dst[r] = 0
		for c, v := range q {
			dst[r] += int32(v) * int32(m[r*len(q)+c])
		}
	}
}

func TestDotsEqualsTheNaiveLoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, d := rapid.IntRange(0, 9).Draw(t, "rows"), rapid.IntRange(0, 40).Draw(t, "D")
		value := rapid.Int8()
		m := rapid.SliceOfN(value, rows*d, rows*d).Draw(t, "m")
		q := rapid.SliceOfN(value, d, d).Draw(t, "q")
		got, want := make([]int32, rows), make([]int32, rows)
		Dots(got, m, q)
		naive(want, m, q)
		if !slices.Equal(got, want) {
			t.Errorf("Dots(%v, %v) = %v, want %v", m, q, got, want)
		}
	})
}

func TestDotsOfTheExtremes(t *testing.T) {
	const d = 4096
	m := slices.Repeat([]int8{-128}, d)
	got := make([]int32, 1)
	Dots(got, m, m)
	if want := int32(d * 128 * 128); got[0] != want {
		t.Errorf("Dots of %d times -128 = %d, want %d", d, got[0], want)
	}
}

func TestDotsPanicsOnAWrongShape(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Dots of 7 values as 2 rows of 3 did not panic")
		}
	}()
	Dots(make([]int32, 2), make([]int8, 7), make([]int8, 3))
}

func BenchmarkDots(b *testing.B) {
	for _, n := range []int{9742, 62000} {
		for _, d := range []int{32, 64} {
			rng := rand.New(rand.NewPCG(1, 2))
			m, q, dst := make([]int8, n*d), make([]int8, d), make([]int32, n)
			for i := range m {
				m[i] = int8(rng.IntN(255) - 127)
			}
			copy(q, m)
			for _, v := range []struct {
				name string
				run  func(dst []int32, m, q []int8)
			}{{"kernel", Dots}, {"naive", naive}} {
				b.Run(fmt.Sprintf("N=%d/D=%d/%s", n, d, v.name), func(b *testing.B) {
					b.SetBytes(int64(len(m)))
					for b.Loop() {
						v.run(dst, m, q)
					}
				})
			}
		}
	}
}
