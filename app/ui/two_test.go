//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// TestALinkForTwoIsShownBefore: what the visitor likes, the latest first, and nothing that they do not.
func TestALinkForTwoIsShownBefore(t *testing.T) {
	f := uitest.Planted(60)
	s, _ := sharingAt(t, f, "/for-two", sharing{})
	contains(t, app.HTMLString(s.page.view(s)), english.TwoNoLikes, english.TwoAlone)
	for i := range 45 {
		s.act(f.Cards[i], protocol.Like, 0)
	}
	s.act(f.Cards[50], protocol.Dislike, 0)
	s.act(f.Cards[51], protocol.Watchlist, 0)
	p := s.page.(*twoPage)
	if len(p.likes) != mostLikes || p.likes[0].ID != "45" || p.likes[39].ID != "6" {
		t.Fatalf("%d likes, from %v", len(p.likes), p.likes[0].ID)
	}
	p.sending.open = true
	html := app.HTMLString(p.view(s))
	contains(t, html, "holds 40 items that you like", "In it: Film", "/for-two#i=45&#38;i=44&#38;", english.TwoCode)
	if strings.Contains(html, "i=51") || strings.Contains(html, "i=52") {
		t.Error("the link holds what is not liked")
	}
}

// TestAListWithSomebody opens a link: each card says how it suits either, and nothing of them is kept when the page is left.
func TestAListWithSomebody(t *testing.T) {
	limited(t)
	var asked []protocol.Request
	f := uitest.Planted(20)
	s, _ := sharingAt(t, asking{f, &asked}, "/for-two#i=3&i=5&i=none&n=Ann", sharing{})
	html := app.HTMLString(s.page.view(s))
	contains(t, html, "For you and Ann.", "For you: just right", "For Ann: less so", english.TwoStranger, "of what the other one likes: 1")
	for _, q := range asked {
		if q.Verb == protocol.Two && (len(q.Entries) != 3 || q.Entries[0].Action != protocol.Like || q.K != twoCards) {
			t.Errorf("asked for %+v", q)
		}
		if q.Verb == protocol.Act || q.Verb == protocol.Import {
			t.Errorf("%s of what somebody else likes", q.Verb)
		}
	}
	p := s.page.(*twoPage)
	p.forget("")
	contains(t, app.HTMLString(p.view(s)), english.TwoText)
	if p.some() || len(p.ids)+len(p.cards) > 0 {
		t.Errorf("after they were left: %+v", p)
	}
	asked = nil
	s.people.add(person{Name: "Mia", Child: true, Limits: []string{"children"}})
	p.withPerson(s, s.people.All[1])
	for _, q := range asked {
		if q.Verb == protocol.Two && (string(q.Other) != "kept" || q.Filter != "(genre=Children)") {
			t.Errorf("with a child the list is asked for with %q and the filter %q", q.Other, q.Filter)
		}
	}
	contains(t, app.HTMLString(p.view(s)), "For you and Mia.")
}

// TestWhatOneOfTwoNeverWantsIsLeftOut: what the visitor blocks, and genres that they never want, are in no list that is made
// for them, that for two and the guesses of their taste among them.
func TestWhatOneOfTwoNeverWantsIsLeftOut(t *testing.T) {
	var asked []protocol.Request
	f := uitest.Planted(20)
	s, _ := sharingAt(t, asking{f, &asked}, "/", sharing{})
	s.act(f.Cards[0], protocol.Like, 0)
	s.settings = settings{never: []string{"War"}, blocks: []block{{"authors", "Ann", "Ann"}}}
	for _, of := range []struct {
		page page
		verb protocol.Verb
	}{{newTwoPage(route{sent: "i=3"}), protocol.Two}, {new(tastePage), protocol.Recommend}} {
		asked = nil
		of.page.load(s)
		n := 0
		for _, q := range asked {
			if q.Verb == of.verb {
				n++
				if q.Filter != `not genre in ("War")` || len(q.Blocked) != 1 || q.Blocked[0] != "authors=Ann" {
					t.Errorf("%s with the filter %q, without %q", q.Verb, q.Filter, q.Blocked)
				}
			}
		}
		if n != 1 {
			t.Errorf("asked %d times for %s", n, of.verb)
		}
	}
}

// TestANameIsNoHole: what stands in a sender's name is shown as it is.
func TestANameIsNoHole(t *testing.T) {
	s, _ := sharingAt(t, uitest.Planted(20), "/for-two#i=3&n=%7Bhow%7D", sharing{})
	contains(t, app.HTMLString(s.page.view(s)), "For {how}: less so")
}

// TestNobodyIsMadeOfWhatIsUnknown: of a link from another catalog nothing is known here, and a list of one is none for two.
func TestNobodyIsMadeOfWhatIsUnknown(t *testing.T) {
	s, _ := sharingAt(t, uitest.Planted(20), "/for-two#i=none&i=gone&n=Ann", sharing{})
	html := app.HTMLString(s.page.view(s))
	contains(t, html, "of what the other one likes: 2", english.TwoText)
	if strings.Contains(html, "Ann") {
		t.Error("a list for Ann, of whom nothing is known")
	}
	s, _ = sharingAt(t, uitest.Planted(20), "/shared-list#i=none&i=gone", sharing{})
	html = app.HTMLString(s.page.view(s))
	contains(t, html, "Not in this catalogue, of its items: 2", english.GoHome)
	if strings.Contains(html, english.SharedNone) {
		t.Error("a link of two items holds no list")
	}
}
