package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/facet"
	"sparrow/wasm/protocol"
)

// searchPage lists the items whose names match a query, and where the query names a part of
// the catalogue, as "horror 80s" does, that part.
type searchPage struct {
	query  string
	names  bool // search names alone, as the visitor asked for
	cards  []protocol.Card
	layers []string
	loaded bool
	drawn  pieces

	genres []protocol.GenreCount
	values []protocol.Value
	read   bool        // the query has been understood as far as it can be
	part   *browsePage // nil where the query names none
	rest   []string    // its words that name nothing
	lack   []string    // its words that some of the items lack, where none has all
}

func (p *searchPage) load(s *store) {
	if p.query == "" {
		p.loaded = true
		return
	}
	if !p.names && !p.read {
		s.ask(protocol.Request{Verb: protocol.Values, Query: p.query}, func(r reply) { p.values = r.Values })
		s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
			p.genres = r.Genres
			if r.Status != nil {
				s.status = r.Status
			}
		})
	}
	s.ask(protocol.Request{Verb: protocol.Search, Query: p.query, K: searchResults}, func(r reply) { // the last of the three to be answered
		p.cards, p.layers, p.loaded, p.lack = r.Cards, r.Layers, true, nil
		for _, v := range r.Values {
			p.lack = append(p.lack, v.Text)
		}
		p.drawn.grow(s, p, len(p.cards), gridPiece)
		if !p.names && !p.read {
			p.read = true
			if by, rest, any := understand(p.query, p.genres, p.values); any {
				p.part, p.rest = &browsePage{by: by, within: p}, rest
			} else if onlyLands(rest) {
				p.rest = rest
			}
		}
		if p.part != nil {
			p.part.load(s)
		}
	})
}

// partFirst reports whether the part of the catalogue is what was asked for: no item has all words, or all words name
// it, and no item is called so, or begins so where a year is among them.
func (p *searchPage) partFirst() bool {
	if p.part == nil {
		return false
	}
	if len(p.cards) == 0 || len(p.rest) > 0 || len(p.lack) > 0 {
		return len(p.cards) == 0 || len(p.lack) > 0
	}
	query := strings.Join(catalog.Words(p.query), " ")
	for _, c := range p.cards {
		for _, name := range []string{c.Title, c.Also} {
			name = strings.Join(catalog.Words(name), " ")
			if name == query || (p.part.by.from > 0 || p.part.by.to > 0) && strings.HasPrefix(name, query+" ") {
				return false
			}
		}
	}
	return true
}

func (p *searchPage) title(w *words) string {
	if p.query == "" {
		return w.Search
	}
	return fill(w.SearchFor, "query", p.query)
}

func (p *searchPage) about(w *words) string { return w.About }

func (p *searchPage) view(s *store) app.UI {
	w := s.words
	head := func(count string) app.UI {
		return el("div", "page-head", txt("h1", "page-title", p.title(w)), txt("p", "page-count", count))
	}
	found := fill(searchCount(w, len(p.cards)), "n", w.number(len(p.cards)))
	rest := txt("p", "said-rest", w.leftOut(p.rest))
	if p.loaded && p.partFirst() {
		body := append([]app.UI{head(when(p.part.loaded, w.found(p.part.total))), rest}, p.part.body(s)...)
		if n := min(len(p.cards), namedFew); n > 0 && len(p.lack) == 0 {
			body = append(body, txt("h2", "row-title", w.Titles), grid(s, listSearch, p.layers, p.cards[:n]))
		}
		return el("div", "results", body...)
	}
	var body app.UI
	switch {
	case !p.loaded:
		body = skeletons(w, "grid", 6)
	case len(p.cards) == 0:
		body = emptyState("search", w.SearchNone, w.SearchNoneHint, linkButton(Address(s.route.lang, "/browse"), w.BrowseAll))
	default:
		body = p.drawn.grid(s, listSearch, p.layers, p.cards)
	}
	parts := []app.UI{head(when(p.loaded, found))}
	if p.loaded && p.part != nil {
		parts = append(parts, el("div", "said", txt("span", "said-label", w.SearchAs), link("chip", p.part.by.address(s.route.lang), app.Text(p.part.by.says(w)))), rest)
	}
	if p.loaded && p.part == nil {
		parts = append(parts, rest)
	}
	if len(p.lack) > 0 {
		parts = append(parts, txt("p", "said-rest", w.without(p.lack)))
	}
	return el("div", "results", append(parts, body)...)
}

// onlyLands reports whether words name lands and nothing else: "french films", and not "American Beauty".
func onlyLands(words []string) bool {
	for i := 0; i < len(words); {
		_, n := facet.Land(words[i:])
		if n == 0 {
			return false
		}
		i += n
	}
	return len(words) > 0
}

// leftOut says which words of a query were left out: those that name nothing, and countries and languages that no
// [item] here is known to be of. "" for none.
func (w *words) leftOut(rest []string) string {
	var unknown, lands, parts []string
	for len(rest) > 0 {
		_, n := facet.Land(rest)
		if n > 0 {
			lands = append(lands, strings.Join(rest[:n], " "))
		} else {
			n, unknown = 1, append(unknown, rest[0])
		}
		rest = rest[n:]
	}
	if len(lands) > 0 {
		parts = append(parts, fill(w.NoLand, "words", strings.Join(lands, w.join)))
	}
	if len(unknown) > 0 {
		parts = append(parts, fill(w.NotUnderstood, "words", strings.Join(unknown, w.join)))
	}
	return strings.Join(parts, " ")
}

// without says that no name has all words of a query, and which ones are lacking. Words that the engine folded are
// shown so.
func (w *words) without(lack []string) string {
	return fill(w.FoundWithout, "words", w.tag[0]+strings.Join(lack, w.tag[1]+w.or+w.tag[0])+w.tag[1])
}

// namedFew is how many items of such a name stand below a part of the catalogue.
const namedFew = 12

// searchCount returns the words for n results: as many as are asked for need not be all.
func searchCount(w *words, n int) string {
	if n == searchResults {
		return w.SearchFirst
	}
	return w.SearchCount
}
