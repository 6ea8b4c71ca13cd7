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

func TestNoMoreIsBlockedThanThereIsRoomFor(t *testing.T) {
	var texts []string
	for i := range mostBlocks + 5 {
		texts = append(texts, "authors/"+strings.Repeat("x", i+1))
	}
	if n := len(parseBlocks(texts)); n != mostBlocks {
		t.Errorf("%d things of an address are blocked, want %d", n, mostBlocks)
	}
}
