package session

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// fan is a session of the demo whose visitor likes six films.
func fan(t *testing.T) *Session {
	s := demo(t)
	for i, id := range []catalog.ID{"1", "32", "50", "110", "260", "296"} {
		ask(t, s, protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: id, Action: protocol.Like, At: int64(1e9 + i)}}})
	}
	return s
}

func idsOf(cards []protocol.Card) (ids []catalog.ID) {
	for i := range cards {
		ids = append(ids, cards[i].ID)
	}
	return ids
}

// TestAListLeansAsAsked: the wishes of a request reach its list and, asked for later, the
// reasons of this list; a genre that no item has is no mistake, a number out of range is one.
func TestAListLeansAsAsked(t *testing.T) {
	s := fan(t)
	list := func(l protocol.Leaning) []protocol.Card {
		q := protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1, Leaning: l, Reasons: protocol.Later}
		cards := ask(t, s, q).Cards
		q.Reasons = protocol.Alone
		if diff := cmp.Diff(idsOf(cards), idsOf(ask(t, s, q).Cards)); diff != "" {
			t.Errorf("the reasons of %+v are of another list:\n%s", l, diff)
		}
		return cards
	}
	years := func(cards []protocol.Card) (sum int) {
		for i := range cards {
			sum += cards[i].Year
		}
		return sum
	}
	plain, old, recent := list(protocol.Leaning{}), list(protocol.Leaning{Recency: -1}), list(protocol.Leaning{Recency: 1})
	if !(years(old) < years(plain) && years(plain) < years(recent)) {
		t.Errorf("years of an old list sum up to %d, without a wish to %d, of a new one to %d", years(old), years(plain), years(recent))
	}
	western := func(cards []protocol.Card) (n int) {
		for i := range cards {
			if slices.Contains(cards[i].Genres, "Western") {
				n++
			}
		}
		return n
	}
	if few, more := western(plain), western(list(protocol.Leaning{Genres: []string{"Western", "No such genre"}})); more < few+3 {
		t.Errorf("%d Westerns, and %d where there are to be more", few, more)
	}
	for _, v := range []float32{1.5, -2, float32(math.Inf(1))} {
		a := s.Answer(protocol.Request{Verb: protocol.Recommend, Leaning: protocol.Leaning{Popularity: v}})
		if a.Error == nil || a.Error.Code != "bad-request" {
			t.Errorf("a leaning of %v is answered with %+v", v, a.Error)
		}
	}
}

// TestADrawnListSaysHowLikelyItWas: the same draw is the same list, another one is not, and
// each card says with what probability it was drawn.
func TestADrawnListSaysHowLikelyItWas(t *testing.T) {
	s := fan(t)
	draw := func(n int) []protocol.Card {
		return ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1, Draw: n}).Cards
	}
	best, one, again, two := draw(0), draw(1), draw(1), draw(2)
	if diff := cmp.Diff(one, again); diff != "" {
		t.Errorf("the same draw twice:\n%s", diff)
	}
	if slices.Equal(idsOf(one), idsOf(two)) || slices.Equal(idsOf(one), idsOf(best)) {
		t.Error("two draws, or one and the best list, are the same")
	}
	for i := range one {
		if p := one[i].Origin.Propensity; !(p > 0 && p <= 1) {
			t.Errorf("card %d was drawn with a probability of %v", i, p)
		}
		if p := best[i].Origin; p != nil && p.Propensity != 0 {
			t.Errorf("card %d of the best list has a probability, %v", i, p.Propensity)
		}
	}
}
