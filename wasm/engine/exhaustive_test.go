package engine

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// exhaustive returns what Similar is specified to: each item compared with r, by
// dense columns of cosines, and the best k.
func (e *Engine) exhaustive(r catalog.Row, k int) []Similar {
	n := e.catalog.Len()
	column := func(fill func(dst []float32, r catalog.Row)) []float32 {
		dst := make([]float32, n)
		fill(dst, r)
		return dst
	}
	for e.Prepare() {
	}
	genre, tags, title := column(e.genres.cosines), column(e.tags.cosines), column(e.titles.cosines)
	followed, q := column(func(dst []float32, r catalog.Row) { e.followed(dst, r) }), e.question(r)
	listed := column(e.weighed)
	all, score := make([]Similar, n), make([]float32, n)
	for i := range all {
		other := catalog.Row(i)
		s := Similar{Row: other, Vector: e.cosine(r, other), Followed: followed[other], Listed: listed[other], Genre: genre[other], Tags: tags[other]}
		e.complete(&q, &s, title[other])
		s.Taste = float32(float32(q.vector*e.tasteWeight[other])*s.Vector) + float32(q.followed*s.Followed) + float32(q.listed*s.Listed)
		if s.Followed > 0 {
			s.Taste += q.tied
		}
		s.Story = float32(q.story*(float32(genrePart*s.Genre)+float32(yearPart*s.Year)+float32(tagsPart*s.Tags)+float32(originalPart*s.Original))) +
			float32(titlePart/most*s.Title)
		s.Score = (s.Taste + s.Story) * (1 - fameTieBreak + float32(fameTieBreak*e.fame[other]))
		middling, bad := min(middlingStars, e.quality[r])-e.quality[other], min(badStars, e.quality[r])-e.quality[other]
		s.Score *= max(0, 1-(float32(middlingLoss*max(0, middling))+float32(badLoss*max(0, bad))))
		all[i], score[i] = s, s.Score
	}
	score[r] = -1
	var list []Similar
	for _, other := range q.lead(e.best(score, min(k, n-1))) {
		list = append(list, all[other])
	}
	q.mark(list)
	return list
}

// weighed stores in dst, which is [N], what Listed of each item is specified to be.
func (e *Engine) weighed(dst []float32, r catalog.Row) {
	if e.bundle.Profile == nil {
		return
	}
	for other := range dst {
		if _, weights, scale := e.bundle.Profile.Of(catalog.Row(other)); len(weights) > 0 {
			own := e.bundle.Profile.Weight(catalog.Row(other), r) / scale
			dst[other] = float32(math.Round(float64(own))) / float32(slices.Max(weights))
		}
	}
}

// demo returns the demo bundle.
func demo(t testing.TB) *bundle.Bundle {
	t.Helper()
	files, err := filepath.Glob("../../data/demo/*.bundle")
	if err != nil || len(files) != 1 {
		t.Fatalf("%q (%v), want one bundle", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bare returns a bundle most of whose items have nothing but a title, and some not
// even that.
func bare() *bundle.Bundle {
	b := enginetest.Synthetic(1500)
	for r := range b.Catalog.Titles {
		b.Catalog.Genres[r], b.Catalog.Tags[r] = nil, nil
		if r%3 > 0 {
			b.Catalog.Years[r] = 0
		}
		if r%50 == 0 {
			b.Catalog.Titles[r], b.Statistics.Count[r] = "", 0
		}
	}
	return b
}

// TestSimilarIsTheExhaustiveAnswer: that items are compared in blocks changes no list
// and no bit of one.
func TestSimilarIsTheExhaustiveAnswer(t *testing.T) {
	for _, test := range []struct {
		name string
		b    *bundle.Bundle
		step int // every step-th item is asked about
	}{
		{"demo", demo(t), 61}, {"synthetic", enginetest.Synthetic(20_000), 211}, {"planted", enginetest.Parity(60), 1}, {"bare", bare(), 7},
		{"bare with a profile", speaking(bare(), 1), 7}, {"given", given(enginetest.Synthetic(2_000)), 41},
	} {
		e := New(test.b)
		for r := 0; r < test.b.Catalog.Len(); r += test.step {
			for _, k := range []int{1, 20, 75} {
				got, want := e.Similar(catalog.Row(r), k), e.exhaustive(catalog.Row(r), k)
				if !slices.Equal(got, want) {
					t.Fatalf("%s: Similar(%d, %d) is %v, want %v", test.name, r, k, got, want)
				}
			}
		}
	}
}

// serial runs do for 0 to n-1.
func serial(n int, do func(i int)) {
	for i := range n {
		do(i)
	}
}

// TestNeighboursAreTheExhaustiveAnswer: where all vectors are compared, the lists of
// the builder are those that compare everything, to the bit.
func TestNeighboursAreTheExhaustiveAnswer(t *testing.T) {
	for _, test := range []struct {
		name string
		b    *bundle.Bundle
		step int
	}{
		{"demo", demo(t), 13}, {"synthetic", enginetest.Synthetic(10_000), 101}, {"planted", enginetest.Parity(60), 1}, {"bare", bare(), 7},
		{"bare with a profile", speaking(bare(), 1), 7},
	} {
		e := New(test.b)
		s := NewNeighbours(e, serial).Search()
		for r := 0; r < test.b.Catalog.Len(); r += test.step {
			for _, k := range []int{1, 20, 75} {
				got, want := s.Similar(catalog.Row(r), k), e.exhaustive(catalog.Row(r), k)
				if !slices.Equal(got, want) {
					t.Fatalf("%s: Similar(%d, %d) is %v, want %v", test.name, r, k, got, want)
				}
			}
		}
	}
}

// TestNeighboursInCellsMissFew: in a catalog whose vectors are in cells, of the
// exhaustive lists at least .99 is found, and what is found is scored to the bit.
func TestNeighboursInCellsMissFew(t *testing.T) {
	const n, k = 20_000, 20
	e := New(speaking(enginetest.Synthetic(n), 1))
	x := NewNeighbours(e, serial)
	if x.cells.centroids == nil {
		t.Fatal("there are no cells")
	}
	s := x.Search()
	found, all := 0, 0
	for r := catalog.Row(0); r < n; r += 41 {
		want := e.exhaustive(r, k)
		for _, like := range s.Similar(r, k) {
			if slices.Contains(want, like) {
				found++
			}
		}
		all += len(want)
	}
	recall := float64(found) / float64(all)
	t.Logf("recall@%d of the exhaustive lists: %.4f", k, recall)
	if recall < 0.99 {
		t.Errorf("recall %.4f, want 0.99", recall)
	}
}

// TestNeighboursCompareFew holds what the search is for: of a catalog four times as
// large it compares less than twice as many items.
func TestNeighboursCompareFew(t *testing.T) {
	compared := func(n int) float64 {
		s := NewNeighbours(New(enginetest.Synthetic(n)), serial).Search()
		sum := 0
		for r := 0; r < n; r += n / 100 {
			s.Similar(catalog.Row(r), 20)
			for _, seen := range s.seen {
				if seen {
					sum++
				}
			}
		}
		return float64(sum) / 100
	}
	small, large := compared(10_000), compared(40_000)
	t.Logf("of 10,000: %.0f, of 40,000: %.0f", small, large)
	if large > 2*small {
		t.Errorf("of 10,000 items %.0f are compared, of 40,000 %.0f", small, large)
	}
}

func BenchmarkSimilarAt(b *testing.B) {
	for _, n := range []int{10_000, 62_000, 200_000} {
		e := New(enginetest.Synthetic(n))
		for e.Prepare() {
		}
		s := NewNeighbours(e, serial).Search()
		for _, way := range []struct {
			name string
			ask  func(r catalog.Row, k int) []Similar
		}{{"exhaustive", e.exhaustive}, {"blocks", e.Similar}, {"neighbours", s.Similar}} {
			b.Run(fmt.Sprintf("N=%d/%s", n, way.name), func(b *testing.B) {
				r := 0
				for b.Loop() {
					way.ask(catalog.Row(r), 20)
					r = (r + 7919) % n
				}
			})
		}
	}
}
