package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestNamedItems asks for items by their ids: in the order asked for, each once, those that
// the catalog lacks by name, and nothing of it becomes part of the profile.
func TestNamedItems(t *testing.T) {
	s, _ := parity()
	before := s.Profile()
	a := s.Answer(protocol.Request{Verb: protocol.Named, Entries: []protocol.Entry{{ID: "7"}, {ID: "none"}, {ID: "2"}, {ID: "7"}, {ID: ""}}})
	if diff := cmp.Diff([]catalog.ID{"7", "2"}, ids(a.Cards)); diff != "" {
		t.Errorf("cards: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.ID{"none", ""}, a.Unknown); diff != "" {
		t.Errorf("unknown: -want +got\n%s", diff)
	}
	if diff := cmp.Diff(before, s.Profile()); diff != "" {
		t.Errorf("the profile changed:\n%s", diff)
	}
}
