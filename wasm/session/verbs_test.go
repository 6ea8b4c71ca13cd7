//go:build !js

package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestEveryVerbIsAnswered holds that each verb of the protocol stands in one of the
// two lists of verbs.
func TestEveryVerbIsAnswered(t *testing.T) {
	known := slices.Clone(lists)
	for _, m := range more {
		known = append(known, m.name)
	}
	slices.Sort(known)
	if diff := cmp.Diff(slices.Sorted(slices.Values(protocol.Verbs)), known); diff != "" {
		t.Errorf("-protocol +session\n%s", diff)
	}
}

// TestListsAnswerAsAll holds that a session with the verbs of lists alone answers
// those as one with every verb does, and the others as verbs that it does not know,
// without a trace in the profile.
func TestListsAnswerAsAll(t *testing.T) {
	data, err := bundle.Encode(enginetest.Parity(60))
	if err != nil {
		t.Fatal(err)
	}
	part, err := OpenLists(data)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	act := protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: "1", Action: protocol.Like, At: 100}}}
	amend := act
	amend.Verb = protocol.Amend
	for _, q := range []protocol.Request{
		{Verb: protocol.Recommend, K: 10}, act, amend, {Verb: protocol.Recommend, K: 10, Variety: -1},
		{Verb: protocol.Item, ID: "5", K: 10}, {Verb: protocol.Basket, ID: "5,8", K: 10}, {Verb: protocol.Browse, K: 10}, {Verb: protocol.Open},
		{Verb: protocol.Next, ID: "5", K: 10}, {Verb: protocol.Recent, K: 10}, {Verb: protocol.Trending, K: 10}, {Verb: protocol.Newest, K: 10, Pin: []catalog.ID{"30"}},
	} {
		if diff := cmp.Diff(all.Answer(q), part.Answer(q)); diff != "" {
			t.Errorf("%s: -all +lists\n%s", q.Verb, diff)
		}
	}
	before := part.Profile()
	for _, m := range more {
		a := part.Answer(protocol.Request{Verb: m.name, ID: "5", Query: "even"})
		if a.Error == nil || a.Error.Code != "bad-request" {
			t.Errorf("%s: %+v, want bad-request", m.name, a)
		} else if text := a.Error.Text; !strings.HasSuffix(text, "known: open, browse, movie, together, next, recent, trending, new, recommend, act, amend.") {
			t.Errorf("%s: %q", m.name, text)
		}
	}
	if diff := cmp.Diff(before, part.Profile()); diff != "" {
		t.Errorf("profile: -before +after\n%s", diff)
	}
}
