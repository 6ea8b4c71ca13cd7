//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/edge/overlay"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// TestTheOverlayUnderWasm: one that came before its bundle holds as in a native session, one
// that is broken changes nothing, and what of one does nothing is named.
func TestTheOverlayUnderWasm(t *testing.T) {
	data, err := bundle.Encode(enginetest.Parity(60))
	if err != nil {
		t.Fatal(err)
	}
	const text = `{"version": 1, "items": {"5": {"stock": 0}, "7": {"title": "Seventh", "boost": 1}},
		"new": {"n": {"title": "Even newer", "genres": ["Comedy"], "like": ["1", "3"]}},
		"rules": {"front": {"do": "pin", "items": ["40"], "until": "1970-01-01T00:10:00Z"}, "few": {"do": "exclude", "where": "year<1960"}}}`
	packed, err := overlay.Pack([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	o, _, err := overlay.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	strange, err := overlay.Pack([]byte(`{"version": 1, "items": {"none": {"stock": 0, "stok": 1}}}`))
	if err != nil {
		t.Fatal(err)
	}
	native, err := session.OpenLists(data)
	if err != nil {
		t.Fatal(err)
	}
	native.Overlay(o)
	like := protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: "1", Action: protocol.Like, At: 5}}, Now: 5}
	requests := []protocol.Request{like, {Verb: protocol.Recommend, K: 8, Now: 500}, {Verb: protocol.Recommend, K: 8, Now: 700}, {Verb: protocol.Item, ID: "n", K: 8, Now: 500}}
	steps := []step{{"live", packed}, {"open", data}, {"live", []byte("junk")}}
	for _, q := range requests {
		steps = append(steps, step{"take", q.Append(nil)}, step{"answer", nil})
	}
	r := drive(t, ".", append(steps, step{"live", strange}))
	if r[0].returned != 0 || r[1].returned != 0 || r[2].returned >= 0 || !strings.HasPrefix(string(r[2].out), "live: ") {
		t.Errorf("live(overlay) = %q, open() = %q, live(junk) = %d, %q", r[0].out, r[1].out, r[2].returned, r[2].out)
	}
	for i, q := range requests {
		want := native.Answer(q)
		if diff := cmp.Diff(decoded(t, want.Append(nil)), decoded(t, r[4+2*i].out)); diff != "" {
			t.Errorf("%+v: -native +wasm\n%s", q, diff)
		}
	}
	if got, want := string(r[len(r)-1].out), "items \"none\", stok: no such key is known; it is not used\nitems \"none\": the bundle has no such item\n"; got != want {
		t.Errorf("live(strange) = %q, want %q", got, want)
	}
}
