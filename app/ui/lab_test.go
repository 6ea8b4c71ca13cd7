//go:build !js

package ui

import (
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// labAt returns the Lab at an address, with an engine that is ready.
func labAt(t *testing.T, address string) (*store, *labPage) {
	t.Helper()
	s := openAt(t, uitest.Planted(12), address)
	s.receive(news{kind: "ready"})
	return s, s.page.(*labPage)
}

func TestLabShowsAllParts(t *testing.T) {
	s, _ := labAt(t, "/lab")
	html := app.HTMLString(s.page.view(s))
	contains(t, html,
		"Film &#34;1&#34; &amp; &lt;b&gt;", "As shown", "0.88", english.LabNone, `href="/lab?item=3"`, `href="/item/1"`,
		"9 → 1", english.lab["source:transition"], "What this list took: 7.5 ms", "4.0 ms",
		"4 of 5 cells", "90 %", "40 %", `type="range"`)
	contains(t, html, "300 candidates considered", `<option value="DIN">Ranked by DIN</option>`)
}

// TestWhatDidNotComeIsTriedAgainOnline: once, when the network is back, and neither while
// it is away nor where nothing is missing or that is on its way.
func TestWhatDidNotComeIsTriedAgainOnline(t *testing.T) {
	s, client := heldAt(t, "/lab")
	back := func() {
		s.receive(news{kind: "network"})
		s.receive(news{kind: "network", online: true})
	}
	back()
	s.receive(news{kind: "lacking"})
	back()
	if client.tries != 0 {
		t.Errorf("tried %d times although nothing failed", client.tries)
	}
	s.receive(news{kind: "lacking", code: "network"})
	s.receive(news{kind: "network"})
	if client.tries != 0 {
		t.Error("tried again while the network is away")
	}
	s.receive(news{kind: "network", online: true})
	if client.tries != 1 {
		t.Errorf("tried again %d times when the network was back, want once", client.tries)
	}
}

// TestLabSaysWhatTheModelLacks: that the second file is on its way, that it did not come
// and why, with a way to try again; and nothing once they are there, or of another model.
func TestLabSaysWhatTheModelLacks(t *testing.T) {
	s, _ := labAt(t, "/lab")
	for _, c := range []struct {
		news news
		want string
	}{
		{news{kind: "lacking"}, english.LabComing},
		{news{kind: "lacking", code: "http", status: 404}, "error 404"},
		{news{kind: "lacking", code: "network"}, english.Retry},
		{news{kind: "lacking", code: "network"}, english.LackingNetwork},
		{news{kind: "lacking", code: "integrity"}, english.LackingIntegrity},
		{news{kind: "lacking", code: "decode"}, english.LackingDecode},
	} {
		s.receive(c.news)
		contains(t, app.HTMLString(s.page.view(s)), `id="lab-lacking"`, c.want)
	}
	for _, code := range []string{"network", "integrity", "decode", "engine"} {
		s.receive(news{kind: "lacking", code: code})
		_, start := english.cause(*s.lacking)
		if strings.Contains(html.UnescapeString(app.HTMLString(s.page.view(s))), start) {
			t.Errorf("%s: the Lab says of the second file what is true of a start: %s", code, start)
		}
	}
	for _, next := range []news{{kind: "complete"}, {kind: "ready", hash: "another"}} {
		s.receive(news{kind: "lacking"})
		s.receive(next)
		if html := app.HTMLString(s.page.view(s)); strings.Contains(html, "lab-lacking") {
			t.Errorf("after %q the Lab still lacks something", next.kind)
		}
	}
}

// TestLabSaysHowOldTheOverlayIs: where there is one that says when it was made.
func TestLabSaysHowOldTheOverlayIs(t *testing.T) {
	s, _ := labAt(t, "/lab")
	s.receive(news{kind: "live"})
	if html := app.HTMLString(s.page.view(s)); strings.Contains(html, "lab-live") {
		t.Error("the Lab speaks of an overlay that does not say when it was made")
	}
	s.receive(news{kind: "live", at: 1})
	contains(t, app.HTMLString(s.page.view(s)), `id="lab-live"`, "0 min ago")
	for _, c := range []struct {
		seconds  int64
		en, zhCN string
	}{{-5, "0 min", "0 分钟"}, {119 * 60, "119 min", "119 分钟"}, {120 * 60, "2 h", "2 小时"}, {47 * 3600, "47 h", "47 小时"}, {50 * 3600, "2 d", "2 天"}} {
		if en, zh := english.age(c.seconds), chinese.age(c.seconds); en != c.en || zh != c.zhCN {
			t.Errorf("age(%d) is %q and %q, want %q and %q", c.seconds, en, zh, c.en, c.zhCN)
		}
	}
}

// TestAPageAsksAgainForAnOverlay: at the start, in place of what it was rendered from, and
// when another one comes; not when a model takes over with the one of before.
func TestAPageAsksAgainForAnOverlay(t *testing.T) {
	client := &askedClient{heldClient: heldClient{session: uitest.Planted(12)}}
	s := newStore(client)
	s.open(parseRoute(at(t, "/browse")))
	s.receive(news{kind: "live", at: 1})
	s.receive(news{kind: "ready", hash: "one"})
	before := len(client.asked)
	s.receive(news{kind: "live", at: 2})
	if len(client.asked) != before {
		t.Error("asked again although nothing is another")
	}
	s.receive(news{kind: "live", at: 3, again: true})
	if len(client.asked) == before {
		t.Error("not asked again although lists may be others")
	}
}

// askedClient is a heldClient that notes what it is asked.
type askedClient struct {
	heldClient
	asked []protocol.Request
}

func (c *askedClient) ask(q protocol.Request, then func(reply)) {
	c.asked = append(c.asked, q)
	c.heldClient.ask(q, then)
}

// TestWhatIsShownStaysWhenTheSecondFileComes: no page asks for its list again; the Lab
// asks which models there are by now, and keeps its list all the same.
func TestWhatIsShownStaysWhenTheSecondFileComes(t *testing.T) {
	for _, address := range []string{"/", "/for-you", "/item/2", "/lab"} {
		f := uitest.Planted(20)
		like(f, "1")
		c := &askedClient{heldClient: heldClient{session: f}}
		s := newStore(c)
		s.open(parseRoute(at(t, address)))
		s.receive(news{kind: "ready"})
		s.receive(news{kind: "lacking"})
		lab, is := s.page.(*labPage)
		if is {
			lab.models, lab.cards[0].Title = nil, "As it was"
		}
		before := len(c.asked)
		s.receive(news{kind: "complete"})
		asked := c.asked[before:]
		switch {
		case !is && len(asked) != 0:
			t.Errorf("%s asks %+v", address, asked)
		case is && (len(asked) != 1 || asked[0].Verb != protocol.LabList || len(lab.models) == 0):
			t.Errorf("the Lab asks %+v, and has models %q", asked, lab.models)
		case is && (len(lab.cards) < 2 || lab.cards[0].Title != "As it was"):
			t.Errorf("the Lab's list is drawn again: %+v", lab.cards)
		}
	}
}

func TestLabBeforeTheEngineIsAwake(t *testing.T) {
	s := openAt(t, uitest.Planted(12), "/lab")
	html := app.HTMLString(s.page.view(s))
	contains(t, html, "As shown", "9 → 1", english.LabWaiting)
	if s.settled {
		t.Error("the page is settled: it would not ask for the map when the engine wakes")
	}
}

func TestLabTakesAItemFromTheAddress(t *testing.T) {
	s, p := labAt(t, "/zh/lab?item=3")
	if p.item == nil || p.item.ID != "3" {
		t.Errorf("on the table: %+v, want item 3", p.item)
	}
	contains(t, app.HTMLString(s.page.view(s)), chinese.LabWays, `href="/zh/lab?item=`)
	if got := s.route.address("en"); got != "/lab?item=3" {
		t.Errorf("the page in English is %s, want the same item", got)
	}
	s, _ = labAt(t, "/lab?item=none")
	contains(t, app.HTMLString(s.page.view(s)), english.MissingItem)
	box := &searchBox{S: s, Lang: "en"}
	if got := box.href("a&b"); got != "/lab?item=a%26b" {
		t.Errorf("search leads to %s, want the Lab's table", got)
	}
}

func TestLabSwitch(t *testing.T) {
	s, p := labAt(t, "/lab")
	var first []catalog.ID
	for _, model := range protocol.LabModels {
		p.model = model
		p.fetch(s)
		first = append(first, p.cards[0].ID)
		html := app.HTMLString(p.listView(s))
		if has := strings.Contains(html, "What this list took"); has != (model != protocol.ModelPopular) {
			t.Errorf("%s shows a time: %v", model, has)
		}
		contains(t, html, english.lab["model:"+model])
	}
	if got, want := p.summary(&english), "0 of 3 are on the usual list, too"; got != want { // items 4, 5, 6 and 1, 2, 3
		t.Errorf("summary %q, want %q", got, want)
	}
	if want := []catalog.ID{"1", "2", "3", "4"}; !slices.Equal(first, want) {
		t.Errorf("the lists begin %v, want %v", first, want)
	}
	p.model = "of an older bundle"
	if p.fetch(s); p.model != protocol.ModelRanked || p.cards[0].ID != "1" {
		t.Errorf("a model that is gone leaves %q and a list that begins %s, want the usual one", p.model, p.cards[0].ID)
	}
	if got := english.labName("model:", "tomorrow"); got != "tomorrow" {
		t.Errorf("a model without a name is called %q", got)
	}
}

func TestTasteMapHasOneTabStop(t *testing.T) {
	_, p := labAt(t, "/lab?item=5")
	m := &tasteMap{Lang: "en", Chosen: "5", Cards: p.mapped, Points: p.points, Drawn: len(p.mapped)}
	html := mount(t, m)
	if n := strings.Count(html, `class="dot dot-`); n != 12+4 { // and four in the legend
		t.Errorf("%d dots, want 12 and the legend's 4", n)
	}
	dots := strings.Split(html, "<a ")[1:]
	for i, a := range dots {
		tag, _, _ := strings.Cut(a, ">")
		if got, want := strings.Contains(tag, `tabindex="0"`), i == len(dots)-1; got != want {
			t.Errorf("dot %d takes the Tab key: %v, want only the chosen item, which is drawn last: %s", i, got, tag)
		}
		if !strings.Contains(tag, "aria-label=") || !strings.Contains(tag, `href="/lab?item=`) {
			t.Errorf("dot %d has no name or leads nowhere: %s", i, tag)
		}
	}
	contains(t, html, "dot-own", "dot-chosen", "Drama", "Western")

	// Drawn in part, the map has the item on the table and its Tab stop already.
	html = mount(t, &tasteMap{Lang: "en", Chosen: "5", Cards: p.mapped, Points: p.points, Drawn: 3})
	if n := strings.Count(html, "<a "); n != 4 || strings.Count(html, `tabindex="0"`) != 1 {
		t.Errorf("the first 3 dots and the chosen one are %d, with %d Tab stops", n, strings.Count(html, `tabindex="0"`))
	}
	contains(t, html, "aria-busy", "dot-chosen")
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

// TestLabSaysWhatMovedAnItem: the names of rules, which are the owner's text, and the places.
func TestLabSaysWhatMovedAnItem(t *testing.T) {
	for _, c := range []struct {
		origin protocol.Origin
		want   string
	}{
		{protocol.Origin{Source: "taste+pinned", Rules: []string{"<b>Winter</b>"}, Before: 7}, "Moved by “&lt;b&gt;Winter&lt;/b&gt;”: from place 7 to 1"},
		{protocol.Origin{Source: "pinned", Rules: []string{"", "push"}}, "Brought in by its own boost, “push”, at place 1"},
	} {
		contains(t, app.HTMLString(moved(&english, 1, protocol.Card{Origin: &c.origin})), c.want)
	}
	if got := moved(&english, 1, protocol.Card{Origin: &protocol.Origin{}}); got != nil {
		t.Errorf("an item that no rule moved has %v", got)
	}
}
