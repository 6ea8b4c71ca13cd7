package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// How many are drawn at once: a card takes a millisecond of a computer, several
// of a phone; a dot of the Lab's map a fifth of that.
const (
	gridPiece = 20
	mapPiece  = 64
)

// pieces is how many cards of a page's grid, dots of its map, or rows of it are
// drawn. The others follow on a timer, so that no single task is long.
type pieces int

// follow draws the cards that r brought: those that came with the page at once,
// since they are on the screen already, others piece by piece.
func (g *pieces) follow(s *store, p page, r reply, cards, piece int) {
	if r.seeded {
		piece = cards
	}
	g.grow(s, p, cards, piece)
}

// grow draws the next piece of so many cards of page p, and those after it later.
func (g *pieces) grow(s *store, p page, cards, piece int) {
	*g = min(*g+pieces(piece), pieces(cards))
	if app.IsServer {
		*g = pieces(cards)
	}
	if drawn := *g; int(drawn) < cards {
		s.soon(func() {
			if *g == drawn && s.page == p {
				g.grow(s, p, cards, piece)
				s.redraw()
			}
		})
	}
}

// soon does the next piece of a drawing when the one before is drawn, and what
// waits for the page in between has been done: a timer alone may run twice before
// a late frame, which then draws two pieces.
func (s *store) soon(do func()) {
	s.drawn(func() { s.later(rowPause, do) })
}

// grid draws the cards whose turn has come, and room below them for the others.
func (g pieces) grid(s *store, name string, layers []string, cards []protocol.Card) app.UI {
	drawn := min(int(g), len(cards))
	all := grid(s, name, layers, cards[:drawn])
	if drawn == len(cards) {
		return el("div", "", all)
	}
	return el("div", "", all, el("section", "row row-blank"))
}
