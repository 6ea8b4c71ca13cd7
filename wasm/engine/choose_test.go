package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
)

// TestTargetsAreOfTheItemsAfterDislikesMovedThem makes a list as choose says that it is made,
// with the targets of the candidates in the order that they have once what resembles a
// disliked item sank.
func TestTargetsAreOfTheItemsAfterDislikesMovedThem(t *testing.T) {
	e := New(enginetest.Parity(80))
	likes := []catalog.Row{2, 4, 8, 11, 13}
	q := &Query{Disliked: []catalog.Row{0}, Variety: 0.6, K: 20}
	candidates := func() (all []feature.Candidate) {
		for r := range catalog.Row(60) {
			all = append(all, feature.Candidate{Row: 14 + r, Score: 1 - 0.01*float32(r)})
		}
		return all
	}
	moved := candidates()
	vectors := e.Describe(rowsOf(moved))
	rerank.PushDown(moved, vectors, e.Describe(q.Disliked), dislikeStrength)
	if moved[0].Row == 14 {
		t.Fatal("the dislike moved nothing")
	}
	targets := e.balance(likes, moved, q)
	if of := e.interests(likes, vectors, q.Variety); of != nil {
		targets = append(targets, *of)
	}
	want := rowsOf(rerank.Diversify(moved, vectors, q.Variety, q.K, targets...))
	if diff := cmp.Diff(want, rowsOf(e.choose(q, likes, candidates(), q.K))); diff != "" {
		t.Errorf("the list (-want +got):\n%s", diff)
	}
}
