package attribute

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSelectIsALookUp compares Select of every width of codes with one code after the
// other.
func TestSelectIsALookUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, distinct := range []int{0, 1, 2, 3, 4, 15, 16, 255, 256, 65535, 65536} {
		for _, n := range []int{1, 63, 64, 65, 200} {
			for _, kind := range []Kind{Text, List} {
				c := Column{Kind: kind, Texts: Texts{Ends: make([]uint32, distinct)}}
				of := make([][]uint32, n)
				var codes []uint32
				for r := range of {
					if kind == Text {
						code := uint32(rng.IntN(distinct + 1))
						if codes = append(codes, code); code > 0 {
							of[r] = append(of[r], code)
						}
						continue
					}
					if distinct > 0 {
						for range []int{0, 1, 2, 3, 100}[rng.IntN(5)] {
							of[r] = append(of[r], 1+uint32(rng.IntN(distinct)))
						}
					}
					c.Counts, codes = append(c.Counts, uint8(len(of[r]))), append(codes, of[r]...)
				}
				c.Name = "c"
				c.Bits, c.Codes = Pack(codes, distinct)
				if problem := c.Check(n); problem != "" {
					t.Fatalf("%d values of %d items: %s", distinct, n, problem)
				}
				wanted := make([]uint8, distinct+1)
				for code := 1; code <= distinct; code++ {
					wanted[code] = uint8(rng.IntN(2))
				}
				for _, without := range []bool{false, true} {
					dst := make([]uint64, (n+63)/64)
					dst[len(dst)-1] = 1<<64 - 1 // what was there before does not matter
					c.Select(dst, wanted, without)
					for r := range 64 * len(dst) {
						want := false
						if r < n && len(of[r]) > 0 {
							want = slices.ContainsFunc(of[r], func(code uint32) bool { return wanted[code] == 1 }) != without
						}
						if got := dst[r/64]>>(r%64)&1 == 1; got != want {
							t.Fatalf("%d values, %s, %d items, without %t: item %d is selected: %t", distinct, kind, n, without, r, got)
						}
					}
				}
				for r := range n {
					if got := c.Of(r); !slices.Equal(got, of[r]) {
						t.Fatalf("%d values, %s: Of(%d) = %v, want %v", distinct, kind, r, got, of[r])
					}
				}
			}
		}
	}
}

// TestNumbersAreAsWritten: a number of digits and a power of ten is the float64 that a
// parser makes of its text.
func TestNumbersAreAsWritten(t *testing.T) {
	n := Numbers{First: -1, Exponent: -2, Offsets: []uint32{0, 1, 30, 2000, 1<<32 - 1}}
	for i, want := range []float64{-0.01, 0, 0.29, 19.99, 42949672.94} {
		if got := n.At(i); got != want {
			t.Errorf("At(%d) = %v, want %v", i, got, want)
		}
	}
	if got := (&Numbers{First: 12, Exponent: 3, Offsets: []uint32{0}}).At(0); got != 12000 {
		t.Errorf("12·10³ = %v", got)
	}
	for v, want := range map[float64][2]int{-1: {0, 0}, -0.01: {0, 1}, 0.1: {2, 2}, 19.99: {3, 4}, 20: {4, 4}, 1e9: {5, 5}} {
		if before, upTo := n.Find(v); before != want[0] || upTo != want[1] {
			t.Errorf("Find(%v) = %d, %d, want %v", v, before, upTo, want)
		}
	}
}

// TestTextsAscend: each once, with the codes of all.
func TestTextsAscend(t *testing.T) {
	texts, codes := NewTexts([]string{"b", "a", "b", "ä", "ab"})
	if texts.All != "a\nab\nb\nä\n" || !slices.Equal(codes, []uint32{3, 1, 3, 4, 2}) {
		t.Errorf("NewTexts = %q, %v", texts.All, codes)
	}
	for text, want := range map[string][2]int{"": {0, 0}, "a": {0, 1}, "aa": {1, 1}, "ab": {1, 2}, "ä": {3, 4}, "é": {4, 4}} {
		if before, upTo := texts.Find(text); before != want[0] || upTo != want[1] {
			t.Errorf("Find(%q) = %d, %d, want %v", text, before, upTo, want)
		}
	}
}

// BenchmarkSelect measures one comparison over 62,000 items.
func BenchmarkSelect(b *testing.B) {
	const n = 62000
	rng := rand.New(rand.NewPCG(1, 2))
	for _, distinct := range []int{1, 14, 200, 5000} {
		codes := make([]uint32, n)
		for i := range codes {
			codes[i] = uint32(rng.IntN(distinct + 1))
		}
		c := Column{Texts: Texts{Ends: make([]uint32, distinct)}}
		c.Bits, c.Codes = Pack(codes, distinct)
		wanted, dst := make([]uint8, distinct+1), make([]uint64, (n+63)/64)
		wanted[1] = 1
		b.Run(fmt.Sprintf("N=%d/bits=%d", n, c.Bits), func(b *testing.B) {
			for b.Loop() {
				c.Select(dst, wanted, false)
			}
		})
	}
}
