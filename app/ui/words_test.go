//go:build !js

package ui

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/protocol"
)

// TestEveryWordExistsInEveryLanguage also checks that both languages fill in
// the same values.
func TestEveryWordExistsInEveryLanguage(t *testing.T) {
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	holes := regexp.MustCompile(`\{[a-z]+\}`)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		if en.Field(i).Kind() != reflect.String {
			continue
		}
		e, z := en.Field(i).String(), zh.Field(i).String()
		if e == "" || z == "" {
			t.Errorf("%s: English %q, Chinese %q: want both", name, e, z)
		}
		he, hz := holes.FindAllString(e, -1), holes.FindAllString(z, -1)
		slices.Sort(he)
		slices.Sort(hz)
		if !slices.Equal(he, hz) {
			t.Errorf("%s: English fills in %q, Chinese %q", name, he, hz)
		}
	}
	for _, names := range [][2]map[string]string{{english.features, chinese.features}, {english.lab, chinese.lab}} {
		for name := range names[0] {
			if names[1][name] == "" {
				t.Errorf("%s has no Chinese name", name)
			}
		}
		if len(names[0]) != len(names[1]) {
			t.Errorf("%d names in English, %d in Chinese", len(names[0]), len(names[1]))
		}
	}
}

// addressed finds words that speak of the visitor.
var addressed = regexp.MustCompile(`(?i)\byou(r|rs)?\b|你|您`)

// TestOnlyReasonsOfAHistorySpeakOfTheVisitor puts every kind of reason into
// words: those that are given without a history address no one.
func TestOnlyReasonsOfAHistorySpeakOfTheVisitor(t *testing.T) {
	for kind, about := range map[string]bool{
		"because": true, "rated": true, "viewed": true, "genre": true, "popular": false, "trending": false, "new": false,
		"same-tags": false, "same-genres": false, "same-title": false, "same-people": false, "same-run": false, "same-lists": false, "same-years": false,
	} {
		y := protocol.Why{Kind: kind, Title: "Heat", Names: []string{"Crime", "Drama"}}
		for _, w := range []*words{&english, &chinese} {
			said := w.why(y)
			if said == "" || strings.Contains(said, "{") {
				t.Errorf("%s: %q, want a sentence", kind, said)
			}
			if addressed.MatchString(said) != about {
				t.Errorf("%s: %q speaks of the visitor: %t, want %t", kind, said, !about, about)
			}
		}
	}
}

// TestWhatTheVisitorSaidIsNotContradicted: over an item that the visitor has
// spoken of no heading says whether it may be for them.
func TestWhatTheVisitorSaidIsNotContradicted(t *testing.T) {
	for _, score := range []float32{-3, 3} {
		for _, c := range []protocol.Card{
			{Action: protocol.Like}, {Action: protocol.Rate, Stars: 4}, {Action: protocol.Rate, Stars: 1}, {Action: protocol.Dislike}, {Action: protocol.NotInterested},
		} {
			if got := english.whyTitle(c, &protocol.Answer{Score: score}); got != english.WhyRated {
				t.Errorf("%s %g, score %g: %q, want %q", c.Action, c.Stars, score, got, english.WhyRated)
			}
		}
	}
	for score, want := range map[float32]string{-3: english.WhyNot, 3: english.WhyThis} {
		for _, action := range []protocol.Action{"", protocol.View} {
			if got := english.whyTitle(protocol.Card{Action: action}, &protocol.Answer{Score: score}); got != want {
				t.Errorf("%q, score %g: %q, want %q", action, score, got, want)
			}
		}
	}
}

func TestWhy(t *testing.T) {
	because := protocol.Why{Kind: "because", Title: "Heat"}
	for _, test := range []struct{ got, want string }{
		{english.why(because), "Because you liked Heat"},
		{chinese.why(protocol.Why{Kind: "because", Title: "盗火线"}), "因为你喜欢“盗火线”"},
		{english.why(protocol.Why{Kind: "genre", Title: "Sci-Fi"}), "You often like Science fiction"},
		{chinese.why(protocol.Why{Kind: "genre", Title: "Sci-Fi"}), "你常喜欢科幻类的条目"},
		{english.why(protocol.Why{Kind: "of a later version"}), ""},
		{english.reason(protocol.Card{Why: []protocol.Why{{Kind: "of a later version"}, because}}), "Because you liked Heat"},
		{english.number(1234567), "1,234,567"},
		{english.number(999), "999"},
		{english.stars(4), "4"},
		{english.stars(3.5), "3.5"},
		{english.size(949_000), "949 KB"},
		{english.feature("movieGenre2"), "Its genres"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
