package session

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/experiment"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// TestRecentIsWhatTheySaw: the latest first, each once, without the item of the page, what they
// dislike and what is sold out; nothing for whom nothing is known.
func TestRecentIsWhatTheySaw(t *testing.T) {
	s, _ := parity()
	if a := ask(t, s, protocol.Request{Verb: protocol.Recent, ID: "3", K: 5, Pin: []catalog.ID{"9"}}); len(a.Cards) != 0 || a.Shows != "recent" {
		t.Errorf("a newcomer saw %v, shown as %q", ids(a.Cards), a.Shows)
	}
	for i, id := range []catalog.ID{"1", "2", "3", "4", "5"} {
		do(t, s, id, protocol.View, 0, int64(100+i))
	}
	do(t, s, "2", protocol.View, 0, 200)
	do(t, s, "4", protocol.Dislike, 0, 201)
	do(t, s, "9", protocol.Like, 0, 202)
	s.Overlay(&live.Overlay{Items: []live.Item{{ID: "5", Stock: live.Amount{Known: true}}}})
	for _, c := range []struct {
		own      catalog.ID
		k        int
		want     string
		unknown  []catalog.ID
		unpinned []catalog.ID
	}{
		{"", 5, "9 2 3 1", nil, nil},
		{"3", 5, "9 2 1", nil, nil},
		{"3", 2, "9 2", nil, nil},
		{"nothing", 5, "9 2 3 1", []catalog.ID{"nothing"}, nil},
		{"1", 5, "9 2 3", nil, []catalog.ID{"7"}},
	} {
		a := ask(t, s, protocol.Request{Verb: protocol.Recent, ID: c.own, K: c.k, Pin: c.unpinned})
		if got := joined(a.Cards); got != c.want || !slices.Equal(a.Unknown, c.unknown) || !slices.Equal(a.Unpinned, c.unpinned) || a.Shows != "recent" {
			t.Errorf("recent on the page of %q: %s, unknown %v, unpinned %v, shows %q; want %s", c.own, got, a.Unknown, a.Unpinned, a.Shows, c.want)
		}
	}
}

func joined(cards []protocol.Card) (all string) {
	for i, id := range ids(cards) {
		if i > 0 {
			all += " "
		}
		all += string(id)
	}
	return all
}

// TestTrendingFallsBack: the site's own feedback first, then what rises in the bundle; popular items
// where nothing does.
func TestTrendingFallsBack(t *testing.T) {
	b := enginetest.Parity(40)
	for r := range b.Statistics.Trend {
		b.Statistics.Trend[r] = 0
	}
	still := New(engine.New(b))
	if a := ask(t, still, protocol.Request{Verb: protocol.Trending, K: 4}); a.Shows != "popular" || joined(a.Cards) != "1 2 3 4" {
		t.Errorf("nothing rises: %s, shown as %q; want the popular ones", joined(a.Cards), a.Shows)
	}
	b.Statistics.Trend[6], b.Statistics.Trend[8] = 20, 30
	s := New(engine.New(b))
	for _, c := range []struct {
		told []experiment.Trend
		k    int
		want string
	}{
		{nil, 4, "9 7"},
		{[]experiment.Trend{{ID: "30"}, {ID: "9"}, {ID: "gone"}}, 4, "30 9 7"},
		{[]experiment.Trend{{ID: "30"}, {ID: "9"}}, 1, "30"},
	} {
		s.Enrol(experiment.Enrolment{Trending: c.told})
		if a := ask(t, s, protocol.Request{Verb: protocol.Trending, K: c.k}); a.Shows != "trending" || joined(a.Cards) != c.want {
			t.Errorf("told %v: %s, shown as %q; want %s", c.told, joined(a.Cards), a.Shows, c.want)
		}
	}
}

// TestNewNeedsYears: the last three years of the catalog by what people take lately, new items of the
// overlay before all, with a year or without; popular items where no year is known.
func TestNewNeedsYears(t *testing.T) {
	b := enginetest.Parity(40)
	for r := range b.Catalog.Years {
		b.Catalog.Years[r] = int16(1980 + r%10)
	}
	s := New(engine.New(b))
	a := ask(t, s, protocol.Request{Verb: protocol.Newest, K: 40})
	if len(a.Cards) != 12 || a.Shows != "new" || slices.ContainsFunc(a.Cards, func(c protocol.Card) bool { return c.Year < 1987 }) {
		t.Errorf("%d new items, shown as %q, want those of 1987 to 1989", len(a.Cards), a.Shows)
	}
	clear(b.Catalog.Years)
	s = New(engine.New(b))
	if a := ask(t, s, protocol.Request{Verb: protocol.Newest, K: 3}); a.Shows != "popular" || joined(a.Cards) != "1 2 3" {
		t.Errorf("without years: %s, shown as %q", joined(a.Cards), a.Shows)
	}
	s.Overlay(&live.Overlay{New: []live.New{{ID: "fresh", Title: "Fresh", Genres: []string{"Comedy"}}}})
	if a := ask(t, s, protocol.Request{Verb: protocol.Newest, K: 3}); a.Shows != "new" || joined(a.Cards) != "fresh" {
		t.Errorf("with a new item of the overlay: %s, shown as %q", joined(a.Cards), a.Shows)
	}
}

// TestNextFollows: what people take after the item comes first, then what is like it with its reason.
func TestNextFollows(t *testing.T) {
	b := enginetest.Parity(40)
	s := New(engine.New(b))
	a := ask(t, s, protocol.Request{Verb: protocol.Next, ID: "1,6", K: 9})
	items, weights, _ := b.Transition.Of(5)
	if a.Shows != "next" || a.Total != len(items) || len(a.Cards) != 9 {
		t.Fatalf("%d of %d cards follow, shown as %q; want %d", a.Total, len(a.Cards), a.Shows, len(items))
	}
	var got []catalog.Row
	for i, c := range a.Cards {
		r, _ := s.catalog.Row(c.ID)
		if i < a.Total {
			got = append(got, r)
		}
		if r == 5 || (len(c.Why) > 0) != (i >= a.Total) {
			t.Errorf("card %d is %+v", i, c)
		}
	}
	for i := 1; i < len(got); i++ {
		if weights[slices.Index(items, got[i-1])] < weights[slices.Index(items, got[i])] {
			t.Errorf("%v do not stand by their weights", got)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(items, got); diff != "" {
		t.Errorf("-transitions +cards\n%s", diff)
	}
	for r := range b.Transition.Start {
		b.Transition.Start[r] = 0
	}
	if a := ask(t, New(engine.New(b)), protocol.Request{Verb: protocol.Next, ID: "6", K: 3}); a.Shows != "similar" || a.Total != 0 {
		t.Errorf("nothing follows: shown as %q, total %d", a.Shows, a.Total)
	}
}
