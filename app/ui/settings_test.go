//go:build !js

package ui

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// limited has lists held to two limits while a test runs.
func limited(t *testing.T) {
	limits = []vocabulary.Limit{
		{ID: "children", Filter: "genre=Children", Names: map[string]string{"en": "For children", "zh": "适合孩子"}},
		{ID: "calm", Filter: "not genre=War", Names: map[string]string{"en": "Nothing violent"}},
	}
	t.Cleanup(func() { limits = nil })
}

var everything = settings{popularity: -2, familiarity: 1, recency: 2, variety: 4,
	more: []string{"Drama", "Film-Noir"}, never: []string{`Say "No"`, "War"}, limits: []string{"children", "calm"},
	blocks: []block{{"", "a/b~1", "Star Wars"}, {"authors", "O'Brien / Co", "O'Brien / Co"}}}

func TestSettingsComeBackFromTheirAddress(t *testing.T) {
	limited(t)
	for _, want := range []settings{{}, {recency: -1}, everything} {
		q := want.query()
		if got := parseSettings(q); !cmp.Equal(want, got, cmp.AllowUnexported(settings{}, block{}), cmpopts.EquateEmpty()) {
			t.Errorf("%v of %q became %v", want, q.Encode(), got)
		}
		if want.none() != (len(q) == 0) {
			t.Errorf("%v is nothing: %v; its address is %q", want, want.none(), q.Encode())
		}
	}
	odd := url.Values{"popularity": {"9"}, "recency": {"x"}, "variety": {"-3"}, "more": {"War", "", "War"}, "never": {"War"}, "only": {"nothing", "calm"},
		"block": {"", "/", "//", "/1", "/1/", "x/", "none", "/1/Heat", "/1/Heat again", "authors/Ada", "%zz/Ada", strings.Repeat("x", 300) + "/Ada"}}
	want := settings{popularity: 2, never: []string{"War"}, limits: []string{"calm"}, blocks: []block{{"", "1", "Heat"}, {"authors", "Ada", "Ada"}}}
	if diff := cmp.Diff(want, parseSettings(odd), cmp.AllowUnexported(settings{}, block{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("an address with what there is not:\n%s", diff)
	}
}

func TestSettingsBecomeARequest(t *testing.T) {
	limited(t)
	var q protocol.Request
	everything.apply(&q)
	want := protocol.Request{Variety: 0.7, Leaning: protocol.Leaning{Popularity: -1, Familiarity: 0.5, Recency: 1, Genres: []string{"Drama", "Film-Noir"}},
		Filter:  `not genre in ("Say ""No""", "War") and (genre=Children) and (not genre=War)`,
		Blocked: []string{"=a/b~1", "authors=O'Brien / Co"}}
	if diff := cmp.Diff(want, q); diff != "" {
		t.Error(diff)
	}
}

// TestWhatIsSetIsSaid sets things one after the other: a line above the list names each, in
// both languages, until all of it is taken back.
func TestWhatIsSetIsSaid(t *testing.T) {
	limited(t)
	for lang, want := range map[string]string{
		"/for-you":    "You asked for: much less known, closer to your likes, much newer, much variety, more Drama, more Film noir, no Say &#34;No&#34;, no War, nothing of Star Wars, nothing of O&#39;Brien / Co, For children, Nothing violent",
		"/zh/for-you": "你的要求：冷门得多、离你的口味近些、年代近得多、很多样、多来剧情、多来黑色电影、不要Say &#34;No&#34;、不要战争、不要Star Wars、不要O&#39;Brien / Co、适合孩子、Nothing violent",
	} {
		f := uitest.Planted(20)
		s, _ := sharingAt(t, f, lang, sharing{})
		s.act(f.Cards[0], protocol.Like, 0)
		html := func() string { return app.HTMLString(s.page.view(s)) }
		if strings.Contains(html(), `class="wished"`) {
			t.Error("something is said to be set where nothing is")
		}
		s.wish(func() { s.settings = everything })
		contains(t, html(), want)
		s.wish(func() { s.settings = settings{} })
		if strings.Contains(html(), `class="wished"`) {
			t.Error("something is still said to be set")
		}
	}
}

func TestADrawnListSaysSo(t *testing.T) {
	f := uitest.Planted(20)
	s, _ := sharingAt(t, f, "/for-you", sharing{})
	s.act(f.Cards[0], protocol.Like, 0)
	p := s.page.(*forYouPage)
	p.draw = 7
	for i := range p.cards {
		p.cards[i].Origin = &protocol.Origin{Propensity: []float32{0.123, 0.001}[i%2]}
	}
	contains(t, app.HTMLString(p.view(s)), english.Surprised, "drawn with a chance of 12 %", "drawn with a chance of &lt; 1 %", english.SurpriseEnd)
}
