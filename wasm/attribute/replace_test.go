package attribute

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// valuesOf returns what each of n items has in a column of numbers, NaN for none.
func valuesOf(c *Column, n int) []float64 {
	all := make([]float64, n)
	for r := range all {
		all[r] = math.NaN()
		if codes := c.Of(r); len(codes) > 0 {
			all[r] = c.Numbers.At(int(codes[0]) - 1)
		}
	}
	return all
}

func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

// TestWithIsTheColumnAsIfItHadBeenMadeSo: numbers change any number of times, and what does
// not change stays; the column before is left alone.
func TestWithIsTheColumnAsIfItHadBeenMadeSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		c := Column{Name: "price", Kind: Number, Numbers: Numbers{First: 5, Exponent: -1, Offsets: []uint32{0, 10}}}
		codes, want := make([]uint32, n), make([]float64, n)
		for i := range want {
			codes[i] = uint32(rapid.IntRange(0, 2).Draw(t, "code"))
			want[i] = []float64{math.NaN(), .5, 1.5}[codes[i]]
		}
		c.Bits, c.Codes = Pack(codes, 2)
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			var rows []int32
			var values []float64
			for r := range n {
				if rapid.Bool().Draw(t, "changed") {
					rows, values = append(rows, int32(r)), append(values, float64(rapid.IntRange(-30, 30).Draw(t, "value"))/10)
					want[r] = values[len(values)-1]
				}
			}
			before := slices.Clone(c.Codes)
			changed := c.With(n, rows, values)
			if problem := changed.Check(n); problem != "" || !slices.Equal(before, c.Codes) {
				t.Fatalf("With(%v, %v): %s", rows, values, problem)
			}
			if c = changed; !same(valuesOf(&c, n), want) {
				t.Fatalf("With(%v, %v) has %v, want %v", rows, values, valuesOf(&c, n), want)
			}
			for i := range c.Distinct() {
				if before, upTo := c.Numbers.Find(c.Numbers.At(i)); before != i || upTo != i+1 {
					t.Errorf("Find(%g), the number %d, = %d, %d", c.Numbers.At(i), i, before, upTo)
				}
			}
		}
	})
}

func TestYesAndNoChange(t *testing.T) {
	c := Column{Name: "in_stock", Kind: Bool, Bits: 2, Codes: []byte{0b00_01_10}} // yes, no, none
	got := c.With(3, []int32{0, 2}, []float64{0, 1})
	if problem := got.Check(3); problem != "" || !slices.Equal(got.Codes, []byte{0b10_01_01}) {
		t.Errorf("With = %08b %s, want no, no, yes", got.Codes, problem)
	}
}

func TestGrownItemsHaveNoValue(t *testing.T) {
	list := NewList("author", []string{"a", "b"}, []uint8{1, 2}, []uint32{0, 0, 1})
	for _, c := range []Column{{Name: "x", Kind: Bool, Bits: 2, Codes: []byte{0b10_01}}, list} {
		var g Column
		c.Grow(&g, 2, 9)
		if problem := g.Check(11); problem != "" {
			t.Fatalf("Grow %s: %s", c.Name, problem)
		}
		for r := range 11 {
			var want []uint32
			if r < 2 {
				want = c.Of(r)
			}
			if got := g.Of(r); !slices.Equal(got, want) {
				t.Errorf("Grow %s has %v of item %d, want %v", c.Name, got, r, want)
			}
		}
	}
}
