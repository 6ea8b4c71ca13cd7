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

// TestWhatIsBlockedIsNamedAndLifted blocks a series and an author on an item's page: the page's buttons and the
// panel beside the list say so, another item of the series knows it, and each can be lifted by itself.
func TestWhatIsBlockedIsNamedAndLifted(t *testing.T) {
	f := uitest.Planted(9)
	s, _ := sharingAt(t, f, "/item/6", sharing{})
	page := func() string { return app.HTMLString(s.page.view(s)) }
	p := s.page.(*itemPage)
	s.conn.phase, s.status = "ready", new(protocol.Status)
	if strings.Contains(page(), english.Block) {
		t.Error("a newcomer, who has no lists, can block something")
	}
	s.act(f.Cards[0], protocol.Like, 0)
	s.status.History = 1
	answered := func() { // what the session here has nothing of
		p.series = &protocol.Shelf{Kind: "series", Title: "Rocky", Cards: []protocol.Card{{ID: "2", Title: "Rocky II"}, {ID: "3", Title: "Rocky III"}, {ID: "4", Title: "Rocky IV"}, {ID: "5", Title: "Rocky V"}}}
		p.values = []protocol.Value{{Column: "authors", Text: "Ada", Listed: true}, {Column: "pages", Text: "300"}}
	}
	answered()
	contains(t, page(), english.Block, "The series Rocky", "with Rocky II, Rocky III, Rocky IV and 1 more", "uthors: Ada")
	if n := strings.Count(page(), `class="block"`); n != 2 {
		t.Errorf("%d things can be blocked, want the series and the author", n)
	}

	s.toggleBlock(block{"", "6", "Rocky"})
	s.toggleBlock(block{"authors", "Ada", "Ada"})
	answered()
	if n := strings.Count(page(), "chip-never"); n != 2 || len(s.settings.blocks) != 2 {
		t.Errorf("%d buttons are pressed, %+v is blocked", n, s.settings.blocks)
	}
	p.id, p.series.Cards[0].ID = "2", catalog.ID("6") // the page of the next part
	if n := strings.Count(page(), "chip-never"); n != 2 {
		t.Errorf("at another item of the series %d buttons are pressed", n)
	}

	s.open(parseRoute(at(t, "/for-you")))
	contains(t, page(), "nothing of Rocky, nothing of Ada", english.Blocks, `aria-label="Show Ada again"`, `aria-label="Show Rocky again"`)
	s.toggleBlock(s.settings.blocks[0])
	if html := page(); strings.Contains(html, "Rocky again") || !strings.Contains(html, "Ada again") {
		t.Error("lifting one lifts another, or none")
	}
	s.toast.undo()
	if len(s.settings.blocks) != 2 {
		t.Errorf("undo leaves %+v blocked", s.settings.blocks)
	}
}

// ofSeries is a session whose items are all of one series and of who wrote it.
type ofSeries struct{ *uitest.FakeSession }

func (f ofSeries) Answer(q protocol.Request) protocol.Answer {
	switch q.Verb {
	case protocol.Series:
		return protocol.Answer{Shelves: []protocol.Shelf{{Kind: "series", Title: "Rocky", Cards: f.Cards[:2]}}}
	case protocol.Values:
		return protocol.Answer{Values: []protocol.Value{{Column: "authors", Text: "<Ada>", Listed: true}, {Column: "pages", Text: "300"}}}
	}
	return f.FakeSession.Answer(q)
}

// TestACardReachesItsSeries: who says on a card that an item is not for them is offered to block its series and who
// made it, in words, without opening it; a press does it, and undo lifts it. Where the word was taken back, or nothing
// can be blocked, nothing is offered.
func TestACardReachesItsSeries(t *testing.T) {
	f := ofSeries{uitest.Planted(9)}
	s, _ := sharingAt(t, f, "/", sharing{})
	says := func() string { return app.HTMLString(s.toast.view(s)) }
	c := f.Cards[5]
	s.act(c, protocol.NotInterested, 0)
	s.offerBlocks(c)
	contains(t, says(), "won’t come up again", english.Block, "The series Rocky", "uthors: &lt;Ada&gt;", english.Undo)
	if n := strings.Count(says(), "toast-block\""); n != 2 {
		t.Errorf("%d things are offered, want the series and the author", n)
	}
	s.toggleBlock(s.toast.blocks[0])
	contains(t, says(), "Nothing of Rocky will be on your lists.", english.Undo)
	if got := s.settings.blocked(); len(got) != 1 || got[0] != "=6" || strings.Contains(says(), "toast-block") {
		t.Errorf("%q is blocked, and %s is said", got, says())
	}
	s.toast.undo()
	if len(s.settings.blocks) != 0 {
		t.Errorf("undo leaves %+v blocked", s.settings.blocks)
	}
	s.act(c, protocol.NotInterested, 0) // takes it back
	s.offerBlocks(c)
	if strings.Contains(says(), "toast-block") {
		t.Error("something is offered for what was taken back")
	}
	plain, _ := sharingAt(t, uitest.Planted(9), "/", sharing{})
	plain.act(c, protocol.NotInterested, 0)
	plain.offerBlocks(c)
	if len(plain.toast.blocks) > 0 || plain.toast.text == "" {
		t.Errorf("of an item of no series is offered %+v", plain.toast.blocks)
	}
}

func TestNoMoreIsBlockedThanThereIsRoomFor(t *testing.T) {
	var texts []string
	for i := range mostBlocks + 5 {
		texts = append(texts, "authors/"+strings.Repeat("x", i+1))
	}
	if n := len(parseBlocks(texts)); n != mostBlocks {
		t.Errorf("%d things of an address are blocked, want %d", n, mostBlocks)
	}
}
