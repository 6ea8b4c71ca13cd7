//go:build !js

package session

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/retrieval"
)

// shop returns a session of a shop in which item "1" is bought together with "4", "6" and "8".
func shop() *Session {
	b := enginetest.Parity(40)
	l := &retrieval.Lists{Start: make([]uint32, 41), Scale: make([]float32, 40), Items: []catalog.Row{3, 5, 7}, Weights: []uint8{240, 160, 80}}
	for r := range 40 {
		l.Start[r+1] = 3
	}
	l.Scale[0] = 1. / 64
	b.Together = l
	return New(engine.New(b))
}

// TestBasket: cards of what is bought together have no reason, those that fill the list say
// what they have in common with an item of the basket, and what is not in the catalog is named.
func TestBasket(t *testing.T) {
	for _, c := range []struct {
		id      string
		filter  string
		first   string // of the cards, with spaces between
		total   int
		unknown []catalog.ID
	}{
		{"1", "", "4 6 8", 3, nil},
		{"1,1", "", "4 6 8", 3, nil},
		{"nothing,1,", "", "4 6 8", 3, []catalog.ID{"nothing", ""}},
		{"1,4", "", "6 8", 2, nil},
		{"1", "genre=Western", "8", 1, nil},
		{"2", "", "", 0, nil},
	} {
		a := shop().Answer(protocol.Request{Verb: protocol.Basket, ID: catalog.ID(c.id), Filter: c.filter, K: 6})
		if a.Error != nil || len(a.Cards) != 6 || a.Total != c.total {
			t.Fatalf("%s: %d cards, %d bought together, error %+v; want 6 and %d", c.id, len(a.Cards), a.Total, a.Error, c.total)
		}
		var ids []string
		for i, card := range a.Cards {
			if i < a.Total {
				ids = append(ids, string(card.ID))
			}
			if (len(card.Why) > 0) != (i >= a.Total) || card.Score <= 0 || c.filter != "" && !strings.Contains(strings.Join(card.Genres, " "), "Western") {
				t.Errorf("%s %s: card %d is %+v", c.id, c.filter, i, card)
			}
		}
		if got := strings.Join(ids, " "); got != c.first {
			t.Errorf("%s: bought together %q, want %q", c.id, got, c.first)
		}
		if diff := cmp.Diff(c.unknown, a.Unknown); diff != "" {
			t.Errorf("%s: unknown (-want +got):\n%s", c.id, diff)
		}
	}
}

// TestBasketOfNothing has an error and nothing else.
func TestBasketOfNothing(t *testing.T) {
	for id, filter := range map[string]string{"": "", "x,y": "", "x,1": "price<"} {
		a := shop().Answer(protocol.Request{Verb: protocol.Basket, ID: catalog.ID(id), Filter: filter})
		if a.Error == nil {
			t.Fatalf("%q %q: no error", id, filter)
		}
		text := a.Error.Text
		a.Error = nil
		if diff := cmp.Diff(protocol.Answer{}, a); diff != "" {
			t.Errorf("%q, beside %q: %s", id, text, diff)
		}
	}
}

// TestAnIDWithACommaIsOneItem where the catalog has it.
func TestAnIDWithACommaIsOneItem(t *testing.T) {
	b := enginetest.Parity(40)
	b.Catalog.IDs[2] = "1,4"
	b.Catalog.Index()
	a := New(engine.New(b)).Answer(protocol.Request{Verb: protocol.Basket, ID: "1,4", K: 39})
	for _, card := range a.Cards {
		if card.ID == "1,4" {
			t.Error("the item is in its own list")
		}
	}
	if a.Error != nil || len(a.Unknown) > 0 {
		t.Errorf("%+v", a)
	}
}
