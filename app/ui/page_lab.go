package ui

import (
	"net/url"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	labCards  = 8  // of each way to compare
	labList   = 12 // of the visitor's list
	labProbes = 4  // cells that the quick search looks into until the visitor says otherwise
)

// labPage is for the curious and the student: what makes films alike, where
// each recommendation came from, what that took, how much a quick search
// misses, and a map. All of it is worked out by the engine; the page draws.
type labPage struct {
	id     catalog.ID // of the film that is compared; "" for the engine's choice
	movie  *protocol.Card
	ways   []protocol.Shelf
	failed *protocol.Error

	model      string
	list       protocol.Shelf
	cost       []float32 // milliseconds of each stage; nil where nobody has a clock
	candidates int
	judges     []string           // further models that the bundle carries
	usual      map[catalog.ID]int // the places of the usual list

	curve  []float32 // recall and share compared, for 1, 2, … cells
	probes int

	plane protocol.Shelf
}

func newLabPage(r route) *labPage {
	return &labPage{id: catalog.ID(r.query.Get("movie")), model: protocol.LabModels[0], probes: labProbes}
}

// labURL is the laboratory with the film id on the table.
func labURL(lang string, id catalog.ID) string {
	return Address(lang, "/lab") + "?movie=" + url.QueryEscape(string(id))
}

func (p *labPage) load(s *store) {
	s.ask(protocol.Request{Verb: protocol.Lab, Query: protocol.LabSimilar, ID: p.id, K: labCards}, func(r reply) {
		p.failed = r.Error
		if r.Error == nil {
			p.movie, p.ways = r.Movie, r.Shelves
		}
	})
	p.fetch(s)
	if !s.ready() { // what is large, or takes a clock, does not come with the page
		s.settled = false
		return
	}
	s.ask(protocol.Request{Verb: protocol.Lab, Query: protocol.LabMap, ID: p.id}, func(r reply) {
		if len(r.Shelves) > 0 {
			p.plane = r.Shelves[0]
		}
	})
	if len(p.curve) > 0 {
		return
	}
	s.ask(protocol.Request{Verb: protocol.Lab, Query: protocol.LabProbe}, func(r reply) {
		if len(r.Shelves) > 0 {
			p.curve = r.Shelves[0].Numbers
		}
	})
}

// fetch asks for the list of the chosen model.
func (p *labPage) fetch(s *store) {
	model := p.model
	s.ask(protocol.Request{Verb: protocol.Lab, Query: protocol.LabList, Sort: model, K: labList}, func(r reply) {
		if r.Error != nil || model != p.model || len(r.Shelves) == 0 {
			return
		}
		if model == protocol.LabModels[0] {
			p.usual = places(r.Shelves[0].Cards)
		}
		p.list, p.candidates, p.cost, p.judges = r.Shelves[0], r.Candidates, nil, nil
		for _, shelf := range r.Shelves[1:] {
			switch shelf.Kind {
			case "cost":
				p.cost = shelf.Numbers
			case "judge":
				p.judges = append(p.judges, shelf.Title)
			}
		}
	})
}

func (p *labPage) title(w *words) string { return w.Lab }
func (p *labPage) about(w *words) string { return w.LabAbout }

func (p *labPage) view(s *store) app.UI {
	w := s.words
	return el("div", "lab",
		el("div", "page-head", txt("h1", "page-title", w.Lab), txt("p", "lab-about", w.LabAbout)),
		p.similarView(s),
		p.mapView(s),
		p.listView(s),
		p.probeView(s),
	)
}

// labPart is a part of the page under a heading, with a sentence on what it shows.
func labPart(id, title, text string, body ...app.UI) app.UI {
	kids := append([]app.UI{txt("h2", "lab-title", title).Attr("id", id+"-title"), txt("p", "lab-text", text)}, body...)
	return el("section", "lab-part", kids...).Attr("id", id).Attr("aria-labelledby", id+"-title")
}

// waiting stands where something is still to come.
func waiting(w *words, class string) app.UI {
	return txt("div", "lab-waiting "+class, w.LabWaiting)
}

func (p *labPage) similarView(s *store) app.UI {
	w, lang := s.words, s.route.lang
	if p.failed != nil && p.movie == nil {
		return labPart("ways", w.LabWays, w.LabWaysText, txt("p", "lab-none", w.MissingMovie))
	}
	if p.movie == nil {
		return labPart("ways", w.LabWays, w.LabWaysText, waiting(w, "lab-waiting-ways"))
	}
	m := *p.movie
	return labPart("ways", w.LabWays, w.LabWaysText,
		el("div", "lab-film",
			posterOf(m, "lab-poster"),
			el("div", "lab-film-text",
				txt("p", "lab-film-title", m.Title), txt("p", "muted", cardMeta(w, m)),
				link("text-link", MovieURL(lang, m.ID), app.Text(w.LabOpen)),
				txt("p", "muted", w.LabChoose),
			)),
		el("div", "lab-ways", list(p.ways, func(_ int, shelf protocol.Shelf) app.UI { return wayColumn(s, shelf) })...),
	)
}

// wayColumn is what is alike in one way, each with how much.
func wayColumn(s *store, shelf protocol.Shelf) app.UI {
	w := s.words
	class := "lab-way"
	if shelf.Kind == "shown" {
		class += " lab-way-shown"
	}
	body := []app.UI{
		txt("h3", "lab-way-title", w.lab["way:"+shelf.Kind]),
		txt("p", "lab-way-about", w.lab["about:"+shelf.Kind]),
	}
	if len(shelf.Cards) == 0 {
		return el("div", class, append(body, txt("p", "lab-none", w.LabNone))...)
	}
	return el("div", class, append(body, el("ol", "lab-way-list", list(shelf.Cards, func(_ int, c protocol.Card) app.UI {
		return el("li", "",
			link("lab-link", labURL(s.route.lang, c.ID), app.Text(c.Title)),
			txt("span", "lab-number", hundredths(c.Score)))
	})...).Attr("data-way", shelf.Kind))...)
}

// hundredths is v with two decimals.
func hundredths(v float32) string {
	s := strconv.FormatFloat(float64(abs(v)), 'f', 2, 32)
	if v < 0 {
		return "−" + s
	}
	return s
}

// percent is a share as people say it.
func percent(v float32) string { return strconv.Itoa(int(100*v+0.5)) + " %" }
