package engine

import (
	"fmt"
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
	e.prepareTerms()
	genre, tags, title := column(e.genres.cosines), column(e.terms.tags.cosines), column(e.terms.titles.cosines)
	followed, possible := column(e.followed), e.storyParts(r)
	mix := tasteMost * e.trust(r, possible)
	if possible < titlePart+tagsPart {
		mix *= titleTasteMost / tasteMost
	}
	yearNearness := func(a, b catalog.Row) float32 {
		x, y := e.catalog.Years[a], e.catalog.Years[b]
		if x == 0 || y == 0 {
			return 0
		}
		return e.decay[min(int(max(x-y, y-x)), len(e.decay)-1)]
	}
	all, score := make([]Similar, n), make([]float32, n)
	for i := range all {
		other := catalog.Row(i)
		s := Similar{
			Row: other, Mix: mix,
			Vector: max(0, e.cosine(r, other)), Followed: followed[other],
			Genre: genre[other], Year: yearNearness(r, other), Tags: tags[other],
			Title: max(0, title[other]-titleNoise) / (1 - titleNoise),
		}
		s.Taste = e.trust(other, possible) * (float32(vectorPart*s.Vector) + float32(followedPart*s.Followed))
		s.Story = (float32(genrePart*s.Genre) + float32(yearPart*s.Year) + float32(tagsPart*s.Tags) + float32(titlePart*s.Title)) / possible
		s.Score = (float32(s.Mix*s.Taste) + float32((1-s.Mix)*s.Story)) * (1 - fameTieBreak + float32(fameTieBreak*e.fame[other]))
		all[i], score[i] = s, s.Score
	}
	score[r] = -1
	var list []Similar
	for _, other := range e.best(e.sorted(ByPopularity), score, min(k, n-1)) {
		list = append(list, all[other])
	}
	return list
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

func BenchmarkSimilarAt(b *testing.B) {
	for _, n := range []int{10_000, 62_000, 200_000} {
		e := New(enginetest.Synthetic(n))
		e.prepareTerms()
		for _, way := range []struct {
			name string
			ask  func(r catalog.Row, k int) []Similar
		}{{"exhaustive", e.exhaustive}, {"blocks", e.Similar}} {
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
