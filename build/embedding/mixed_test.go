package embedding

import (
	"math"
	"strings"
	"testing"
)

// TestMixedByHand: in the first space i0 and i1 have a cosine of 1, in the second of 0; with a share of
// a quarter that is 3/4. i0 and i2 have 0 and .8: a fifth. i3 is in the second space alone, where its cosine with i1 is 1: the
// vector of i1 has √(1/4) there, so that theirs is 1/2. i4, which the second lacks, has √(3/4) with i0.
func TestMixedByHand(t *testing.T) {
	open := func(text string) *File {
		f, err := Open(put(t, "emb.vec", text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	c := items(6)
	first, second := open("i0 2 0\ni1 1 0\ni2 0 3\ni4 5 0\nx 1 1"), open("i0 1 0 0\ni1 0 1 0\ni2 8 0 6\ni3 0 7 0\ni5 NaN 0 0")
	f, s, err := Mixed(t.Context(), first, second, 0.25, c)
	if err != nil {
		t.Fatal(err)
	}
	v, err := Read(t.Context(), f, c, 0, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	v.Mixed = s
	if v.From != 5 || v.Used != 5 || s.Both != 3 || s.Without != 1 || s.Alone != 1 {
		t.Errorf("%d vectors of %d numbers; %+v", v.Used, v.From, s)
	}
	for _, x := range []struct {
		a, b int
		want float64
	}{{0, 1, 0.75}, {0, 2, 0.2}, {1, 3, 0.5}, {0, 4, math.Sqrt(0.75)}, {3, 4, 0}} {
		got := 0.0
		for k := range v.Width {
			got += float64(v.Values[x.a*v.Width+k] * v.Values[x.b*v.Width+k])
		}
		if math.Abs(got-x.want) > 1e-6 {
			t.Errorf("cosine of i%d and i%d is %v, want %v", x.a, x.b, got, x.want)
		}
	}
	got := strings.Join(v.Lines(), "\n")
	for _, want := range []string{
		"mixed in: 25 % of a cosine; 3 items of both spaces, 1 without this one, 1 of this one alone",
		`1 vector not used, a number that is NaN or infinite: line 5 "i5"`, `an id that is not in the catalog: line 5 "x"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it says\n%s\nwant %q", got, want)
		}
	}
	if _, _, err := Mixed(t.Context(), first, second, 1, c); err == nil {
		t.Error("a share of 1 is taken")
	}
}
