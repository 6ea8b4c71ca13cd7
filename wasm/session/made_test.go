package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// reasonless are requests for lists that can have their reasons later.
var reasonless = []protocol.Request{
	{Verb: protocol.Recommend, K: 10, Variety: -1, Now: 150}, {Verb: protocol.Recommend, K: 6, Variety: 0.4, Genre: "Western", Now: 150},
	{Verb: protocol.Home, K: 6, Variety: -1, Now: 150},
}

// recommendedCards returns the cards of a that are recommended to the visitor.
func recommendedCards(a *protocol.Answer) []protocol.Card {
	for i := range a.Shelves {
		if a.Shelves[i].Kind == "for-you" {
			return a.Shelves[i].Cards
		}
	}
	return a.Cards
}

// TestReasonsThatComeLaterAreThoseOfTheWholeAnswer asks for lists at once and in two
// messages, also of two arms that share a list, and puts the messages together.
func TestReasonsThatComeLaterAreThoseOfTheWholeAnswer(t *testing.T) {
	l := layer("shared", experiment.Arm{Name: "plain"}, experiment.Arm{Name: "other", Variety: ptr(float32(0.9))},
		experiment.Arm{Name: "both", Interleave: []string{"plain", "other"}})
	for name, s := range map[string]*Session{"nobody's arm": liker(t), "a shared list": enrolled(t, l, "both")} {
		for _, q := range reasonless {
			want := ask(t, s, q)
			q.Reasons = protocol.Later
			got := ask(t, s, q)
			for _, c := range recommendedCards(&got) {
				if c.Why != nil {
					t.Errorf("%s, %v: card %v has its reasons already: %+v", name, q.Verb, c.ID, c.Why)
				}
			}
			for _, order := range []string{"after the list", "again, from the beginning"} {
				q.Reasons = protocol.Alone
				reasons := ask(t, s, q)
				cards, why := recommendedCards(&got), recommendedCards(&reasons)
				if len(cards) == 0 || len(why) != len(cards) || q.Verb == protocol.Home && len(reasons.Shelves) != 1 {
					t.Fatalf("%s, %v, %s: reasons of %d cards, the list has %d", name, q.Verb, order, len(why), len(cards))
				}
				named := 0
				for i := range cards {
					if diff := cmp.Diff(protocol.Card{ID: cards[i].ID, Why: why[i].Why}, why[i]); diff != "" {
						t.Errorf("%s, %v, %s: more than a reason, or of another item:\n%s", name, q.Verb, order, diff)
					}
					cards[i].Why = why[i].Why
					named += len(why[i].Why)
				}
				if named == 0 {
					t.Errorf("%s, %v, %s: no card has a reason", name, q.Verb, order)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, %v, %s (-at once +in two messages):\n%s", name, q.Verb, order, diff)
				}
			}
		}
	}
}

// TestReasonsAreOfTheVisitorWhoAsks has the visitor speak between a list and its
// reasons: the reasons are of the list that they would get now.
func TestReasonsAreOfTheVisitorWhoAsks(t *testing.T) {
	for _, change := range []func(s *Session){
		func(s *Session) { do(t, s, "2", protocol.Like, 0, 99) },
		func(s *Session) { s.Answer(protocol.Request{Verb: protocol.Undo}) },
		func(s *Session) { s.Answer(protocol.Request{Verb: protocol.Erase}) },
		func(s *Session) { s.Load(nil) },
	} {
		for _, q := range reasonless {
			s := liker(t)
			q.Reasons = protocol.Later
			ask(t, s, q)
			change(s)
			q.Reasons = protocol.Alone
			reasons := ask(t, s, q)
			q.Reasons = protocol.Together
			fresh := ask(t, s, q)
			var want, got []catalog.ID
			if len(s.profile.history) > 0 {
				want, got = ids(recommendedCards(&fresh)), ids(recommendedCards(&reasons))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%v: reasons of another list than the visitor's (-list +reasons):\n%s", q.Verb, diff)
			}
		}
	}
}

// TestReasonsOfAnotherRequestAreMadeAgain asks for the reasons of a list that was not
// the last one.
func TestReasonsOfAnotherRequestAreMadeAgain(t *testing.T) {
	s := liker(t)
	for _, last := range reasonless {
		for _, q := range reasonless {
			last.Reasons, q.Reasons = protocol.Later, protocol.Together
			want := ask(t, s, q)
			ask(t, s, last)
			q.Reasons = protocol.Alone
			got := ask(t, s, q)
			for i, c := range recommendedCards(&got) {
				w := recommendedCards(&want)[i]
				if diff := cmp.Diff(protocol.Card{ID: w.ID, Why: w.Why}, c); diff != "" {
					t.Errorf("%v after %v:\n%s", q, last, diff)
				}
			}
		}
	}
}
