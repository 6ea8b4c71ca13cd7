//go:build !js

package ui

import (
	"strings"
	"sync"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// mount draws c as a browser would first show it and returns its HTML.
func mount(t *testing.T, c app.Composer) string {
	t.Helper()
	e := app.NewTestEngine()
	if err := e.Load(c); err != nil {
		t.Fatal(err)
	}
	e.ConsumeAll()
	return app.HTMLString(c)
}

func contains(t *testing.T, html string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(html, w) {
			t.Errorf("HTML lacks %q:\n%s", w, html)
		}
	}
}

func TestCard(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/")
	c := newCard(s, protocol.Card{ID: "6", Title: "Heat", Year: 1995, Genres: []string{"Action"}, Mean: 3.9, Count: 102,
		Action: protocol.Like, Why: []protocol.Why{{Kind: "because", Title: "Ronin"}}}, 0)
	contains(t, mount(t, c), `href="/item/6"`, "Heat", "1995 · Action", "★\u00a03.9 from 102", "Because you liked Ronin",
		`aria-label="Like Heat"`, `aria-pressed="false"`, "data:image/svg+xml")
	if err := app.TestMatch(c, app.TestUIDescriptor{
		Path: app.TestPath(0, 0, 1, 0), Expected: app.Elem("p").Class("card-title")}); err != nil {
		t.Error(err)
	}
}

func TestHostileTitleStaysText(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/")
	html := mount(t, newCard(s, protocol.Card{ID: `"><script>`, Title: `"><img src=x onerror=alert(1)>`, Image: "javascript:alert(1)"}, 0))
	for _, bad := range []string{"<script", "<img src=x", "javascript:"} {
		if strings.Contains(html, bad) {
			t.Errorf("HTML holds %q:\n%s", bad, html)
		}
	}
}

func TestRowHasOneTabStop(t *testing.T) {
	s := openAt(t, uitest.Planted(8), "/")
	html := mount(t, newRow(s, "r", listHome+"genre", "Dramas", "/genre/Drama", nil, uitest.Planted(8).Cards))
	if n := strings.Count(html, `class="card-link"`); n != 8 {
		t.Errorf("%d cards, want 8", n)
	}
	stops := 0
	for _, a := range strings.Split(html, "<a ")[1:] {
		if tag, _, _ := strings.Cut(a, ">"); strings.Contains(tag, "card-link") && strings.Contains(tag, `tabindex="0"`) {
			stops++
		}
	}
	if stops != 1 {
		t.Errorf("%d cards take the Tab key, want 1", stops)
	}
}

func TestStarRating(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/")
	r := &starRating{S: s, Lang: "en", Item: protocol.Card{ID: "1", Title: "Heat", Action: protocol.Rate, Stars: 3.5}}
	html := mount(t, r)
	contains(t, html, `role="slider"`, `aria-valuenow="3.5"`, `aria-valuetext="3.5 of 5 stars"`)
	if n := strings.Count(html, "half-on"); n != 7 {
		t.Errorf("%d half stars are lit, want 7", n)
	}
}

func TestReasonsAddUp(t *testing.T) {
	a := protocol.Answer{Base: 0.5, Score: 0.5 + 8*0.25}
	for range 8 {
		a.Reasons = append(a.Reasons, protocol.Reason{Feature: "genreAffinity", Value: "Drama", Contribution: 0.25})
	}
	s := openAt(t, uitest.Planted(2), "/")
	html := app.HTMLString(reasonBars(s, a))
	contains(t, html, "How often you choose its genres", "Drama", "2 smaller reasons together", "+0.50", "+2.50")
	if n := strings.Count(html, "<rect"); n != shown+1 {
		t.Errorf("%d bars, want %d", n, shown+1)
	}
}

func TestStates(t *testing.T) {
	for _, test := range []struct {
		name, address string
		change        func(*store)
		want          string
	}{
		{"unknown address", "/nowhere", nil, english.MissingTitle},
		{"unknown item", "/item/none", nil, english.MissingItem},
		{"empty watchlist", "/kept", nil, english.WatchEmpty},
		{"empty profile", "/profile", nil, english.TasteEmpty},
		{"search without hit", "/search?q=zzz", nil, english.SearchNone},
		{"no item in a decade", "/browse?decade=1900", nil, english.NoneFound},
		{"in Chinese", "/zh/kept", nil, chinese.WatchEmpty},
		{"broken model", "/", func(s *store) { s.receive(news{kind: "failed", code: "integrity"}) }, english.FailedIntegrity},
		{"broken model, an older one answers", "/", func(s *store) { s.receive(news{kind: "failed", code: "network", kept: true}) }, english.FailedKept},
		{"update waits", "/", func(s *store) { s.receive(news{kind: "update"}) }, english.UpdateNow},
		{"offline", "/", func(s *store) { s.receive(news{kind: "ready"}); s.receive(news{kind: "network"}) }, english.Offline},
		{"offline, not all here", "/", func(s *store) {
			s.receive(news{kind: "ready"})
			s.receive(news{kind: "lacking", code: "network"})
			s.receive(news{kind: "network"})
		}, ">" + english.OfflineLacking + "<"},
		{"storage refused", "/profile", func(s *store) { s.receive(news{kind: "ready"}) }, english.NotDurable},
		{"erase says that others keep theirs", "/profile", func(s *store) { s.people.add(person{Name: "Ann"}); s.page.(*profilePage).sure = true }, english.EraseSure + " " + english.EraseOthers},
		{"erase asks first", "/profile", func(s *store) { s.page.(*profilePage).sure = true }, english.EraseSure},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openAt(t, uitest.Planted(4), test.address)
			if test.change != nil {
				test.change(s)
			}
			contains(t, app.HTMLString((&root{s: s}).Render()), test.want)
		})
	}
}

// TestNoYearsNoDecades: a catalog without years, times and stars offers neither
// decades nor the orders that need them, and claims no date.
func TestNoYearsNoDecades(t *testing.T) {
	bare := uitest.Planted(4)
	for i := range bare.Cards {
		bare.Cards[i].Year, bare.Cards[i].Mean = 0, 0
	}
	for _, test := range []struct {
		f      *uitest.FakeSession
		wanted bool
	}{{bare, false}, {uitest.Planted(4), true}} {
		html := app.HTMLString((&root{s: openAt(t, test.f, "/browse")}).Render())
		for _, text := range []string{english.AllDecades, "1950s", english.SortNew, english.SortRating} {
			if strings.Contains(html, text) != test.wanted {
				t.Errorf("years %t: %q shown: %t", test.wanted, text, !test.wanted)
			}
		}
	}
	s := openAt(t, bare, "/item/1")
	if html := app.HTMLString((&root{s: s}).Render()); strings.Contains(html, "item-year") {
		t.Error("the page of an item without a year has a line for it")
	}
	s = openAt(t, bare, "/profile")
	s.page.load(s)
	if html := app.HTMLString((&root{s: s}).Render()); strings.Contains(html, "up to") || !strings.Contains(html, "4 items.") {
		t.Error("the profile says up to when data without times goes")
	}
}

// local returns a client of s in this process.
func local(s Session) *localClient {
	return &localClient{session: s, lock: new(sync.Mutex), answers: seeds{}}
}

// TestSearchSaysAllOnlyOfAll: a full page of results need not be all there are.
func TestSearchSaysAllOnlyOfAll(t *testing.T) {
	if got := searchCount(&english, searchResults); got != english.SearchFirst {
		t.Errorf("%d results are called %q", searchResults, got)
	}
	if got := searchCount(&english, searchResults-1); got != english.SearchCount {
		t.Errorf("%d results are called %q", searchResults-1, got)
	}
	for _, w := range []*words{&english, &chinese} {
		if title := (&searchPage{query: "a"}).title(w); strings.Contains(title, "All") || strings.Contains(title, "全部") {
			t.Errorf("the title %q promises all", title)
		}
	}
}
