package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// tune draws the panel beside the list; on a phone it opens above it. It comes first for the keyboard, too: behind the
// list it was 120 presses of Tab away.
func (p *forYouPage) tune(s *store) app.UI {
	w, t := s.words, &s.settings
	scope := strconv.Itoa(s.visit)
	at := func(id, label string, ends [2]string, words string, stop *int) app.UI {
		said := stopWord(words, *stop)
		if said == "" {
			said = w.SaidMiddle
		}
		return slider(id, label, ends, -lastStop, lastStop, *stop, said, func(n int) {
			if n != *stop {
				s.wish(func() { *stop = n })
			}
		}, scope)
	}
	variety := t.variety
	if variety == 0 {
		variety = usualVariety
	}
	body := []app.UI{
		at("popularity", w.Popularity, [2]string{w.PopularityLow, w.PopularityHigh}, w.SaidPopularity, &t.popularity),
		at("familiarity", w.Familiarity, [2]string{w.FamiliarityLow, w.FamiliarityHigh}, w.SaidFamiliarity, &t.familiarity),
	}
	if s.status != nil && s.status.Newest > 0 {
		body = append(body, at("recency", w.Recency, [2]string{w.RecencyLow, w.RecencyHigh}, w.SaidRecency, &t.recency))
	}
	body = append(body, slider("variety", w.Variety, [2]string{w.VarietyLow, w.VarietyHigh}, 1, len(varieties), variety,
		strings.Split(w.SaidVariety, "|")[variety-1], func(n int) {
			if n != t.variety {
				s.wish(func() { t.variety = n })
			}
		}, scope))
	held, _ := s.people.me().held()
	if len(limits) > len(held) {
		body = append(body, el("fieldset", "wishes", append([]app.UI{txt("legend", "slider-label", w.Limits)}, list(limits, func(_ int, l vocabulary.Limit) app.UI {
			on := slices.Contains(t.limits, l.ID)
			if s.people.me().holds(l.ID) {
				return nil // a child's profile cannot put it off: said above the list
			}
			return button("chip chip-wish"+when(on, " chip-more"), scope+l.ID, func(app.Context) {
				s.wish(func() { t.limits = toggled(t.limits, l.ID) })
			}, app.Text(w.limit(&l))).Attr("aria-pressed", yes(on))
		})...)...))
	}
	if byGenre && len(p.genres) > 0 {
		body = append(body, el("fieldset", "wishes", append([]app.UI{txt("legend", "slider-label", w.GenreWishes)}, list(p.genres, func(_ int, g protocol.GenreCount) app.UI {
			return genreWish(s, g.Name, scope)
		})...)...))
	}
	body = append(body, el("fieldset", "wishes", txt("legend", "slider-label", w.KeptLabel),
		button("chip chip-wish"+when(t.kept, " chip-more"), scope+"kept", func(app.Context) {
			s.wish(func() { t.kept = !t.kept })
		}, app.Text(w.KeptToo)).Attr("aria-pressed", yes(t.kept))))
	body = append(body, blockChips(s, scope))
	return el("details", "tune",
		el("summary", "tune-title", icon("tune"), app.Text(w.Tune)),
		el("div", "tune-body", body...),
	).Attr("open", when(wide(), "true"))
}

// genreWish draws a chip of three states: as it comes, more of the genre, never.
func genreWish(s *store, genre, scope string) app.UI {
	w, t := s.words, &s.settings
	class, label, mark := "chip chip-wish", w.genre(genre), ""
	switch {
	case slices.Contains(t.more, genre):
		class, label, mark = class+" chip-more", fill(w.SaidMore, "genre", label), "+ "
	case slices.Contains(t.never, genre):
		class, label, mark = class+" chip-never", fill(w.SaidNever, "genre", label), "− "
	}
	return button(class, scope+genre, func(app.Context) {
		s.wish(func() {
			switch {
			case slices.Contains(t.more, genre):
				t.more, t.never = toggled(t.more, genre), toggled(t.never, genre)
			case slices.Contains(t.never, genre):
				t.never = toggled(t.never, genre)
			default:
				t.more = toggled(t.more, genre)
			}
		})
	}, app.Text(mark+w.genre(genre))).Attr("aria-label", attr(label))
}

// toggled returns all without one, or with it where it is not there, ascending.
func toggled(all []string, one string) []string {
	if at := slices.Index(all, one); at >= 0 {
		return slices.Delete(slices.Clone(all), at, at+1)
	}
	all = append(slices.Clone(all), one)
	slices.Sort(all)
	return all
}

// wishes draws the line above the list that says what of it is set, and takes all of it back,
// and the button that has the list drawn by chance.
func (p *forYouPage) wishes(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit) + "/" + strconv.Itoa(p.draw)
	var said app.UI
	if parts := s.settings.line(w); len(parts) > 0 {
		said = el("p", "wished", app.Text(fill(w.Wishes, "wishes", strings.Join(parts, w.join))+" "),
			button("text-link text-button", scope, func(app.Context) { s.wish(func() { s.settings = settings{} }) }, app.Text(w.Reset)).Attr("id", "reset"))
	}
	var always app.UI
	if held, _ := s.people.me().held(); len(held) > 0 {
		always = txt("p", "held", fill(w.WhoHeld, "limits", w.limitList(held)))
	}
	next, text := w.Surprise, app.UI(nil)
	var end app.UI
	if p.draw > 0 {
		next, text = w.SurpriseAgain, txt("p", "muted", w.Surprised)
		end = button("button button-quiet", scope, func(app.Context) {
			p.draw = 0
			s.moving = true
			p.fetch(s)
		}, app.Text(w.SurpriseEnd))
	}
	return el("div", "wish-line", always, said, text, el("div", "panel-buttons",
		button("button", scope, func(app.Context) {
			p.draw = max(p.draw+1, int(now()&0xffffff))
			s.moving = true
			p.fetch(s)
		}, app.Text(next)).Attr("id", "surprise"), end, linkButton(Address(s.route.lang, "/for-two"), w.TwoTitle)))
}

// chance says how likely the card of a drawn list was at its place; "" of any other.
func chance(w *words, c *protocol.Card) string {
	if c.Origin == nil || c.Origin.Propensity <= 0 {
		return ""
	}
	p := strconv.Itoa(int(100*c.Origin.Propensity + 0.5))
	if p == "0" {
		p = "< 1"
	}
	return fill(w.Chance, "p", p)
}
