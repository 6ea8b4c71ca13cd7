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

// TestWithNumbersIsTheColumnAsIfItHadBeenMadeSo: cents, whole numbers and tens in any mix.
func TestWithNumbersIsTheColumnAsIfItHadBeenMadeSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		value := rapid.Custom(func(t *rapid.T) float64 {
			return float64(rapid.IntRange(-5000, 5000).Draw(t, "units")) / Power(rapid.IntRange(0, 3).Draw(t, "decimals"))
		})
		c, want := Column{Name: "price", Kind: Number, Bits: 1, Codes: make([]byte, (n+7)/8)}, make([]float64, n)
		for i := range want {
			want[i] = math.NaN()
		}
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			var rows []int
			var values []float64
			for r := range n {
				if rapid.Bool().Draw(t, "changed") {
					rows, values = append(rows, r), append(values, value.Draw(t, "value"))
					want[r] = values[len(values)-1]
				}
			}
			before := slices.Clone(c.Codes)
			changed, ok := c.WithNumbers(n, rows, values)
			if problem := changed.Check(n); !ok || problem != "" || !slices.Equal(before, c.Codes) {
				t.Fatalf("WithNumbers(%v, %v) = %t, %s", rows, values, ok, problem)
			}
			if c = changed; !same(valuesOf(&c, n), want) || !slices.IsSorted(c.Numbers.Offsets) {
				t.Fatalf("WithNumbers(%v, %v) has %v, want %v", rows, values, valuesOf(&c, n), want)
			}
		}
	})
}

func TestNumbersThatLieTooFarApartAreRefused(t *testing.T) {
	c := Column{Name: "price", Kind: Number, Numbers: Numbers{First: 1, Offsets: []uint32{0}}, Bits: 1, Codes: []byte{1}}
	for _, v := range []float64{1e12, 1e300} {
		if got, ok := c.WithNumbers(2, []int{1}, []float64{v}); ok || !same(valuesOf(&got, 2), valuesOf(&c, 2)) {
			t.Errorf("WithNumbers(%g) = %v, %t, want the column as it was", v, got, ok)
		}
	}
	if got, ok := c.WithNumbers(2, []int{1}, []float64{1. / 3}); !ok || !same(valuesOf(&got, 2), []float64{1, 0.333333333}) {
		t.Errorf("WithNumbers(1/3) = %v, %t, want it to nine decimals", valuesOf(&got, 2), ok)
	}
	if got, ok := c.WithNumbers(2, []int{1}, []float64{10_000 + 1./3}); !ok || !same(valuesOf(&got, 2), []float64{1, 10000.33333}) {
		t.Errorf("WithNumbers(10000 1/3) = %v, %t, want it to five decimals", valuesOf(&got, 2), ok)
	}
}

func TestWithBools(t *testing.T) {
	c := Column{Name: "in_stock", Kind: Bool, Bits: 2, Codes: []byte{0b00_01_10}} // yes, no, none
	got := c.WithBools(3, []int{0, 2}, []bool{false, true})
	if problem := got.Check(3); problem != "" || !slices.Equal(got.Codes, []byte{0b10_01_01}) {
		t.Errorf("WithBools = %08b %s, want no, no, yes", got.Codes, problem)
	}
}

func TestGrownItemsHaveNoValue(t *testing.T) {
	list := NewList("author", []string{"a", "b"}, []uint8{1, 2}, []uint32{0, 0, 1})
	for _, c := range []Column{{Name: "x", Kind: Bool, Bits: 2, Codes: []byte{0b10_01}}, list} {
		g := c.Grown(2, 9)
		if problem := g.Check(11); problem != "" {
			t.Fatalf("Grown %s: %s", c.Name, problem)
		}
		for r := range 11 {
			var want []uint32
			if r < 2 {
				want = c.Of(r)
			}
			if got := g.Of(r); !slices.Equal(got, want) {
				t.Errorf("Grown %s has %v of item %d, want %v", c.Name, got, r, want)
			}
		}
	}
}
