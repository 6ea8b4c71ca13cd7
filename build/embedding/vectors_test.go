package embedding

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

// items returns a catalog of n items with the ids i0, i1, ….
func items(n int) *catalog.Catalog {
	c := &catalog.Catalog{IDs: make([]catalog.ID, n)}
	for r := range c.IDs {
		c.IDs[r] = catalog.ID(fmt.Sprint("i", r))
	}
	c.Index()
	return c
}

// table writes vectors, [·×w], of i0, i1, … to a file.
func table(t *testing.T, v []float32, w int) *File {
	t.Helper()
	var ids strings.Builder
	for r := range len(v) / w {
		fmt.Fprintln(&ids, fmt.Sprint("i", r))
	}
	f, err := Open(put(t, "emb.npy", npy("<f4", fmt.Sprintf("(%d, %d)", len(v)/w, w), binary.LittleEndian, v)), Options{IDs: put(t, "ids.txt", ids.String())})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func quiet(int, int) {}

// TestRowsThatAreNotUsed: each kind is counted and named with its place, and so are items
// without a vector.
func TestRowsThatAreNotUsed(t *testing.T) {
	f, err := Open(put(t, "emb.vec", strings.Join([]string{
		"i0 1 0", "i9 1 1", "i1 NaN 1", "i1 0 0", "i1 3 4", "i1 1 1", "i2 1e39 1", "i3 5", "x 1 1", "y 1 1", "z 1 1",
	}, "\n")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := Read(t.Context(), f, items(5), 0, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(v.Lines(), "\n")
	for _, want := range []string{
		"emb.vec: 2 vectors of 2 numbers",
		`4 vectors not used, an id that is not in the catalog: line 2 "i9", line 9 "x", line 10 "y", …`,
		`2 vectors not used, a number that is NaN or infinite: line 3 "i1", line 7 "i2"`,
		`1 vector not used, zeros alone: line 4 "i1"`,
		`1 vector not used, an id that came before, whose first vector stays: line 6 "i1"`,
		`1 vector not used, fewer than 2 numbers: line 8 "i3`,
		"3 items of the catalog without a vector: i2, i3, i4",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("Lines lack %q:\n%s", want, got)
		}
	}
	if want := []float32{1, 0, 0.6, 0.8, 0, 0, 0, 0, 0, 0}; !slices.Equal(v.Values, want) {
		t.Errorf("vectors %v, want %v", v.Values, want)
	}
}

// TestNoneOfTheCatalog: where no id fits, both kinds of ids are shown.
func TestNoneOfTheCatalog(t *testing.T) {
	f, err := Open(put(t, "emb.vec", "tt1 1 2\ntt2 2 1\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Read(t.Context(), f, items(3), 0, 1, quiet)
	if err == nil || !strings.Contains(err.Error(), `its ids look like "tt2", those of the catalog like "i0"`) {
		t.Errorf("Read = %v", err)
	}
}

// planted returns n vectors of width w that lie in d directions, which a rotation hides, but
// for noise.
func planted(n, w, d int, noise float64) []float32 {
	rng := rand.New(rand.NewPCG(3, 4))
	directions := make([]float64, d*w)
	for i := range directions {
		directions[i] = rng.NormFloat64() / math.Sqrt(float64(w))
	}
	v := make([]float32, n*w)
	for r := range n {
		row := make([]float64, w)
		for k := range d {
			by := rng.NormFloat64()
			for c := range row {
				row[c] += by * directions[k*w+c]
			}
		}
		for c := range row {
			v[r*w+c] = float32(row[c] + noise*rng.NormFloat64())
		}
	}
	return v
}

// TestProjectionKeepsPlantedDirections: 300 columns that say as much as 40 lose nothing but
// what 8 bits lose, at 64; cosines stay as they were.
func TestProjectionKeepsPlantedDirections(t *testing.T) {
	const n, w = 700, 300
	raw := planted(n, w, 40, 0)
	v, err := Read(t.Context(), table(t, raw, w), items(n), 0, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if v.Width != narrow || v.From != w || len(v.Recall) != 2 || v.Recall[0].Recall < 0.9 {
		t.Fatalf("%+v", v.Figures)
	}
	cosine := func(v []float32, d, a, b int) float64 {
		var ab, aa, bb float64
		for k := range d {
			x, y := float64(v[a*d+k]), float64(v[b*d+k])
			ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		}
		return ab / math.Sqrt(aa*bb)
	}
	for a := range 20 {
		if got, want := cosine(v.Values, v.Width, a, 100+a), cosine(raw, w, a, 100+a); math.Abs(got-want) > 1e-4 {
			t.Errorf("cosine of %d and %d: %v, want %v", a, 100+a, got, want)
		}
	}
	again, err := Read(t.Context(), table(t, raw, w), items(n), 0, 1, quiet)
	if err != nil || !slices.Equal(again.Values, v.Values) {
		t.Errorf("the same seed gives other vectors, %v", err)
	}
}

// TestWidths: which widths are tried, what is taken, and that it is said where too much is
// lost. 200 directions of noise do not go into 64 numbers.
func TestWidths(t *testing.T) {
	const n, w = 500, 200
	raw := planted(n, w, 3, 0.2)
	for _, c := range []struct{ asked, want, tried int }{{0, wide, 2}, {32, 32, 1}, {200, 200, 1}, {256, 200, 1}} {
		v, err := Read(t.Context(), table(t, raw, w), items(n), c.asked, 1, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if v.Width != c.want || len(v.Recall) != c.tried || len(v.Values) != n*c.want {
			t.Errorf("--width %d: %+v", c.asked, v.Figures)
		}
		warned := strings.Contains(strings.Join(v.Lines(), "\n"), "warning")
		if lost := v.Recall[len(v.Recall)-1].Recall < Enough; warned != (lost && c.want < w) {
			t.Errorf("--width %d: warned is %t, of %+v", c.asked, warned, v.Recall)
		}
		if c.want == w && v.Recall[0].Recall < 0.9 {
			t.Errorf("8 bits alone lose %v", v.Recall)
		}
	}
}

// TestRecallByHand: two pairs of vectors that differ in a third column alone. Of three other
// items all are among the ten nearest; so nothing is lost.
func TestRecallByHand(t *testing.T) {
	v, err := Read(t.Context(), table(t, []float32{1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1}, 3), items(4), 2, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if r := v.Recall[0]; r != (Recall{2, fewLevels, 1, 4}) {
		t.Errorf("%+v", r)
	}
}

// TestInterrupted: the end of a context ends the reading.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, table(t, planted(2000, 4, 2, 0), 4), items(2000), 0, 1, quiet); err == nil {
		t.Error("Read goes on")
	}
}
