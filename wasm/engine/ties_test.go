package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// TestAListOfTheProfileIsATie: of two items of the other kind that nothing else tells
// apart, the one in whose list the item asked about stands is the more similar, by its
// weight against the strongest of that list.
func TestAListOfTheProfileIsATie(t *testing.T) {
	const n, r = 60, 20
	b := profiled(n, 1)
	items, weights, _ := b.Profile.Of(10) // 14 and 22 among them
	at := slices.Index(items, 14)
	if at < 0 || slices.Contains(items, r) {
		t.Fatalf("the list of item 10 is %v", items)
	}
	parts := func() (like Similar) {
		for _, s := range New(b).Similar(r, n) {
			if s.Row == 10 {
				like = s
			}
		}
		return like
	}
	before := parts()
	if before.Listed != 0 {
		t.Errorf("Listed is %v of an item whose list does not hold the one asked about", before.Listed)
	}
	for i := range items {
		if items[i] > 14 && items[i] < r {
			t.Fatal("the list would not be ascending")
		}
	}
	items[at] = r
	after := parts()
	if want := float32(weights[at]) / float32(slices.Max(weights)); after.Listed != want {
		t.Errorf("Listed is %v, want %v", after.Listed, want)
	}
	if after.Taste <= before.Taste || after.Score <= before.Score {
		t.Errorf("taste %v and score %v with a list, %v and %v without", after.Taste, after.Score, before.Taste, before.Score)
	}
}

// TestWithoutAProfileNothingIsListed: a bundle that was made before there were
// profiles gives transitions their whole part.
func TestWithoutAProfileNothingIsListed(t *testing.T) {
	e := New(enginetest.Parity(60))
	for _, s := range e.Similar(20, 60) {
		if s.Listed != 0 {
			t.Errorf("item %d is listed %v", s.Row, s.Listed)
		}
	}
	with := New(profiled(60, 1))
	for r := range catalog.Row(60) {
		a, b := e.question(r), with.question(r)
		if b.listed <= 0 || a.listed != 0 {
			t.Fatalf("lists count %v with a profile, %v without", b.listed, a.listed)
		}
		if sum := b.followed + b.listed; sum < a.followed-1e-6 || sum > a.followed+1e-6 {
			t.Errorf("transitions and lists count %v, transitions alone %v", sum, a.followed)
		}
	}
}
