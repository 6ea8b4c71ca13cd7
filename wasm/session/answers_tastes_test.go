//go:build !js

package session

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestGroupsOfTheDemo: six groups of known films; what a group is called is true of each of them, no two
// are called the same, none comes again, and none has what the visitor has spoken of.
func TestGroupsOfTheDemo(t *testing.T) {
	s := demo(t)
	first := ask(t, s, protocol.Request{Verb: protocol.Groups, K: 6}).Shelves[0].Cards[0]
	do(t, s, first.ID, protocol.Like, 0, 1e9)
	q := protocol.Request{Verb: protocol.Groups, K: 6}
	seen := map[catalog.ID]bool{first.ID: true}
	for range 3 {
		groups := ask(t, s, q).Shelves
		if len(groups) != 6 {
			t.Fatalf("%d groups, want 6", len(groups))
		}
		for i, g := range groups {
			var titles []string
			for _, c := range g.Cards {
				titles = append(titles, c.Title)
				if seen[c.ID] || c.Action != "" || c.Count < 50 {
					t.Errorf("%q is in another group, was spoken of or is known to %d", c.Title, c.Count)
				}
				seen[c.ID] = true
				q.Exclude = append(q.Exclude, c.ID)
				for _, y := range g.Why {
					trueOf(t, s, c, y)
				}
			}
			t.Logf("%q %+v %q", g.Title, g.Why, titles)
			if g.Kind != "group" || len(titles) < 3 || len(titles) > 4 || g.Title == "" && len(g.Why) == 0 || g.Title != "" && g.Title != titles[0] {
				t.Errorf("%+v is no group with a name", g)
			}
			for _, other := range groups[:i] {
				if cmp.Equal(g.Why, other.Why) && g.Title == other.Title {
					t.Errorf("two groups are called %+v", g.Why)
				}
			}
		}
	}
}

// trueOf reports where y is not true of c.
func trueOf(t *testing.T, s *Session, c protocol.Card, y protocol.Why) {
	t.Helper()
	r, _ := s.catalog.Row(c.ID)
	var has []string
	switch y.Kind {
	case protocol.WhyGenres:
		has = c.Genres
	case protocol.WhyTags:
		for _, tag := range s.catalog.Tags[r] {
			has = append(has, s.catalog.TagNames[tag])
		}
	case protocol.WhyYears:
		if y.Title != strconv.Itoa(c.Year/10*10) {
			t.Errorf("%s is of %d and not of the %ss", c.Title, c.Year, y.Title)
		}
		return
	}
	for _, name := range y.Names {
		if !slices.Contains(has, name) {
			t.Errorf("%s has no %q", c.Title, name)
		}
	}
}

// TestAWallKnowsWhatWasAsked: with what was asked about before left out, a wall in two parts is the whole one;
// items that are not in the catalog are named, and one that stands there twice counts once.
func TestAWallKnowsWhatWasAsked(t *testing.T) {
	s, _ := parity()
	wall := ask(t, s, protocol.Request{Verb: protocol.Tastes, K: 8}).Cards
	q := protocol.Request{Verb: protocol.Tastes, K: 3, Exclude: []catalog.ID{"none"}}
	for _, c := range wall[:5] {
		q.Exclude = append(q.Exclude, c.ID, c.ID)
	}
	a := ask(t, s, q)
	if diff := cmp.Diff(wall[5:], a.Cards); diff != "" {
		t.Errorf("the other part: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.ID{"none"}, a.Unknown); diff != "" {
		t.Errorf("unknown: -want +got\n%s", diff)
	}
}
