package engine

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/vec"
)

// TestAGuessOfOneRating: items 0 and 24 of Parity have the same vector. Of one rating d above
// the crowd's mean the visitor's offset is d/(3+1), and the other item adds 1·(d - d/4)/(1+1).
func TestAGuessOfOneRating(t *testing.T) {
	e := New(enginetest.Parity(60))
	got := e.GuessStars([]catalog.Row{0}, []float32{4}, []catalog.Row{24, 0})
	d := 4 - e.quality[0]
	if want := e.quality[24] + 0.625*d; math.Abs(float64(got.Stars[0]-want)) > 1e-3 {
		t.Errorf("guess %g, want %g", got.Stars[0], want)
	}
	if want := e.quality[0]; got.Stars[1] != want {
		t.Errorf("the rated item itself is guessed from nothing: %g, want the crowd's %g", got.Stars[1], want)
	}
	if off := max(d, -d); len(got.Off) != 1 || got.Off[0] != off || got.MeanOff != off || got.CrowdOff != off {
		t.Errorf("off %v, mean %g, crowd %g: want %g", got.Off, got.MeanOff, got.CrowdOff, off)
	}
}

// TestGuessesFollowTheFormula compares guesses with the formula of the comment, in float64.
func TestGuessesFollowTheFormula(t *testing.T) {
	e, rng := New(enginetest.Parity(120)), rand.New(rand.NewPCG(1, 2))
	var rated []catalog.Row
	var stars []float32
	for _, r := range rng.Perm(120)[:40] {
		rated, stars = append(rated, catalog.Row(r)), append(stars, float32(1+rng.IntN(10))/2)
	}
	width := e.width()
	formula := func(i catalog.Row) float64 {
		sum, n := 0.0, 0.0
		for k, j := range rated {
			if j != i {
				sum, n = sum+float64(stars[k]-e.quality[j]), n+1
			}
		}
		o, weight, pull := sum/(offsetRatings+n), float64(nearRatings), 0.0
		for k, j := range rated {
			v := e.Describe([]catalog.Row{i, j})
			if s := float64(vec.Dot(v[:width], v[width:])); s > 0 && j != i {
				weight, pull = weight+s, pull+s*(float64(stars[k]-e.quality[j])-o)
			}
		}
		return min(max(float64(e.quality[i])+o+pull/weight, 0.5), 5)
	}
	all := make([]catalog.Row, 120)
	for r := range all {
		all[r] = catalog.Row(r)
	}
	got := e.GuessStars(rated, stars, all)
	for r, stars := range got.Stars {
		if want := formula(catalog.Row(r)); math.Abs(float64(stars)-want) > 1e-3 {
			t.Errorf("item %d: guess %g, want %g", r, stars, want)
		}
	}
	var off []float64
	for k, r := range rated {
		off = append(off, math.Abs(formula(r)-float64(stars[k])))
	}
	slices.Sort(off)
	for i := range off {
		if math.Abs(float64(got.Off[i])-off[i]) > 1e-3 {
			t.Errorf("off %d is %g, want %g", i, got.Off[i], off[i])
		}
	}
}

// TestWhoLovesOneKindIsGuessedSo: 5 stars for even items and 1 for odd ones.
func TestWhoLovesOneKindIsGuessedSo(t *testing.T) {
	e := New(enginetest.Parity(60))
	var rated []catalog.Row
	var stars []float32
	for r := range 20 {
		rated, stars = append(rated, catalog.Row(r)), append(stars, float32(5-4*(r%2)))
	}
	got := e.GuessStars(rated, stars, []catalog.Row{40, 41})
	if got.Stars[0] < 4 || got.Stars[1] > 2.5 || got.MeanOff > got.CrowdOff/2 {
		t.Errorf("guesses %v, off by %g where the crowd is by %g", got.Stars, got.MeanOff, got.CrowdOff)
	}
}

// TestDepth: counts of Parity fall from item to item, 1 + 5·(60-r). Those of the first k items
// sum to 303.5·k - 2.5·k², which passes half of 9,210 with k = 18.
func TestDepth(t *testing.T) {
	b := enginetest.Parity(60)
	e := New(b)
	if got := e.Depth(4); got != 5./60 {
		t.Errorf("Depth(4) = %g, want 5/60", got)
	}
	if got := e.HalfDepth(); got != 18./60 {
		t.Errorf("HalfDepth() = %g, want 18/60", got)
	}
	for r := range b.Statistics.Count {
		b.Statistics.Count[r] = 7
	}
	if e = New(b); e.Depth(0) != 1 || e.HalfDepth() != 1 {
		t.Errorf("of items that are equally well known: %g and %g, want 1", e.Depth(0), e.HalfDepth())
	}
	for r := range b.Statistics.Count {
		b.Statistics.Count[r] = 0
	}
	if got := New(b).HalfDepth(); got != 0 {
		t.Errorf("where the crowd did nothing: %g, want 0", got)
	}
}
