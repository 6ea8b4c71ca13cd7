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

func TestDotEqualsDots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.IntRange(0, 40).Draw(t, "D")
		a := rapid.SliceOfN(rapid.Int8(), d, d).Draw(t, "a")
		b := rapid.SliceOfN(rapid.Int8(), d, d).Draw(t, "b")
		want := make([]int32, 1)
		Dots(want, a, b)
		if got := Dot(a, b); got != want[0] {
			t.Errorf("Dot(%v, %v) = %d, want %d", a, b, got, want[0])
		}
	})
}

// TestDotsOfEveryWidth holds the widths that have a loop of their own, their
// neighbours, and values up to both ends.
func TestDotsOfEveryWidth(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for d := range 161 {
		for rows := range 6 {
			m, q := make([]int8, rows*d), make([]int8, d)
			for _, v := range [][]int8{m, q} {
				for i := range v {
					v[i] = int8([]int{-128, -127, 127, rng.IntN(256) - 128}[rng.IntN(4)])
				}
			}
			if rows%2 == 0 { // as Quantize makes them
				for i, v := range q {
					q[i] = max(v, -127)
				}
			}
			got, portable, want := make([]int32, rows), make([]int32, rows), make([]int32, rows)
			Dots(got, m, q)
			dotsPortable(portable, m, q)
			naive(want, m, q)
			if !slices.Equal(got, want) || !slices.Equal(portable, want) {
				t.Fatalf("%d rows of %d: Dots = %v, dotsPortable = %v, want %v", rows, d, got, portable, want)
			}
			for r := range want {
				row := m[r*d:][:d]
				if got := Dot(row, q); got != want[r] || dotPortable(row, q) != want[r] {
					t.Fatalf("Dot of width %d = %d, want %d", d, got, want[r])
				}
			}
		}
	}
}

func TestInverseNormsByHand(t *testing.T) {
	m := Matrix{Rows: 3, Cols: 2, Data: []int8{3, -4, 0, 0, 127, 0}, Scale: []float32{9, 0, 1}}
	if got, want := m.InverseNorms(), []float32{1.0 / 5, 0, 1.0 / 127}; !slices.Equal(got, want) {
		t.Errorf("InverseNorms = %v, want %v", got, want)
	}
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
			}{{"kernel", Dots}, {"portable", dotsPortable}, {"naive", naive}} {
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
