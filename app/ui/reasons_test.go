//go:build !js

package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// TestNoScoreContradictsTheVisitor draws an item's page for every word that can be
// said on it and for scores on both sides of where items start. What the page
// expects is said only of items on which the visitor said nothing.
func TestNoScoreContradictsTheVisitor(t *testing.T) {
	for _, test := range []struct {
		name        string
		action      protocol.Action
		stars       float32
		watch       bool
		above, lows func(*words) string // the heading of a score above the start, and below it
	}{
		{"nothing", "", 0, false, forYou, notForYou},
		{"a look", protocol.View, 0, false, forYou, notForYou},
		{"kept for later", "", 0, true, forYou, neither},
		{"a look, kept for later", protocol.View, 0, true, forYou, neither},
		{"liked", protocol.Like, 0, false, neither, neither},
		{"five stars", protocol.Rate, 5, false, neither, neither},
		{"four stars", protocol.Rate, 4, false, neither, neither},
		{"three stars", protocol.Rate, 3, false, neither, neither},
		{"one star", protocol.Rate, 1, false, neither, neither},
		{"disliked", protocol.Dislike, 0, false, neither, neither},
		{"not for me", protocol.NotInterested, 0, false, neither, neither},
		{"not for me, kept for later", protocol.NotInterested, 0, true, neither, neither},
	} {
		for score, want := range map[float32]func(*words) string{0.5: test.above, -0.5: test.lows} {
			for lang, w := range languages {
				f := uitest.Planted(4)
				s := openAt(t, f, InLanguage(lang, "/item/1"))
				p := s.page.(*itemPage)
				p.item.Action, p.item.Stars, p.item.Watch = test.action, test.stars, test.watch
				p.explain = &protocol.Answer{Score: score, Reasons: []protocol.Reason{{Feature: "movieId", Contribution: score}}}
				html := app.HTMLString((&root{s: s}).Render())
				for _, heading := range []func(*words) string{forYou, notForYou, neither} {
					if got := strings.Contains(html, ">"+attr(heading(w))+"<"); got != (heading(w) == want(w)) {
						t.Errorf("%s, score %v: the page says %q: %v", test.name, score, heading(w), got)
					}
				}
			}
		}
	}
}

func forYou(w *words) string    { return w.WhyThis }
func notForYou(w *words) string { return w.WhyNot }
func neither(w *words) string   { return w.WhyRated }

// TestTheNumberOfRatingsStandsBesideTheMean draws the places where stars stand.
func TestTheNumberOfRatingsStandsBesideTheMean(t *testing.T) {
	c := protocol.Card{ID: "6", Title: "Heat", Year: 1995, Genres: []string{"Crime", "Thriller", "Action"}, Mean: 3.94, Count: 1102}
	unrated := protocol.Card{ID: "7", Title: "Ronin", Year: 1998, Count: 12} // chosen by twelve, of whom none gave stars
	s := openAt(t, uitest.Planted(2), "/")
	for _, test := range []struct{ got, want string }{
		{cardMeta(&english, c), "1995 · Crime, Thriller · ★\u00a03.9 from 1,102"},
		{cardMeta(&chinese, c), "1995 · 犯罪、惊悚 · ★\u00a03.9（1,102 人）"},
		{heroMeta(&english, c), "1995 · Crime, Thriller, Action · ★\u00a03.9 · 1,102 ratings"},
		{heroMeta(&chinese, c), "1995 · 犯罪、惊悚、动作 · ★\u00a03.9 · 1,102 人评分"},
		{cardMeta(&english, unrated), "1998"},
		{heroMeta(&english, unrated), "1998"},
		{heroMeta(&english, protocol.Card{}), ""},
		{cardMeta(&english, protocol.Card{}), ""},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	contains(t, mount(t, newCard(s, c, 0)), "★\u00a03.9 from 1,102")
	contains(t, app.HTMLString(crowd(&english, c)), "★\u00a03.9", "1,102 ratings")
}

// TestEveryKindOfReasonHasWords: a kind that the session gives is a sentence in
// every language, and only kinds of the visitor address them.
func TestEveryKindOfReasonHasWords(t *testing.T) {
	visitor := []string{protocol.WhyLiked, protocol.WhyRated, protocol.WhyViewed, protocol.WhyGenre, protocol.WhyHistory, protocol.WhyTaste, protocol.WhySome}
	others := []string{protocol.WhyAfter, protocol.WhyWith, protocol.WhyCrowd, protocol.WhyPopular, protocol.WhyTrending, protocol.WhyNew,
		protocol.WhyTags, protocol.WhyGenres, protocol.WhyPeople, protocol.WhyRun, protocol.WhyLists, protocol.WhyTitle, protocol.WhySeries, protocol.WhyYears}
	seen := map[string]string{}
	for lang, w := range languages {
		for _, kind := range append(slices.Clone(visitor), others...) {
			text := w.why(protocol.Why{Kind: kind, Title: "Heat", Names: []string{"Crime", "Western"}})
			if text == "" || strings.ContainsAny(text, "{}") || seen[lang+text] != "" {
				t.Errorf("%s: %q says %q, which is nothing, not filled in, or what %q says", lang, kind, text, seen[lang+text])
			}
			seen[lang+text] = kind
			if of := slices.Contains(visitor, kind); of != (strings.Contains(strings.ToLower(text), "you") || strings.Contains(text, "你")) {
				t.Errorf("%s: %q says %q: of the visitor %v", lang, kind, text, of)
			}
		}
	}
	if got, want := english.why(protocol.Why{Kind: protocol.WhyTags, Names: []string{"heist", "time travel"}}), "Also tagged “heist”, “time travel”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := english.why(protocol.Why{Kind: protocol.WhyYears}), "From the same years"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := english.why(protocol.Why{Kind: protocol.WhyYears, Names: []string{"Comedy"}}), "Also Comedy, from the same years"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := chinese.why(protocol.Why{Kind: protocol.WhyGenres, Names: []string{"Crime", "Western"}}), "同属犯罪、西部类"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
