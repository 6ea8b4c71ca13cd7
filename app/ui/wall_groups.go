package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const groupsShown = 6

// groups are what a newcomer may choose from in place of single items. To choose one is to like each of its
// items, and its button says so; the site is told nothing of it, since no one has looked at the items one by one.
type groups struct {
	all    []group
	asked  []catalog.ID // items of earlier groups
	loaded bool
}

// group is a group of items.
type group struct {
	protocol.Shelf
	likes []protocol.Entry // that came with it when it was chosen; nil where it is not
}

// ask requests groups. After the last ones it begins again.
func (p *groups) ask(s *store) {
	q := protocol.Request{Verb: protocol.Groups, Exclude: s.known(p.asked), K: groupsShown}
	s.ask(q, func(r reply) {
		if len(r.Shelves) == 0 && len(p.asked) > 0 {
			p.asked = nil
			p.ask(s)
			return
		}
		p.all, p.loaded = make([]group, len(r.Shelves)), true
		for i := range p.all {
			p.all[i].Shelf = r.Shelves[i]
		}
	})
}

// choose adds the items of a group to the visitor's likes, or takes those back that came with it. What they
// said of one of them before stays.
func (g *group) choose(s *store) {
	text := s.words.GroupBack
	q := protocol.Request{Verb: protocol.Import, Without: g.likes}
	if g.likes == nil {
		for i := range g.Cards {
			if c := s.card(g.Cards[i]); c.Action == "" {
				q.Entries = append(q.Entries, protocol.Entry{ID: c.ID, Action: protocol.Like, At: now()})
				s.overrides[c.ID] = mark{action: protocol.Like, watch: c.Watch}
			}
		}
		text = fill(s.words.DidGroup, "n", s.words.number(len(q.Entries)))
	}
	for _, e := range q.Without {
		delete(s.overrides, e.ID)
	}
	g.likes = q.Entries
	s.toast.show(s, text, func() {
		s.toast.hide()
		g.choose(s)
	})
	s.ask(q, func(r reply) {
		if r.Error != nil { // the profile is what it was
			for _, e := range q.Entries {
				delete(s.overrides, e.ID)
			}
			g.likes = q.Without
			s.toast.show(s, s.words.ActFailed, nil)
			return
		}
		s.moving = true
		s.refresh()
	})
	s.redraw()
}

// others requests other groups than these.
func (p *groups) others(s *store) {
	for i := range p.all {
		p.asked = append(p.asked, identify(p.all[i].Cards)...)
	}
	p.ask(s)
}

func (p *groups) view(s *store) app.UI {
	if !p.loaded {
		return skeletons(s.words, "grid", groupsShown)
	}
	var all []app.UI
	for i := range p.all {
		all = append(all, p.all[i].view(s))
	}
	if len(all) == 0 {
		all = []app.UI{txt("li", "muted", s.words.GroupsNone)}
	}
	return el("ul", "track groups", all...).Attr("role", "list")
}

// view draws a group and the button that likes all of it.
func (g *group) view(s *store) app.UI {
	w := s.words
	name, key := w.groupName(&g.Shelf), g.Cards[0].ID
	var posters []app.UI
	for i := range g.Cards {
		posters = append(posters, posterOf(g.Cards[i], ""))
	}
	pick := fill(w.GroupPick, "n", w.number(len(g.Cards)))
	return el("li", "group",
		txt("h3", "group-name", name),
		el("div", "group-posters", posters...),
		el("p", "group-items", titleLinks(s, g.Cards)...),
		button("big", strconv.Itoa(s.visit)+"/"+string(key), func(app.Context) { g.choose(s) }, icon("heart"), txt("span", "", pick)).
			Attr("aria-label", attr(pick+": "+name)).Attr("aria-pressed", yes(g.likes != nil)))
}

// groupName names a group: by what all of its items share, else by two of them.
func (w *words) groupName(g *protocol.Shelf) string {
	if g.Title != "" && len(g.Cards) > 1 {
		return fill(w.GroupPair, "a", w.title(g.Cards[0].Title), "b", w.title(g.Cards[1].Title))
	}
	return w.interest(*g)
}
