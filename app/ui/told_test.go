//go:build !js

package ui

import (
	"strings"
	"testing"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// lateClient answers when it is told to.
type lateClient struct {
	client
	wait []func()
}

func (c *lateClient) ask(q protocol.Request, then func(reply)) {
	c.wait = append(c.wait, func() { c.client.ask(q, then) })
}

func (c *lateClient) deliver() {
	for len(c.wait) > 0 {
		do := c.wait[0]
		c.wait = c.wait[1:]
		do()
	}
}

// TestTitlesNameWhatArrived holds what the tab and search engines are told, before
// the engine answers and after.
func TestTitlesNameWhatArrived(t *testing.T) {
	for address, want := range map[string]struct{ before, after, about string }{
		"/":                {"", "", english.About},
		"/item/2":          {"", `Film "2" & <b> (1951) · Sparrow`, `Film "2" & <b> (1951) · Western. ` + english.Similar + ": "},
		"/zh/item/2":       {"", `Film "2" & <b> (1951) · Sparrow`, chinese.Similar + ": "},
		"/item/none":       {"", english.MissingItem + " · Sparrow", english.About},
		"/zh/item/none":    {"", chinese.MissingItem + " · Sparrow", chinese.About},
		"/genre/Drama":     {"Drama · Sparrow", "Drama · Sparrow", `Drama: Film "1" & <b>, `},
		"/browse":          {english.BrowseAll + " · Sparrow", english.BrowseAll + " · Sparrow", english.BrowseAll + ": Film"},
		"/for-you":         {english.ForYou + " · Sparrow", english.ForYou + " · Sparrow", english.About},
		"/zh/for-you":      {chinese.ForYou + " · Sparrow", chinese.ForYou + " · Sparrow", chinese.About},
		"/kept":            {english.Watchlist + " · Sparrow", english.Watchlist + " · Sparrow", english.About},
		"/profile":         {english.Profile + " · Sparrow", english.Profile + " · Sparrow", english.About},
		"/zh/profile":      {chinese.Profile + " · Sparrow", chinese.Profile + " · Sparrow", chinese.About},
		"/lab":             {english.Lab + " · Sparrow", english.Lab + " · Sparrow", english.LabAbout},
		"/search":          {english.Search + " · Sparrow", english.Search + " · Sparrow", english.About},
		"/search?q=fi%3Cb": {"Results for “fi<b” · Sparrow", "Results for “fi<b” · Sparrow", english.About},
		"/no/such/page":    {english.MissingTitle + " · Sparrow", english.MissingTitle + " · Sparrow", english.About},
	} {
		c := &lateClient{client: local(uitest.Planted(8))}
		s := newStore(c)
		s.open(parseRoute(at(t, address)))
		w := wordsOf(s.route.lang)
		name := func(title string) string {
			if title == "" {
				return w.Name + " · " + w.Tagline
			}
			return title
		}
		if got := s.told(); got[1] != name(want.before) || got[0] != HtmlLang(s.route.lang) {
			t.Errorf("%s before its answer: %q, want the title %q", address, got, name(want.before))
		}
		redrawn := ""
		s.redraw = func() { redrawn = s.told()[1] }
		c.deliver()
		if got := s.told(); got[1] != name(want.after) || !strings.Contains(got[2], want.about) || strings.HasSuffix(got[2], ": ") {
			t.Errorf("%s after its answer: %q, want the title %q about %q", address, got, name(want.after), want.about)
		}
		if redrawn != name(want.after) && redrawn != "" {
			t.Errorf("%s was last drawn as %q", address, redrawn)
		}
	}
}
