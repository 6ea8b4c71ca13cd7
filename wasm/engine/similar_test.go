package engine_test

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

func TestEveryItemHasSimilarOnes(t *testing.T) {
	_, b := parity()
	b.Catalog.Genres[7], b.Catalog.Tags[7], b.Catalog.Years[7] = nil, nil, 0
	b.Statistics.Count[7] = 0
	e := engine.New(b)
	for r := range catalog.Row(n) {
		list := e.Similar(r, 10)
		if len(list) != 10 {
			t.Fatalf("movie %d has %d similar ones, want 10", r, len(list))
		}
		for i, s := range list {
			if s.Row == r {
				t.Errorf("movie %d is similar to itself", r)
			}
			if i > 0 && s.Score > list[i-1].Score {
				t.Errorf("movie %d: score %v at %d after %v", r, s.Score, i, list[i-1].Score)
			}
			for _, part := range []float32{s.Score, s.Taste, s.Vector, s.Followed, s.Story, s.Genre, s.Year, s.Tags, s.Title, s.Original} {
				if !(part >= 0 && part <= 1.00001) {
					t.Errorf("movie %d and %d: a part of %+v is not 0 to 1", r, s.Row, s)
				}
			}
		}
		if best := list[0].Row; r != 7 && best%2 != r%2 {
			t.Errorf("movie %d: %d of the other kind is most similar", r, best)
		}
	}
}
