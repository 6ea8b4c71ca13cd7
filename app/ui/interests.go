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
	all    []protocol.Interest
	opened int // the one whose likes are shown, counted from 1; 0 for none
}

// fetch requests the interests of the visitor.
func (p *interests) fetch(s *store) {
	page := s.page
	s.client.ask(protocol.Request{Verb: protocol.Interests, Now: now()}, func(r reply) {
		if r.Error == nil && s.page == page {
			p.all, p.opened = r.Interests, 0
			s.redraw()
		}
	})
}

func (p *interests) view(s *store) app.UI {
	const likes = "interest-likes"
	w := s.words
	if len(p.all) == 0 {
		return el("div", "interests")
	}
	body := []app.UI{txt("p", "interests-title", w.Interests),
		el("ul", "chips chips-scroll", list(p.all, func(i int, x protocol.Interest) app.UI {
			return el("li", "", button("chip", strconv.Itoa(s.visit)+" "+strconv.Itoa(i), func(app.Context) {
				was := p.opened
				if p.opened = i + 1; was == p.opened {
					p.opened = 0
				}
				s.redraw()
			}, txt("span", "chip-count", strconv.Itoa(len(x.Likes))), app.Text(" "+w.interest(x))).
				Attr("aria-expanded", yes(p.opened == i+1)).Attr("aria-controls", likes))
		})...).Attr("role", "list").Attr("aria-label", attr(w.Interests))}
	var films []app.UI
	if p.opened > 0 {
		for i, c := range p.all[p.opened-1].Likes {
			if i > 0 {
				films = append(films, app.Text(w.join))
			}
			films = append(films, link("text-link", ItemURL(s.route.lang, c.ID), app.Text(c.Title)))
		}
	}
	return el("div", "interests", append(body, el("p", "interest-likes", films...).ID(likes))...)
}

// interest names an interest: "Film noir of the 1940s".
func (w *words) interest(x protocol.Interest) string {
	var names []string
	if len(x.Genres) > 0 {
		names = append(names, w.genreList(x.Genres, len(x.Genres)))
	}
	if x.Decade > 0 {
		what := w.InterestFilms
		if len(names) > 0 {
			what = names[0]
		}
		names = []string{fill(w.InterestOf, "what", what, "decade", fill(w.DecadeOf, "n", strconv.Itoa(x.Decade)))}
	}
	if len(x.Tags) > 0 {
		names = append(names, w.tagList(x.Tags))
	}
	if x.Like != "" {
		names = append(names, fill(w.InterestLike, "title", w.title(x.Like)))
	}
	return strings.Join(names, w.join)
}
