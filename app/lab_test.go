//go:build !js

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// labAnswer is what an engine with a clock says to the laboratory: every list begins
// with another film.
func (f *fakeSession) labAnswer(q protocol.Request) protocol.Answer {
	c := f.find(q.ID)
	if q.ID == "" {
		c = &f.cards[0]
	}
	if c == nil {
		return protocol.Answer{Error: &protocol.Error{Code: "unknown-movie", Text: "No such movie."}}
	}
	switch q.Query {
	case protocol.LabSimilar:
		a := protocol.Answer{Movie: c}
		for i, kind := range []string{"taste", "next", "genres", "tags", "title", "shown"} {
			shelf := protocol.Shelf{Kind: kind}
			if kind != "tags" {
				shelf.Cards = slices.Clone(f.cards[i+1 : i+3])
				shelf.Cards[0].Score = 0.875
			}
			a.Shelves = append(a.Shelves, shelf)
		}
		return a
	case protocol.LabList:
		at := max(0, slices.Index(protocol.LabModels, q.Sort))
		list := protocol.Shelf{Cards: slices.Clone(f.cards[at : at+3])}
		if q.Sort == "popular" {
			return protocol.Answer{Shelves: []protocol.Shelf{list}}
		}
		list.Numbers = []float32{9, 1, 2, 4, 5, 5}
		for i := range list.Cards {
			list.Cards[i].Score, list.Cards[i].Origin = 1.5, &protocol.Origin{Source: "taste+transition"}
		}
		return protocol.Answer{Candidates: 300, Shelves: []protocol.Shelf{list, {Kind: "cost", Numbers: []float32{4, 2, 0.5, 1}}, {Kind: "judge", Title: "DIN"}}}
	case protocol.LabProbe:
		return protocol.Answer{Shelves: []protocol.Shelf{{Numbers: []float32{0.5, 0.1, 0.7, 0.2, 0.8, 0.3, 0.9, 0.4, 1, 1}}}}
	case protocol.LabMap:
		plane := protocol.Shelf{Cards: slices.Clone(f.cards)}
		plane.Cards[2].Action = protocol.Like
		for i := range f.cards {
			plane.Numbers = append(plane.Numbers, float32(i), float32(i%3))
		}
		return protocol.Answer{Shelves: []protocol.Shelf{plane}}
	}
	return protocol.Answer{}
}

// labAt is the laboratory at an address, with an engine that is awake.
func labAt(t *testing.T, address string) (*store, *labPage) {
	t.Helper()
	s := openAt(t, planted(12), address)
	s.hear(news{kind: "ready"})
	return s, s.page.(*labPage)
}

func TestLabShowsAllParts(t *testing.T) {
	s, _ := labAt(t, "/lab")
	html := app.HTMLString(s.page.view(s))
	contains(t, html,
		"Film &#34;1&#34; &amp; &lt;b&gt;", "As shown", "0.88", english.LabNone, `href="/lab?movie=3"`, `href="/movie/1"`,
		"9 → 1", english.lab["source:transition"], "What this list took: 7.5 ms", "4.0 ms",
		"4 of 5 cells", "90 %", "40 %", `type="range"`)
	contains(t, html, "300 candidates considered", `<option value="DIN">Ranked by DIN</option>`)
}

func TestLabBeforeTheEngineIsAwake(t *testing.T) {
	s := openAt(t, planted(12), "/lab")
	html := app.HTMLString(s.page.view(s))
	contains(t, html, "As shown", "9 → 1", english.LabWaiting)
	if s.settled {
		t.Error("the page is settled: it would not ask for the map when the engine wakes")
	}
}

func TestLabTakesAFilmFromTheAddress(t *testing.T) {
	s, p := labAt(t, "/zh/lab?movie=3")
	if p.movie == nil || p.movie.ID != "3" {
		t.Errorf("on the table: %+v, want film 3", p.movie)
	}
	contains(t, app.HTMLString(s.page.view(s)), chinese.LabWays, `href="/zh/lab?movie=`)
	if got := s.route.address("en"); got != "/lab?movie=3" {
		t.Errorf("the page in English is %s, want the same film", got)
	}
	s, _ = labAt(t, "/lab?movie=none")
	contains(t, app.HTMLString(s.page.view(s)), english.MissingMovie)
	box := &searchBox{S: s, Lang: "en"}
	if got := box.href("a&b"); got != "/lab?movie=a%26b" {
		t.Errorf("search leads to %s, want the laboratory's table", got)
	}
}

func TestLabSwitch(t *testing.T) {
	s, p := labAt(t, "/lab")
	var first []catalog.ID
	for _, model := range protocol.LabModels {
		p.model = model
		p.fetch(s)
		first = append(first, p.list.Cards[0].ID)
		html := app.HTMLString(p.listView(s))
		if has := strings.Contains(html, "What this list took"); has != (model != "popular") {
			t.Errorf("%s tells a time: %v", model, has)
		}
		contains(t, html, english.lab["model:"+model])
	}
	if got, want := p.summary(&english), "0 of 3 are on the usual list, too"; got != want { // films 4, 5, 6 and 1, 2, 3
		t.Errorf("summary %q, want %q", got, want)
	}
	if want := []catalog.ID{"1", "2", "3", "4"}; !slices.Equal(first, want) {
		t.Errorf("the lists begin %v, want %v", first, want)
	}
	if got := english.labName("model:", "tomorrow"); got != "tomorrow" {
		t.Errorf("a model without a name is called %q", got)
	}
}

func TestTasteMapHasOneTabStop(t *testing.T) {
	_, p := labAt(t, "/lab?movie=5")
	m := &tasteMap{Lang: "en", Chosen: "5", Cards: p.plane.Cards, Points: p.plane.Numbers}
	html := mount(t, m)
	if n := strings.Count(html, `class="dot dot-`); n != 12+4 { // and four in the legend
		t.Errorf("%d dots, want 12 and the legend's 4", n)
	}
	dots := strings.Split(html, "<a ")[1:]
	for i, a := range dots {
		tag, _, _ := strings.Cut(a, ">")
		if got, want := strings.Contains(tag, `tabindex="0"`), i == len(dots)-1; got != want {
			t.Errorf("dot %d takes the Tab key: %v, want only the chosen film, which is drawn last: %s", i, got, tag)
		}
		if !strings.Contains(tag, "aria-label=") || !strings.Contains(tag, `href="/lab?movie=`) {
			t.Errorf("dot %d has no name or leads nowhere: %s", i, tag)
		}
	}
	contains(t, html, "dot-own", "dot-chosen", "Drama", "Western")
}

func TestToward(t *testing.T) {
	//  2     3
	//     0     1
	//        4
	x, y := []float32{0, 10, -4, 3, 4}, []float32{0, 0, -3, -5, 6}
	for _, c := range []struct {
		name   string
		dx, dy float32
		want   int
	}{{"right", 1, 0, 1}, {"left", -1, 0, 2}, {"up", 0, -1, 3}, {"down", 0, 1, 4}} {
		if got := toward(x, y, 0, c.dx, c.dy); got != c.want {
			t.Errorf("%s leads to dot %d, want %d", c.name, got, c.want)
		}
	}
	if got := toward(x, y, 1, 1, 0); got != 1 {
		t.Errorf("right of the last dot is %d, want the dot itself", got)
	}
}
