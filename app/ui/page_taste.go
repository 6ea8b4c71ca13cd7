package ui

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// guessCards is for how many items of the visitor's list stars are guessed.
const guessCards = 5

// tastePage tells the visitor what can be said of their taste, and what is lacking
// for the rest.
type tastePage struct {
	summary *protocol.Summary
	kinds   []protocol.Shelf
	cards   []protocol.Card // whose stars are guessed
}

func (p *tastePage) load(s *store) {
	if s.history() == 0 {
		p.ask(s, "")
		return
	}
	q := protocol.Request{Verb: protocol.Recommend, K: guessCards, Reasons: protocol.Later}
	s.settings.apply(&q) // the first of the list as the visitor has it
	s.ask(q, func(r reply) {
		var ids catalog.ID
		for _, c := range r.Cards {
			ids += "," + c.ID
		}
		p.ask(s, ids[min(1, len(ids)):])
	})
}

func (p *tastePage) ask(s *store, ids catalog.ID) {
	s.ask(protocol.Request{Verb: protocol.Summarize, ID: ids, Offset: zone()}, func(r reply) {
		if m, err := protocol.DecodeSummary(r.Bytes); err == nil && r.Error == nil {
			p.summary, p.kinds, p.cards = m, r.Shelves, r.Cards
		}
	})
}

func (p *tastePage) title(w *words) string { return w.TasteTitle }
func (p *tastePage) about(w *words) string { return w.About }

func (p *tastePage) view(s *store) app.UI {
	w, m := s.words, p.summary
	body := []app.UI{el("div", "page-head", txt("h1", "page-title pictured", w.TasteTitle))}
	if m == nil {
		return el("div", "taste", append(body, txt("p", "muted", w.Starting))...)
	}
	parts := []app.UI{
		p.part(w.TasteKinds, tooFew(w.TasteFewLikes, enough, m.Liked), p.kindsView(w)...),
		p.part(w.TasteDepth, tooFew(w.TasteFewLikes, protocol.FewestLiked, m.Liked), p.depthView(w)...),
	}
	if s.status == nil || s.status.Rated {
		parts = append(parts,
			p.part(w.TasteCrowd, tooFew(w.TasteFewStars, protocol.FewestRated, m.Compared), p.crowdView(w)...),
			p.part(w.TasteGuess, tooFew(w.TasteFewStars, protocol.FewestRated, m.Rated), p.guessView(s)...))
	}
	few := ""
	if len(m.Periods) == 0 {
		few = w.TasteFewMonths
	}
	body = append(body, el("div", "taste-parts", parts...), p.part(w.TasteTime, few, p.timeView(w)...))
	if m.Liked+m.Rated > 0 {
		body = append(body, el("div", "panel",
			button("button", strconv.Itoa(s.visit), func(app.Context) {
				makePicture(w.TasteTitle, func() { s.run(func() { s.toast.show(s, w.TastePictureFailed, nil); s.redraw() }) })
			}, app.Text(w.TastePicture)), txt("p", "muted", w.TastePictureText)))
	}
	return el("div", "taste", body...)
}

// part draws one part of the page under its heading, or few, what it lacks. What is of class
// pictured is in the picture of the page, too.
func (p *tastePage) part(title, few string, body ...app.UI) app.UI {
	if few != "" {
		body = []app.UI{txt("p", "muted", few)}
	}
	return el("section", "panel", append([]app.UI{txt("h2", "panel-title pictured", title)}, body...)...)
}

// tooFew says that there are n of something, where that is less than least.
func tooFew(text string, least, n float32) string {
	return when(n < least, fill(text, "least", decimal(least, 0), "n", decimal(n, 0)))
}

// sentences draws those that are not empty.
func sentences(texts ...string) []app.UI {
	return list(texts, func(_ int, text string) app.UI {
		if text == "" {
			return nil
		}
		return txt("p", "pictured", text)
	})
}

// kindsView lists the kinds of likes by name, each with how many they are and the first of them.
func (p *tastePage) kindsView(w *words) []app.UI {
	return list(p.kinds, func(_ int, x protocol.Shelf) app.UI {
		titles := ""
		for i, c := range x.Cards[:min(3, len(x.Cards))] {
			titles += when(i > 0, w.join) + c.Title
		}
		return el("div", "", txt("h3", "pictured", w.interest(x)+" · "+w.number(len(x.Cards))), txt("p", "muted pictured", titles))
	})
}

// depthView says how well known what the visitor likes is.
func (p *tastePage) depthView(w *words) []app.UI {
	m, text := p.summary, w.TasteAsDeep
	switch {
	case m.Depth > 1.5*m.CrowdDepth:
		text = w.TasteDeeper
	case 1.5*m.Depth < m.CrowdDepth:
		text = w.TasteNearer
	}
	if m.CrowdDepth == 0 { // no one did anything, and no item is better known than another
		return sentences(w.TasteNoCrowd)
	}
	return append([]app.UI{txt("p", "taste-number pictured", upTo(m.Depth))},
		sentences(fill(w.TasteDepthText, "p", upTo(m.Depth)), fill(text, "p", upTo(m.CrowdDepth)))...)
}

// upTo writes a share in percent that is not below it, with a decimal below 1.
func upTo(share float32) string {
	places, p := 0, float64(100*share)-1e-4
	if p < 1 {
		places, p = 1, math.Ceil(10*p)/10
	}
	if places == 0 {
		p = math.Ceil(p)
	}
	return decimal(float32(p), places) + "\u00a0%"
}

func decimal(v float32, places int) string { return strconv.FormatFloat(float64(v), 'f', places, 32) }

// crowdView sets the visitor's stars beside those of others.
func (p *tastePage) crowdView(w *words) []app.UI {
	m, text, follows := p.summary, w.TasteAsMany, w.TasteUnlike
	switch {
	case m.Beyond > 2*m.Doubt:
		text = w.TasteMore
	case m.Beyond < -2*m.Doubt:
		text = w.TasteLess
	}
	switch {
	case m.Least == m.Most: // one of them does not vary
		follows = ""
	case m.Least > 0:
		follows = w.TasteFollows
	case m.Most < 0:
		follows = w.TasteAgainst
	}
	return sentences(fill(text, "stars", decimal(max(m.Beyond, -m.Beyond), 1), "n", decimal(m.Compared, 0)),
		fill(follows, "r", decimal(m.Follows, 2), "least", decimal(m.Least, 2), "most", decimal(m.Most, 2)))
}

// guessView guesses stars, and says how far off such guesses are.
func (p *tastePage) guessView(s *store) []app.UI {
	w, m := s.words, p.summary
	off := decimal(float32(math.Ceil(float64(10*m.Off)-1e-4)/10), 1)
	rows := list(p.cards[:min(len(p.cards), len(m.Guesses))], func(i int, c protocol.Card) app.UI {
		return el("p", "taste-guess pictured", link("text-link", ItemURL(s.route.lang, c.ID), app.Text(c.Title)),
			txt("span", "", " ★\u00a0"+decimal(m.Guesses[i], 1)+"\u00a0±\u00a0"+off))
	})
	return append(rows, sentences(fill(w.TasteGuessText, "n", decimal(m.Tested, 0), "off", off, "mean", decimal(m.MeanOff, 2), "crowd", decimal(m.CrowdOff, 2)))...)
}
