package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const groupsShown = 6

// groups are what a newcomer may choose from in place of single items. To choose one is to like each of its
// items, and its button says so; the site is told nothing of it, since no one has looked at the items one by one.
type groups struct {
	all    []protocol.Shelf
	asked  []catalog.ID                    // items of earlier groups
	chosen map[catalog.ID][]protocol.Entry // the likes that came with a group, by its first item
	loaded bool
}

// ask requests groups. After the last ones it begins again.
func (p *groups) ask(s *store) {
	q := protocol.Request{Verb: protocol.Groups, Exclude: slices.Concat(p.asked, s.unseen), K: groupsShown}
	s.ask(q, func(r reply) {
		if len(r.Shelves) == 0 && len(p.asked) > 0 {
			p.asked = nil
			p.ask(s)
			return
		}
		p.all, p.loaded = r.Shelves, true
	})
}

// choose adds the items of a group to the visitor's likes, or takes those back that came with it. What they
// said of one of them before stays.
func (p *groups) choose(s *store, g protocol.Shelf) {
	key, text := g.Cards[0].ID, s.words.GroupBack
	q := protocol.Request{Verb: protocol.Import, Without: p.chosen[key]}
	if q.Without == nil {
		for _, c := range g.Cards {
			if c = s.card(c); c.Action == "" {
				q.Entries = append(q.Entries, protocol.Entry{ID: c.ID, Action: protocol.Like, At: now()})
				s.overrides[c.ID] = mark{action: protocol.Like, watch: c.Watch}
			}
		}
		text = fill(s.words.DidGroup, "n", s.words.number(len(q.Entries)))
	}
	for _, e := range q.Without {
		delete(s.overrides, e.ID)
	}
	if p.chosen == nil {
		p.chosen = map[catalog.ID][]protocol.Entry{}
	}
	p.chosen[key] = q.Entries
	s.toast.show(s, text, func() {
		s.toast.hide()
		p.choose(s, g)
	})
	s.ask(q, func(r reply) {
		if r.Error != nil { // the profile is what it was
			for _, e := range q.Entries {
				delete(s.overrides, e.ID)
			}
			p.chosen[key] = q.Without
			s.toast.show(s, s.words.ActFailed, nil)
			return
		}
		s.moving = true
		s.refresh()
	})
	s.redraw()
}

func (p *groups) view(s *store) app.UI {
	w := s.words
	switch {
	case !p.loaded:
		return el("div", "", skeletons(w, "grid", groupsShown))
	case len(p.all) == 0:
		return el("div", "", txt("p", "muted", w.GroupsNone))
	}
	return el("div", "",
		el("ul", "track groups", list(p.all, func(_ int, g protocol.Shelf) app.UI { return p.group(s, g) })...).Attr("role", "list"),
		el("div", "wall-foot", button("button", strconv.Itoa(s.visit), func(app.Context) {
			for _, g := range p.all {
				for _, c := range g.Cards {
					p.asked = append(p.asked, c.ID)
				}
			}
			p.ask(s)
		}, app.Text(w.GroupsOthers))))
}

// group draws a group and the button that likes all of it.
func (p *groups) group(s *store, g protocol.Shelf) app.UI {
	w := s.words
	name, key := w.groupName(g), g.Cards[0].ID
	var titles []app.UI
	for i, c := range g.Cards {
		if i > 0 {
			titles = append(titles, app.Text(w.join))
		}
		titles = append(titles, link("text-link", ItemURL(s.route.lang, c.ID), app.Text(c.Title)))
	}
	pick := fill(w.GroupPick, "n", w.number(len(g.Cards)))
	return el("li", "group",
		txt("h3", "group-name", name),
		el("div", "group-posters", list(g.Cards, func(_ int, c protocol.Card) app.UI { return posterOf(c, "") })...),
		el("p", "group-items", titles...),
		button("big", strconv.Itoa(s.visit)+"/"+string(key), func(app.Context) { p.choose(s, g) }, icon("heart"), txt("span", "", pick)).
			Attr("aria-label", attr(pick+": "+name)).Attr("aria-pressed", yes(p.chosen[key] != nil)))
}

// groupName names a group: by what all of its items share, else by two of them.
func (w *words) groupName(g protocol.Shelf) string {
	if g.Title != "" && len(g.Cards) > 1 {
		return fill(w.GroupPair, "a", w.title(g.Cards[0].Title), "b", w.title(g.Cards[1].Title))
	}
	return w.interest(g)
}
