package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// block is something that is never to be listed again, and its name: all items with a value in a column or,
// where the column is "", the series of the item whose id is the value.
type block struct{ column, value, name string }

const (
	mostBlocks = 50
	longBlock  = 300 // bytes that one has in an address
)

// address returns b as it stands in an address; parseBlock reads it.
func (b block) address() string {
	if b.column == "" {
		return "/" + url.PathEscape(b.value) + "/" + b.name
	}
	return url.PathEscape(b.column) + "/" + b.value
}

// parseBlock reads what [block.address] wrote; false of anything else.
func parseBlock(text string) (b block, ok bool) {
	column, rest, ok := strings.Cut(text, "/")
	if !ok || rest == "" || len(text) > longBlock {
		return b, false
	}
	if column == "" {
		id, name, ok := strings.Cut(rest, "/")
		value, err := url.PathUnescape(id)
		return block{"", value, name}, ok && err == nil && value != "" && name != ""
	}
	column, err := url.PathUnescape(column)
	return block{column, rest, rest}, err == nil
}

// parseBlocks reads all of an address, each once.
func parseBlocks(texts []string) (all []block) {
	for _, text := range texts {
		if b, ok := parseBlock(text); ok && len(all) < mostBlocks && !slices.ContainsFunc(all, b.is) {
			all = append(all, b)
		}
	}
	return all
}

// is reports whether two blocks are the same, whatever they are called.
func (b block) is(other block) bool { return b.column == other.column && b.value == other.value }

// blocked returns what a request blocks.
func (t *settings) blocked() (all []string) {
	for _, b := range t.blocks {
		all = append(all, b.column+"="+b.value)
	}
	return all
}

// toggleBlock blocks b, or lifts it where it is blocked, and says so.
func (s *store) toggleBlock(b block) {
	t := &s.settings
	was := t.blocks
	text := s.words.DidLift
	if at := slices.IndexFunc(was, b.is); at >= 0 {
		t.blocks = slices.Delete(slices.Clone(was), at, at+1)
	} else {
		t.blocks, text = append(slices.Clone(was), b), s.words.DidBlock
	}
	s.toast.show(s, fill(text, "name", b.name), func() {
		s.toast.hide()
		s.wish(func() { s.settings.blocks = was })
	})
	s.wish(func() {})
}

// mayBlock reports whether there is room for b, and it is not blocked.
func (s *store) mayBlock(b block) bool {
	return len(s.settings.blocks) < mostBlocks && len(b.address()) <= longBlock && !slices.ContainsFunc(s.settings.blocks, b.is)
}

// mostOffered is how many things a toast offers to block.
const mostOffered = 4

// offerBlocks has the toast that says that an item is not for the visitor offer to block more than that: its series,
// and what columns of lists say of it.
func (s *store) offerBlocks(c protocol.Card) {
	if s.card(c).Action != protocol.NotInterested { // it was taken back
		return
	}
	turn := s.toast.turn
	var offers []block
	add := func(b block) {
		if len(offers) < mostOffered && s.mayBlock(b) {
			offers = append(offers, b)
		}
	}
	s.ask(protocol.Request{Verb: protocol.Series, ID: c.ID}, func(r reply) {
		if len(r.Shelves) > 0 && r.Shelves[0].Title != "" {
			add(block{"", string(c.ID), r.Shelves[0].Title})
		}
	})
	s.ask(protocol.Request{Verb: protocol.Values, ID: c.ID}, func(r reply) {
		for _, v := range r.Values {
			if v.Listed {
				add(block{v.Column, v.Text, v.Text})
			}
		}
		if s.toast.turn == turn && len(offers) > 0 {
			s.toast.offer(s, offers)
		}
	})
}

// blockName says what b blocks: a series, or a value with its column.
func (w *words) blockName(b block) string {
	if b.column == "" {
		return fill(w.BlockSeries, "name", b.name)
	}
	return w.value(value{b.column, b.value})
}

// blockChips draws what is blocked, each with what lifts it; nil for nothing.
func blockChips(s *store, scope string) app.UI {
	if len(s.settings.blocks) == 0 {
		return nil
	}
	return el("fieldset", "wishes", append([]app.UI{txt("legend", "slider-label", s.words.Blocks)}, list(s.settings.blocks, func(_ int, b block) app.UI {
		return button("chip chip-wish chip-never", scope+b.address(), func(app.Context) { s.toggleBlock(b) }, app.Text(b.name+" "), icon("close")).
			Attr("aria-label", attr(fill(s.words.Lift, "name", b.name)))
	})...)...)
}

// loadSeries asks for the series of the item, once there is somebody whose lists it may be kept from.
func (p *itemPage) loadSeries(s *store) {
	if !s.ready() || s.history() == 0 && len(s.settings.blocks) == 0 {
		return
	}
	s.ask(protocol.Request{Verb: protocol.Series, ID: p.id}, func(r reply) {
		p.series = nil
		if len(r.Shelves) > 0 && r.Shelves[0].Title != "" {
			p.series = &r.Shelves[0]
		}
	})
}

// blocks draws what can be blocked of an item: its series, and what columns of lists say of it, such as who wrote
// it. nil where there is nothing.
func (p *itemPage) blocks(s *store) app.UI {
	if !s.ready() || s.history() == 0 && len(s.settings.blocks) == 0 {
		return nil
	}
	w := s.words
	var rows []app.UI
	offer := func(b block, about string) {
		on := slices.ContainsFunc(s.settings.blocks, func(other block) bool {
			return b.is(other) || b.column == "" && other.column == "" && p.ofSeries(other.value)
		})
		if !on && !s.mayBlock(b) {
			return
		}
		label := w.blockName(b)
		if on && b.column == "" { // it may have been blocked by another of its items
			b = s.settings.blocks[slices.IndexFunc(s.settings.blocks, func(other block) bool { return other.column == "" && (b.is(other) || p.ofSeries(other.value)) })]
		}
		rows = append(rows, el("li", "block",
			button("chip chip-wish"+when(on, " chip-never"), strconv.Itoa(s.visit)+"/"+b.address(), func(app.Context) { s.toggleBlock(b) }, app.Text(label)).
				Attr("aria-pressed", yes(on)),
			txt("span", "muted", about)))
	}
	if p.series != nil {
		titles := make([]string, 0, mostInstead)
		for _, c := range p.series.Cards[:min(mostInstead, len(p.series.Cards))] {
			titles = append(titles, w.title(c.Title))
		}
		about := strings.Join(titles, w.join)
		if more := len(p.series.Cards) - len(titles); more > 0 {
			about = fill(w.BlockMore, "titles", about, "n", w.number(more))
		}
		offer(block{"", string(p.id), p.series.Title}, fill(w.BlockAlso, "titles", about))
	}
	for _, v := range p.values {
		if v.Listed {
			offer(block{v.Column, v.Text, v.Text}, "")
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return el("details", "why-all blocks", txt("summary", "why-more", w.Block), el("ul", "block-list", rows...).Attr("role", "list"))
}

// ofSeries reports whether an item is of the series that p shows.
func (p *itemPage) ofSeries(id string) bool {
	return p.series != nil && slices.ContainsFunc(p.series.Cards, func(c protocol.Card) bool { return c.ID == catalog.ID(id) })
}
