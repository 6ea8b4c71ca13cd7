//go:build !js

package ui

import (
	"strings"
	"testing"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

func TestAnInterestIsNamed(t *testing.T) {
	genres := func(names ...string) protocol.Why { return protocol.Why{Kind: protocol.WhyGenres, Names: names} }
	years := func(decade string) protocol.Why { return protocol.Why{Kind: protocol.WhyYears, Title: decade} }
	tag := func(name string) protocol.Why { return protocol.Why{Kind: protocol.WhyTags, Names: []string{name}} }
	for _, test := range []struct {
		like   string
		why    []protocol.Why
		en, zh string
	}{
		{"", []protocol.Why{genres("Film-Noir"), years("1940")}, "Film noir of the 1940s", "1940 年代的黑色电影"},
		{"", []protocol.Why{genres("Animation", "Fantasy"), tag("studio ghibli")}, "Animation, Fantasy, “studio ghibli”", "动画、奇幻、“studio ghibli”"},
		{"", []protocol.Why{genres("Animation"), years("1990"), tag("disney")}, "Animation of the 1990s, “disney”", "1990 年代的动画、“disney”"},
		{"", []protocol.Why{years("1990")}, "Items of the 1990s", "1990 年代的条目"},
		{"Heat", nil, "like Heat", "“Heat”一类"},
		{"Heat", []protocol.Why{genres("Crime")}, "Crime, like Heat", "犯罪、“Heat”一类"},
	} {
		x := protocol.Shelf{Title: test.like, Why: test.why}
		if en, zh := english.interest(x), chinese.interest(x); en != test.en || zh != test.zh {
			t.Errorf("%+v is %q and %q, want %q and %q", x, en, zh, test.en, test.zh)
		}
	}
}

// TestTheListSaysWhatItServes draws the list of who likes two dramas and a western: its
// line is kept from the first drawing, filled after the reasons, and shows the likes of
// the one that is pressed.
func TestTheListSaysWhatItServes(t *testing.T) {
	s, c := heldAt(t, "/for-you")
	like(c.session.(*uitest.FakeSession), "3")
	s.load()
	p := s.page.(*forYouPage)
	html := drawnOf(s)
	if !strings.Contains(html, "interests") || strings.Contains(html, english.Interests) {
		t.Errorf("before the reasons the line is not there, or says something:\n%s", html)
	}
	c.held[len(c.held)-1]()
	html = drawnOf(s)
	contains(t, html, english.Interests, `<span class="chip-count">2</span>`, "Drama", `<span class="chip-count">1</span>`, "Western")
	if n := strings.Count(html, `aria-expanded="false"`); n != 2 || strings.Contains(html, "/item/3\"") {
		t.Errorf("%d interests are closed, want both and no like of them: %s", n, html)
	}
	p.interests.opened = 1
	html = drawnOf(s)
	contains(t, html, `/item/1"`, `/item/3"`)
	if n := strings.Count(html, `aria-expanded="false"`); n != 1 {
		t.Errorf("%d interests are closed, want one", n)
	}
}
