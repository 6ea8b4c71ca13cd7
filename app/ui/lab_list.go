package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// listView draws the visitor's list, how each item came onto it, and what that
// took.
func (p *labPage) listView(s *store) app.UI {
	w := s.words
	var models []choice
	for _, m := range p.models {
		name, ok := w.lab["model:"+m]
		if !ok { // one of the bundle's further models
			name = fill(w.LabRankedBy, "name", m)
		}
		models = append(models, choice{m, name})
	}
	text := w.LabListText
	if s.history() == 0 {
		text += " " + w.LabNewVisitor
	}
	body := []app.UI{el("div", "lab-switch",
		picker("lab-model", w.LabModel, p.model, models, func(v string) {
			p.model = v
			p.fetch(s)
		}, strconv.Itoa(s.visit)),
		txt("p", "muted", p.summary(w)).Attr("role", "status"),
	)}
	if s.lacking != nil {
		body = append(body, lacking(s))
	}
	if s.live > 0 {
		body = append(body, txt("p", "muted", fill(w.LabLive, "age", w.age(now()-s.live))).Attr("id", "lab-live"))
	}
	if len(p.cards) == 0 {
		return labPart("list", w.LabList, text, append(body, waiting(w, "lab-waiting-list"))...)
	}
	cell := func(tag, class, text string) app.UI { return txt(tag, class, text).Attr("scope", "col") }
	body = append(body, el("table", "lab-table",
		txt("caption", "only-read", w.LabList+": "+w.labName("model:", p.model)),
		el("thead", "", el("tr", "",
			cell("th", "lab-place", w.LabPlace), cell("th", "", w.LabColumn), cell("th", "lab-move", w.LabMove), cell("th", "lab-number", w.WhySum))),
		el("tbody", "", list(p.cards, func(i int, c protocol.Card) app.UI { return p.line(s, i, c) })...),
	))
	return labPart("list", w.LabList, text, append(body, p.stagesView(w))...)
}

// lacking draws that the bundle's second file, with the rest of its lists and any
// further models, is not there, and why.
func lacking(s *store) app.UI {
	w := s.words
	if s.lacking.code == "" {
		return txt("p", "muted", w.LabComing).Attr("id", "lab-lacking").Attr("role", "status")
	}
	why := ""
	switch s.lacking.code {
	case "network":
		why = w.LackingNetwork
	case "integrity":
		why = w.LackingIntegrity
	case "decode":
		why = w.LackingDecode
	case "engine": // which goes on
	default:
		_, why = w.cause(*s.lacking)
	}
	return el("div", "", txt("p", "muted", w.LabLacking+" "+why), button("button", "complete", func(app.Context) {
		s.client.complete()
	}, app.Text(w.Retry))).Attr("id", "lab-lacking").Attr("role", "status")
}

// summary returns a sentence: how many items were considered, and how many of
// the list are on the usual list.
func (p *labPage) summary(w *words) string {
	text := when(p.candidates > 0, fill(w.RankedFrom, "n", w.number(p.candidates)))
	if p.model == protocol.ModelRanked {
		return text
	}
	shared := 0
	for _, c := range p.cards {
		if _, ok := p.usual[c.ID]; ok {
			shared++
		}
	}
	if text != "" {
		text += " · "
	}
	return text + fill(w.LabShared, "n", strconv.Itoa(shared), "all", strconv.Itoa(len(p.cards)))
}

// line draws the i-th item of the list.
func (p *labPage) line(s *store, i int, c protocol.Card) app.UI {
	w := s.words
	var sources []string
	score := "–"
	if c.Origin != nil {
		sources = strings.Split(c.Origin.Source, "+")
		score = hundredths(c.Score)
	}
	return el("tr", "",
		txt("td", "lab-place", strconv.Itoa(i+1)),
		el("th", "lab-item-cell", el("div", "lab-item-line",
			link("lab-link", labURL(s.route.lang, c.ID), app.Text(c.Title)),
			el("span", "lab-sources", list(sources, func(_ int, name string) app.UI {
				return txt("span", "lab-source lab-source-"+name, w.labName("source:", name))
			})...),
		), moved(w, i+1, c)).Attr("scope", "row"),
		el("td", "lab-move", move(w, c)...),
		txt("td", "lab-number", score),
	).Attr("data-lab-item", attr(string(c.ID)))
}

// moved says which rules of the owner moved the item at a place, and from where; nothing where
// none did.
func moved(w *words, place int, c protocol.Card) app.UI {
	if c.Origin == nil || len(c.Origin.Rules) == 0 {
		return nil
	}
	names := make([]string, len(c.Origin.Rules))
	for i, name := range c.Origin.Rules {
		if names[i] = fill(w.LabRule, "name", name); name == "" {
			names[i] = w.LabOwnBoost
		}
	}
	text := w.LabMoved
	if c.Origin.Before == 0 {
		text = w.LabMovedIn
	}
	return txt("p", "muted", fill(text, "rules", strings.Join(names, w.LabRuleJoin), "from", strconv.Itoa(c.Origin.Before), "to", strconv.Itoa(place)))
}

// move draws the ranks that an item of the list had after retrieval and after
// ranking.
func move(w *words, c protocol.Card) []app.UI {
	if c.Origin == nil {
		return []app.UI{app.Text("–")}
	}
	was, is := c.Origin.Retrieved, c.Origin.Ranked
	if is == 0 {
		return []app.UI{app.Text(strconv.Itoa(was))}
	}
	line := []app.UI{app.Text(strconv.Itoa(was) + " → " + strconv.Itoa(is))}
	switch {
	case is < was:
		line = append(line, txt("span", "lab-up", " ↑").Attr("aria-hidden", "true"), txt("span", "only-read", fill(w.MovedUp, "n", strconv.Itoa(was-is))))
	case is > was:
		line = append(line, txt("span", "lab-down", " ↓").Attr("aria-hidden", "true"), txt("span", "only-read", fill(w.MovedDown, "n", strconv.Itoa(is-was))))
	}
	return line
}

// stagesView draws the time of each stage, the longest as a full bar. Without a
// clock it is nothing.
func (p *labPage) stagesView(w *words) app.UI {
	var most, sum float32
	for _, ms := range p.stages.Milliseconds {
		most, sum = max(most, ms), sum+ms
	}
	if sum <= 0 {
		return nil
	}
	return el("div", "lab-cost",
		txt("h3", "panel-sub", fill(w.LabCost, "ms", millis(float64(sum)))),
		el("dl", "shares", list(p.stages.Milliseconds, func(i int, ms float32) app.UI {
			return el("div", "share",
				txt("dt", "", w.labName("stage:", p.stages.Names[i])),
				el("dd", "", el("span", "share-bar", svg("0 0 100 8", rect("bar-plain", 0, 0, 100*ms/most, 8))),
					txt("span", "share-number lab-ms", millis(float64(ms))+" ms")))
		})...))
}

// labName returns the page's name for a thing of the engine: the engine's own
// name where there is no other yet.
func (w *words) labName(kind, name string) string {
	if s, ok := w.lab[kind+name]; ok {
		return s
	}
	return name
}
