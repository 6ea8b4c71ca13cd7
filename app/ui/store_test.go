//go:build !js

package ui

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// openAt returns a store that shows address, over a session of n planted items.
func openAt(t *testing.T, f *uitest.FakeSession, address string) *store {
	t.Helper()
	s := newStore(local(f))
	s.open(parseRoute(at(t, address)))
	return s
}

// at returns address parsed.
func at(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestFirstLikeMakesAList(t *testing.T) {
	f := uitest.Planted(20)
	s := openAt(t, f, "/for-you")
	p := s.page.(*forYouPage)
	if len(p.wall.cards) == 0 || len(p.cards) != 0 {
		t.Fatalf("without a history: %d films on the wall, %d in the list; want a wall alone", len(p.wall.cards), len(p.cards))
	}
	s.act(p.wall.cards[1], protocol.Like, 0) // a western
	if len(p.cards) == 0 {
		t.Fatal("after the first like the list is empty")
	}
	for i, c := range p.cards[:5] {
		if c.Genres[0] != "Western" || c.ID == p.wall.cards[1].ID {
			t.Errorf("card %d is %s %q, want another western", i, c.ID, c.Genres)
		}
	}
	if s.toast.text == "" || s.toast.undo == nil {
		t.Error("a like shows no note with undo")
	}
	s.toast.undo()
	if s.history() != 0 || len(p.cards) != 0 || s.card(p.wall.cards[1]).Action != "" {
		t.Errorf("after undo: history %d, %d cards, action %q; want nothing", s.history(), len(p.cards), s.card(p.wall.cards[1]).Action)
	}
}

func TestTheSameAgainTakesItBack(t *testing.T) {
	f := uitest.Planted(4)
	s := openAt(t, f, "/item/1")
	c := f.Cards[0]
	s.act(c, protocol.Rate, 4)
	if got := s.card(c); got.Action != protocol.Rate || got.Stars != 4 {
		t.Fatalf("after rating: %q %v", got.Action, got.Stars)
	}
	s.act(c, protocol.Rate, 4.5)
	if got := s.card(c); got.Stars != 4.5 {
		t.Fatalf("after rating again: %v, want 4.5", got.Stars)
	}
	s.act(c, protocol.Rate, 4.5)
	if got := s.card(c); got.Action != "" || got.Stars != 0 {
		t.Errorf("after the same rating again: %q %v, want nothing", got.Action, got.Stars)
	}
	s.act(c, protocol.Watchlist, 0)
	if !s.card(c).Watch {
		t.Error("the bookmark does not hold")
	}
	if s.act(c, protocol.Watchlist, 0); s.card(c).Watch {
		t.Error("a second press leaves the bookmark")
	}
}

func TestAQueuedLikeShowsAtOnce(t *testing.T) {
	s := newStore(silentClient{})
	s.open(parseRoute(&url.URL{Path: "/"}))
	c := uitest.Planted(1).Cards[0]
	s.act(c, protocol.Like, 0)
	if s.card(c).Action != protocol.Like {
		t.Error("a like before the engine is ready does not show")
	}
}

func TestProgressDoesNotHideAFailure(t *testing.T) {
	s := openAt(t, uitest.Planted(4), "/")
	s.receive(news{kind: "failed", code: "network"})
	s.receive(news{kind: "progress", stage: "model", loaded: 1, total: 2})
	if s.conn.phase != "failed" || s.ready() {
		t.Errorf("phase %q, ready %v; want failed, not ready", s.conn.phase, s.ready())
	}
	s.receive(news{kind: "ready"})
	if !s.ready() {
		t.Error("ready is not heard after a failure")
	}
}

// silentClient is a client whose engine never answers.
type silentClient struct{}

func (silentClient) ask(protocol.Request, func(reply)) {}
func (silentClient) start(func(func()), func(news))    {}
func (silentClient) retry()                            {}
func (silentClient) complete()                         {}

// TestAnItemThatIsGoneSaysSo takes an item that the visitor has seen out of the
// catalog while its page is open, and the Lab with it on the table.
func TestAnItemThatIsGoneSaysSo(t *testing.T) {
	for _, address := range []string{"/item/2", "/lab?item=2"} {
		f := uitest.Planted(8)
		s := openAt(t, f, "/browse")
		s.receive(news{kind: "ready", hash: "last"})
		s.open(parseRoute(at(t, address)))
		says := func() bool { return strings.Contains(app.HTMLString(s.page.view(s)), english.MissingItem) }
		if says() {
			t.Fatalf("%s does not show its item", address)
		}
		f.Cards = slices.DeleteFunc(f.Cards, func(c protocol.Card) bool { return c.ID == "2" })
		s.receive(news{kind: "ready", hash: "next"})
		s.load() // as after the visitor has done something
		if !says() {
			t.Errorf("%s, asked again, shows an item that is gone", address)
		}
		s.open(parseRoute(at(t, address)))
		if !says() {
			t.Errorf("%s, opened again, shows an item that is gone", address)
		}
	}
}
