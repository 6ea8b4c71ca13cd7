package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// whoPanel is the part of the profile's page about those who use this device.
type whoPanel struct {
	adding bool   // the form is open
	fresh  person // that is being added
	sure   bool   // the confirmation before deleting is open
}

// disc draws a person's colour with the first letter of their name.
func disc(w *words, one *person) app.UI {
	letter := []rune(strings.ToUpper(w.called(one)))
	return el("span", "disc disc-"+strconv.Itoa(one.Colour)).Attr("data-letter", string(letter[:1])).Attr("aria-hidden", "true")
}

// whoMenu draws in the header whose turn it is, and the others to switch to; nothing where there is one.
func whoMenu(s *store) app.UI {
	if len(s.people.All) < 2 {
		return nil
	}
	w, me := s.words, s.people.me()
	return el("div", "who",
		el("button", "who-button", disc(w, me)).Attr("type", "button").Attr("popovertarget", "who-menu").
			Attr("aria-label", attr(fill(w.WhoMenu, "name", w.called(me)))).Attr("title", attr(w.called(me))),
		el("div", "who-menu", s.whoList("menu")...).Attr("id", "who-menu").Attr("popover", "auto"),
	)
}

// whoList draws everybody, each but the one whose turn it is as a button that gives it to them.
func (s *store) whoList(place string) []app.UI {
	w := s.words
	return list(s.people.All, func(_ int, one person) app.UI {
		if one.ID == s.people.On {
			return el("p", "who-one", disc(w, &one), txt("span", "who-name", w.called(&one))).
				Attr("aria-current", "true").Attr("aria-label", attr(fill(w.WhoHere, "name", w.called(&one))))
		}
		return button("who-one", place+strconv.Itoa(one.ID), func(app.Context) { s.turnTo(one.ID) },
			disc(w, &one), txt("span", "who-name", w.called(&one))).
			Attr("aria-label", attr(fill(w.WhoSwitch, "name", w.called(&one))))
	})
}

// turnTo gives the turn to a person, in every tab. The page is loaded again, so that nothing of one is left on
// that of another; before, what was done last is on disk.
func (s *store) turnTo(id int) {
	s.endGesture()
	s.afterAll(func() {
		s.people.On = id
		s.keepPeople()
		startAnew(Address(s.route.lang, "/"))
	})
}

// afterAll does something when the engine has answered what was asked of it; at once where it does not answer.
func (s *store) afterAll(do func()) {
	if !s.ready() {
		do()
		return
	}
	s.client.ask(protocol.Request{Verb: protocol.Open, Now: now()}, func(reply) { do() })
}

func (s *store) keepPeople() { keepText(peopleKey, s.people.text()) }

// view draws the panel.
func (p *whoPanel) view(s *store) app.UI {
	w, me := s.words, s.people.me()
	scope := strconv.Itoa(s.visit) + "/" + strconv.Itoa(s.people.On)
	body := []app.UI{txt("h2", "panel-title", w.WhoTitle)}
	if s.ready() && !s.durable {
		return el("section", "panel", append(body, txt("p", "muted", w.WhoNowhere))...)
	}
	var rules, own, remove []app.UI
	if held, gone := me.held(); me.Child {
		rules = append(rules, txt("p", "", fill(w.WhoHeld, "limits", w.limitList(held))), txt("p", "muted", w.WhoHeldText))
		if gone > 0 {
			rules = append(rules, txt("p", "muted", fill(w.WhoGone, "n", w.number(gone))))
		}
	}
	if len(s.people.All) > 1 {
		own = append(own, el("fieldset", "who-form", append([]app.UI{txt("legend", "panel-sub", w.WhoEdit)},
			p.fields(s, "me", scope, s.people.me, func() {
				s.keepPeople()
				s.redraw()
			})...)...))
	}
	if me.ID != firstID {
		remove = append(remove, question(s, &p.sure, "who-delete", w.WhoDelete, fill(w.WhoDeleteSure, "name", w.called(me)), w.WhoDeleteYes, func() { p.remove(s) }))
	}
	body = append(body, txt("p", "", w.WhoText), el("div", "who-list", s.whoList("panel")...))
	for _, part := range [][]app.UI{rules, own, remove, p.addView(s, scope)} { // each in its place: a field in that of another would keep its text
		body = append(body, el("div", "who-part", part...))
	}
	return el("section", "panel", body...)
}

// limitList names limits in a sentence.
func (w *words) limitList(all []vocabulary.Limit) string {
	names := make([]string, len(all))
	for i := range all {
		names[i] = w.limit(&all[i])
	}
	return strings.Join(names, w.join)
}

// fields draws the name and the colour of a person, and calls changed when one was changed. of returns the
// person: where they lie in memory may change while the fields stand.
func (p *whoPanel) fields(s *store, id, scope string, of func() *person, changed func()) []app.UI {
	w, one := s.words, of()
	return []app.UI{
		textField(id+"-name", w.WhoName, one.Name, scope, "change", func(text string) {
			if name := cleanName(text); name != "" || of().ID == firstID {
				of().Name = name
				changed()
			}
		}),
		el("div", "who-colours", list(strings.Split(w.WhoColours, "|"), func(i int, name string) app.UI {
			return button("who-colour", scope+strconv.Itoa(i), func(app.Context) {
				of().Colour = i
				changed()
			}, el("span", "disc disc-"+strconv.Itoa(i))).Attr("aria-label", name).Attr("title", name).Attr("aria-pressed", yes(one.Colour == i))
		})...).Attr("role", "group").Attr("aria-label", w.WhoColour),
	}
}

// addView draws what adds a person.
func (p *whoPanel) addView(s *store, scope string) []app.UI {
	w := s.words
	if len(s.people.All) == mostPeople {
		return []app.UI{txt("p", "muted", fill(w.WhoMany, "n", w.number(mostPeople)))}
	}
	if !p.adding {
		return []app.UI{button("button", scope, func(app.Context) {
			p.adding, p.fresh = true, person{Colour: s.people.Last % hues}
			s.focusSoon("fresh-name")
		}, app.Text(w.WhoAdd)).Attr("id", "who-add")}
	}
	body := p.fields(s, "fresh", scope, func() *person { return &p.fresh }, s.redraw)
	if len(limits) > 0 {
		body = append(body, el("div", "", p.rules(s, scope)...).Attr("role", "group").Attr("aria-label", w.WhoChild))
	}
	return []app.UI{el("fieldset", "who-form", append([]app.UI{txt("legend", "panel-sub", w.WhoAdd)}, append(body,
		el("div", "panel-buttons",
			button("button", scope, func(app.Context) { p.add(s) }, app.Text(w.WhoAddDo)).Attr("id", "who-add-do"),
			button("button button-quiet", scope, func(app.Context) {
				p.adding = false
				s.focusSoon("who-add")
			}, app.Text(w.SendClose))))...)...)}
}

// rules draws what a child's profile is held to.
func (p *whoPanel) rules(s *store, scope string) []app.UI {
	w := s.words
	rules := []app.UI{txt("p", "slider-label", w.WhoChild)}
	rules = append(rules, el("div", "wishes", list(limits, func(_ int, l vocabulary.Limit) app.UI {
		on := slices.Contains(p.fresh.Limits, l.ID)
		return button("chip chip-wish"+when(on, " chip-more"), scope+l.ID, func(app.Context) {
			p.fresh.Limits = toggled(p.fresh.Limits, l.ID)
			s.redraw()
		}, app.Text(w.limit(&l))).Attr("aria-pressed", yes(on))
	})...))
	return append(rules, txt("p", "muted", w.WhoChildText))
}

func (p *whoPanel) add(s *store) {
	p.fresh.Child = len(p.fresh.Limits) > 0
	if s.people.add(p.fresh) == 0 { // no name yet
		s.focusSoon("fresh-name")
		return
	}
	p.adding = false
	s.keepPeople()
	s.focusSoon("who-add")
	s.redraw()
}

// remove deletes the person whose turn it is, with all that the device keeps of them.
func (p *whoPanel) remove(s *store) {
	id := s.people.On
	s.ask(protocol.Request{Verb: protocol.Erase}, func(r reply) {
		if r.Error != nil {
			s.toast.show(s, s.words.ActFailed, nil)
			return
		}
		for _, key := range []string{settingsKey, picksKey, seenKey} {
			keepText(keyOf(key, id), "")
		}
		s.people.remove(id)
		s.keepPeople()
		startAnew(Address(s.route.lang, "/"))
	})
}
