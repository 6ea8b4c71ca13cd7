package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// interests is the line above a list that says what kinds of likes it serves, each with
// how many they are; pressing one shows them. Its place is kept until they come, after
// the list's reasons.
type interests struct {
	all    []protocol.Shelf
	opened int // the one whose likes are shown, counted from 1; 0 for none
}

// fetch requests the interests of the visitor.
func (p *interests) fetch(s *store) {
	page := s.page
	s.client.ask(protocol.Request{Verb: protocol.Interests, Lang: s.route.lang, Now: now()}, func(r reply) {
		if r.Error == nil && s.page == page {
			p.all, p.opened = r.Shelves, 0
			s.redraw()
		}
	})
}

func (p *interests) view(s *store) app.UI {
	const place = "interest-likes"
	w := s.words
	if len(p.all) == 0 {
		return el("div", "interests")
	}
	body := []app.UI{el("p", "interests-title", app.Text(w.Interests+" · "), link("text-link", Address(s.route.lang, "/taste"), app.Text(w.TasteAll))),
		el("ul", "chips chips-scroll", list(p.all, func(i int, x protocol.Shelf) app.UI {
			return el("li", "", button("chip", strconv.Itoa(s.visit)+" "+strconv.Itoa(i), func(app.Context) {
				was := p.opened
				if p.opened = i + 1; was == p.opened {
					p.opened = 0
				}
				s.redraw()
			}, txt("span", "chip-count", strconv.Itoa(len(x.Cards))), app.Text(" "+w.interest(x))).
				Attr("aria-expanded", yes(p.opened == i+1)).Attr("aria-controls", place))
		})...).Attr("role", "list").Attr("aria-label", attr(w.Interests))}
	var likes []app.UI
	if p.opened > 0 {
		likes = titleLinks(s, p.all[p.opened-1].Cards)
	}
	return el("div", "interests", append(body, el("p", place, likes...).ID(place))...)
}

// titleLinks draws the titles of cards in a sentence, each a link to its item.
func titleLinks(s *store, cards []protocol.Card) (all []app.UI) {
	for i := range cards {
		if i > 0 {
			all = append(all, app.Text(s.words.join))
		}
		all = append(all, link("text-link", ItemURL(s.route.lang, cards[i].ID), app.Text(cards[i].Title)))
	}
	return all
}

// interest names an interest: "Film noir of the 1940s".
func (w *words) interest(x protocol.Shelf) string {
	var names []string
	for _, y := range x.Why {
		switch y.Kind {
		case protocol.WhyGenres:
			names = append(names, w.genreList(y.Names, len(y.Names)))
		case protocol.WhyTags:
			names = append(names, w.tagList(y.Names))
		case protocol.WhyYears: // of the genres, which come first, if there are any
			what := w.InterestItems
			if len(names) > 0 {
				what = names[0]
			}
			names = []string{fill(w.InterestOf, "what", what, "decade", fill(w.DecadeOf, "n", y.Title))}
		}
	}
	if x.Title != "" {
		names = append(names, fill(w.InterestLike, "title", w.title(x.Title)))
	}
	return strings.Join(names, w.join)
}
