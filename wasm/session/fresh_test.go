package session

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestFreshItems: a catalog of 70 items comes after one of 60 with the same ids; the first of the
// ten new ones is the best known.
func TestFreshItems(t *testing.T) {
	old, now := New(engine.New(enginetest.Parity(60))), New(engine.New(enginetest.Parity(70)))
	mark := string(ask(t, old, protocol.Request{Verb: protocol.Fresh}).Bytes)
	if len(mark) != 4*60 {
		t.Fatalf("the mark of 60 items has %d letters", len(mark))
	}
	a := ask(t, now, protocol.Request{Verb: protocol.Fresh, Query: mark, K: 3})
	if diff := cmp.Diff([]catalog.ID{"61", "62", "63"}, ids(a.Cards)); diff != "" || a.Total != 10 || len(a.Bytes) != 4*70 {
		t.Errorf("%d are new: -want +got\n%s", a.Total, diff)
	}
	again := ask(t, now, protocol.Request{Verb: protocol.Fresh, ID: "61,62,gone,63"})
	if diff := cmp.Diff(a.Cards, again.Cards); diff != "" {
		t.Errorf("the same by their ids: -want +got\n%s", diff)
	}
	own := protocol.Request{Verb: protocol.Fresh, ID: "61,62,63", Filter: "not genre in (" + `"` + a.Cards[0].Genres[0] + `"` + ")"}
	for _, c := range ask(t, now, own).Cards {
		if slices.Contains(c.Genres, a.Cards[0].Genres[0]) {
			t.Errorf("item %s is of %s, which no list may show", c.ID, c.Genres)
		}
	}
	if own.Filter = "genre <"; now.Answer(own).Error == nil {
		t.Error("a filter that cannot be read is no error")
	}
	for name, known := range map[string]string{
		"the same catalog": string(a.Bytes), "no mark": "", "fewer than half": mark[:4*20], "no mark of ours": "?\x00é, a text that is none",
	} {
		if got := ask(t, now, protocol.Request{Verb: protocol.Fresh, Query: known}); len(got.Cards) > 0 || string(got.Bytes) != string(a.Bytes) {
			t.Errorf("%s: %d items are new", name, len(got.Cards))
		}
	}
}
