package ui

import (
	"net/url"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	labCards  = 8  // for each way to compare
	labList   = 12 // in the visitor's list
	labProbes = 4  // cells that the approximate search looks into until the visitor changes it
)

// labPage is for the curious and the student: what makes items alike, where
// each recommendation came from, what that took, how much an approximate search
// misses, and a map. The engine computes all of it; the page only draws.
type labPage struct {
	id     catalog.ID // of the item that is compared; "" for the engine's choice
	item   *protocol.Card
	ways   []protocol.Shelf
	failed *protocol.Error

	model      string   // that makes the list
	models     []string // that can make it; the engine's answer adds the bundle's further models
	cards      []protocol.Card
	stages     protocol.Stages
	candidates int
	usual      map[catalog.ID]int // rank of each item in the usual list

	curve  protocol.Curve
	probes int

	people string // the first person of the data set that the site has; "" for none
	asked  bool   // whether it has any

	mapped []protocol.Card // on the map, each at its point
	points protocol.Points
	dots   pieces
}

func newLabPage(r route) *labPage {
	return &labPage{id: catalog.ID(r.query.Get("item")), model: protocol.ModelRanked, models: protocol.LabModels, probes: labProbes}
}

// labURL returns the address of the Lab with the item id on the table.
func labURL(lang string, id catalog.ID) string {
	return Address(lang, "/lab") + "?item=" + url.QueryEscape(string(id))
}

func (p *labPage) load(s *store) {
	s.ask(protocol.Request{Verb: protocol.LabSimilar, ID: p.id, K: labCards}, func(r reply) {
		p.failed = r.Error
		if gone(r.Error) || outside(r.Error) {
			p.item = nil
		}
		if r.Error == nil {
			p.item, p.ways = r.Item, r.Shelves
			if int(p.dots) < len(p.mapped) { // the map may not have been drawn yet
				p.dots = 0
			}
			p.dots.grow(s, p, len(p.mapped), mapPiece)
		}
	})
	p.fetch(s)
	if !s.ready() { // what is large, or takes a clock, does not come with the page
		s.settled = false
		return
	}
	if !p.asked {
		p.asked = true
		firstUser(func(id string, _ news) {
			s.run(func() {
				p.people = id
				s.redraw()
			})
		})
	}
	s.ask(protocol.Request{Verb: protocol.LabMap, ID: p.id}, func(r reply) {
		if r.Error == nil {
			p.mapped, p.points = r.Cards, r.Points
			p.dots.grow(s, p, len(p.mapped), mapPiece)
		}
	})
	if len(p.curve.Recall) > 0 {
		return
	}
	s.ask(protocol.Request{Verb: protocol.LabProbe}, func(r reply) {
		p.curve = r.Curve
	})
}

// fetch requests the list of the chosen model, and the usual one where a newer
// bundle does not carry that model.
func (p *labPage) fetch(s *store) {
	model := p.model
	s.ask(protocol.Request{Verb: protocol.LabList, Model: model, K: labList}, func(r reply) {
		if model != p.model {
			return
		}
		if r.Error != nil {
			if r.Error.Code == "bad-request" && model != protocol.ModelRanked {
				p.model = protocol.ModelRanked
				p.fetch(s)
			}
			return
		}
		if model == protocol.ModelRanked {
			p.usual = places(r.Cards)
		}
		p.models, p.cards, p.stages, p.candidates = r.Models, r.Cards, r.Stages, r.Candidates
	})
}

// further requests which models there are once the bundle's second file is there. The
// list that is shown stays.
func (p *labPage) further(s *store) {
	s.ask(protocol.Request{Verb: protocol.LabList, Model: protocol.ModelRanked, K: 1}, func(r reply) {
		if r.Error == nil {
			p.models = r.Models
		}
	})
}

func (p *labPage) title(w *words) string { return w.Lab }
func (p *labPage) about(w *words) string { return w.LabAbout }

func (p *labPage) view(s *store) app.UI {
	w := s.words
	var people app.UI
	if p.people != "" {
		people = el("p", "lab-about", link("text-link", UserURL(s.route.lang, p.people), app.Text(w.UserLab))).Attr("id", "lab-users")
	}
	return el("div", "lab",
		el("div", "page-head", txt("h1", "page-title", w.Lab), txt("p", "lab-about", w.LabAbout), people),
		p.similarView(s),
		p.mapView(s),
		p.listView(s),
		p.probeView(s),
	)
}

// labPart draws a part of the page under a heading, with a sentence on what it
// shows.
func labPart(id, title, text string, body ...app.UI) app.UI {
	kids := append([]app.UI{txt("h2", "lab-title", title).Attr("id", id+"-title"), txt("p", "lab-text", text)}, body...)
	return el("section", "lab-part", kids...).Attr("id", id).Attr("aria-labelledby", id+"-title")
}

// waiting draws a placeholder for what is still to come.
func waiting(w *words, class string) app.UI {
	return txt("div", "lab-waiting "+class, w.LabWaiting)
}

func (p *labPage) similarView(s *store) app.UI {
	w, lang := s.words, s.route.lang
	if outside(p.failed) {
		return labPart("ways", w.LabWays, w.LabWaysText, outsideView(s))
	}
	if p.failed != nil && p.item == nil {
		return labPart("ways", w.LabWays, w.LabWaysText, txt("p", "lab-none", w.MissingItem))
	}
	if p.item == nil {
		return labPart("ways", w.LabWays, w.LabWaysText, waiting(w, "lab-waiting-ways"))
	}
	m := *p.item
	return labPart("ways", w.LabWays, w.LabWaysText,
		el("div", "lab-item",
			posterOf(m, "lab-poster"),
			el("div", "lab-item-text",
				txt("p", "lab-item-title", m.Title), txt("p", "muted", cardMeta(w, m)),
				link("text-link", ItemURL(lang, m.ID), app.Text(w.LabOpen)),
				txt("p", "muted", w.LabChoose),
			)),
		el("div", "lab-ways", list(p.ways, func(_ int, shelf protocol.Shelf) app.UI { return wayColumn(s, shelf, len(p.ways)) })...),
	)
}

// wayColumn draws the items that are alike in one of so many ways, each with its
// similarity.
func wayColumn(s *store, shelf protocol.Shelf, of int) app.UI {
	w := s.words
	class := "lab-way"
	if shelf.Kind == "shown" {
		class += " lab-way-shown"
	}
	body := []app.UI{
		txt("h3", "lab-way-title", w.lab["way:"+shelf.Kind]).Attr("data-of", strconv.Itoa(of)), // which one of how many, on a phone, where one goes sideways
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

// hundredths formats v with two decimals.
func hundredths(v float32) string {
	s := strconv.FormatFloat(float64(abs(v)), 'f', 2, 32)
	if v < 0 {
		return "−" + s
	}
	return s
}

// percent formats a share as a percentage.
func percent(v float32) string { return strconv.Itoa(int(100*v+0.5)) + " %" }
