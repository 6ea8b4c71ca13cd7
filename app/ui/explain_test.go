//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// heldClient answers at once, but for reasons that are asked for alone: these it holds,
// as they are at that moment, until it is told to deliver them.
type heldClient struct {
	session Session
	held    []func()
	tries   int // at what the model lacks
}

func (c *heldClient) ask(q protocol.Request, then func(reply)) {
	r := reply{Answer: c.session.Answer(q)}
	if q.Reasons == protocol.Alone {
		c.held = append(c.held, func() { then(r) })
		return
	}
	then(r)
}
func (c *heldClient) start(func(func()), func(news)) {}
func (c *heldClient) retry()                         {}
func (c *heldClient) complete()                      { c.tries++ }

// heldAt returns a store that shows address to someone who likes the first two of 20
// items, and its client.
func heldAt(t *testing.T, address string) (*store, *heldClient) {
	t.Helper()
	f := uitest.Planted(20)
	like(f, "1")
	like(f, "2")
	c := &heldClient{session: f}
	s := newStore(c)
	s.open(parseRoute(at(t, address)))
	return s, c
}

func like(f *uitest.FakeSession, id catalog.ID) {
	f.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: id, Action: protocol.Like}}})
}

const because = "Because you liked Film"

func reasonsIn(s *store) int { return strings.Count(drawnOf(s), because) }

// drawnOf returns the page as it is drawn, cards included.
func drawnOf(s *store) string { return app.HTMLString(s.page.view(s)) }

// TestAListIsShownBeforeItsReasons draws both pages of recommendations before and after
// the second message: the cards and their places for a reason are there from the beginning.
func TestAListIsShownBeforeItsReasons(t *testing.T) {
	for _, address := range []string{"/for-you", "/"} {
		s, c := heldAt(t, address)
		html := drawnOf(s)
		if n := reasonsIn(s); n > 0 || len(c.held) != 1 {
			t.Fatalf("%s: %d reasons are there before they came, %d are asked for", address, n, len(c.held))
		}
		kept := strings.Count(html, "card-why")
		if kept < 5 || address == "/" && !strings.Contains(html, "hero-why") {
			t.Fatalf("%s: room for %d reasons is kept:\n%s", address, kept, html)
		}
		c.held[0]()
		want := kept
		if address == "/" {
			want++ // the pick's
		}
		if n := reasonsIn(s); n != want || strings.Count(drawnOf(s), "card-why") != kept {
			t.Errorf("%s: %d reasons came to %d places", address, n, want)
		}
	}
}

// TestReasonsOfAnOldListAreDropped lets reasons come late: when a newer list is there, of
// the same items or of others, when the answer is of other items, and when the page is
// another one.
func TestReasonsOfAnOldListAreDropped(t *testing.T) {
	for _, address := range []string{"/for-you", "/"} {
		for name, late := range map[string]func(s *store, c *heldClient){
			"the list was asked for again": func(s *store, c *heldClient) { s.load() },
			"the list is another":          func(s *store, c *heldClient) { s.act(s.cards["4"], protocol.Like, 0) },
			"the visitor left and came back": func(s *store, c *heldClient) {
				s.open(parseRoute(at(t, "/kept")))
				s.open(parseRoute(at(t, address)))
			},
		} {
			s, c := heldAt(t, address)
			late(s, c)
			if len(c.held) < 2 {
				t.Fatalf("%s, %s: the reasons of the new list are not asked for", address, name)
			}
			c.held[0]()
			if n := reasonsIn(s); n > 0 {
				t.Errorf("%s, %s: %d reasons of the old list landed on the new one", address, name, n)
			}
			c.held[len(c.held)-1]()
			if reasonsIn(s) < 5 {
				t.Errorf("%s, %s: the reasons of the new list are missing", address, name)
			}
		}
	}
}

// TestReasonsOfOtherItemsAreDropped has the profile change in another tab between a list
// and its reasons, which are then of the list that the visitor would get now.
func TestReasonsOfOtherItemsAreDropped(t *testing.T) {
	f := uitest.Planted(90) // more than a list holds, also without two
	like(f, "1")
	c := &slowClient{session: f}
	s := newStore(c)
	s.open(parseRoute(at(t, "/for-you")))
	for len(s.page.(*forYouPage).cards) == 0 {
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		next()
	}
	like(f, "6")
	c.answer()
	if n := reasonsIn(s); n > 0 {
		t.Errorf("%d reasons of another list landed on the one that is shown", n)
	}
}
