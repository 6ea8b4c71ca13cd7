package session

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// listsOf are requests of every verb that answers with a list of the page's.
var listsOf = []protocol.Request{
	{Verb: protocol.Item, ID: "9"}, {Verb: protocol.Basket, ID: "9,10"}, {Verb: protocol.Next, ID: "9"}, {Verb: protocol.Browse},
	{Verb: protocol.Trending}, {Verb: protocol.Newest}, {Verb: protocol.Recommend},
}

// TestPinsStandFirst: on lists of any verb, in their order and each once, and the others follow as they
// stood; what is not shown is named, but for the item of the page.
func TestPinsStandFirst(t *testing.T) {
	s := shelf(120)
	for i, id := range []catalog.ID{"1", "3", "5"} {
		do(t, s, id, protocol.Like, 0, int64(100+i))
	}
	do(t, s, "77", protocol.Dislike, 0, 200)
	s.Overlay(&live.Overlay{Items: []live.Item{{ID: "80", Stock: live.Amount{Known: true}}}})
	for _, q := range listsOf {
		q.K = 6
		plain := ids(ask(t, s, q).Cards)
		q.Exclude = []catalog.ID{"90"}
		q.Pin = []catalog.ID{"101", plain[4], "9", "80", "nobody", "101", "77", "90", "1"}
		a := ask(t, s, q)
		want := []catalog.ID{"101", plain[4]}
		if q.ID == "" {
			want = append(want, "9")
		}
		want = append(want, "1")
		for _, id := range plain {
			if len(want) < 6 && !slices.Contains(want, id) {
				want = append(want, id)
			}
		}
		if got := ids(a.Cards); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", q.Verb, got, want)
		}
		if !slices.Equal(a.Unpinned, []catalog.ID{"80", "77", "90"}) || !slices.Equal(a.Unknown, []catalog.ID{"nobody"}) {
			t.Errorf("%s: unpinned %v, unknown %v", q.Verb, a.Unpinned, a.Unknown)
		}
		if o := a.Cards[0].Origin; o == nil || o.Source != "pinned" || a.Cards[5].Origin != nil && strings.Contains(a.Cards[5].Origin.Source, "pinned") {
			t.Errorf("%s: the first card came by %+v, the last by %+v", q.Verb, o, a.Cards[5].Origin)
		}
		q.K, q.Exclude, q.Pin, q.Filter = 2, nil, []catalog.ID{"103", "101", "104", "102"}, "author=Ann or author=Cid"
		if a := ask(t, s, q); joined(a.Cards) != "101 102" || !slices.Equal(a.Unpinned, []catalog.ID{"103", "104"}) {
			t.Errorf("%s of authors, two: %s, unpinned %v", q.Verb, joined(a.Cards), a.Unpinned)
		}
	}
}

// TestQuotasHold: on lists of any verb, as many items as without; texts that cannot be read are an error
// with a place, and leave the next list alone.
func TestQuotasHold(t *testing.T) {
	s := shelf(120)
	for i, id := range []catalog.ID{"1", "5", "13"} {
		do(t, s, id, protocol.Like, 0, int64(100+i))
	}
	authors := func(cards []protocol.Card) map[string]int {
		count := map[string]int{}
		for _, c := range cards {
			r, _ := s.catalog.Row(c.ID)
			count[s.engine.Values("author").Texts(r)[0]]++
		}
		return count
	}
	for _, q := range listsOf {
		q.K = 8
		plain := ids(ask(t, s, q).Cards)
		for _, c := range []struct{ most, least, diversity string }{{"author:2", "", ""}, {"", "author:4", ""}, {"", "", "author"}} {
			with := q
			with.Max, with.Min, with.Diversity = c.most, c.least, c.diversity
			cards := ask(t, s, with).Cards
			count := authors(cards)
			if few := q.Verb == protocol.Newest; !few && (len(cards) != 8 || len(count) != 4) { // few are new
				t.Errorf("%s %v: %d cards of %v", q.Verb, c, len(cards), count)
			}
			for author, n := range count {
				if n > 2 && c.least == "" {
					t.Errorf("%s %v: %d of %s", q.Verb, c, n, author)
				}
			}
		}
		bad := q
		bad.Max = "autor:2"
		if a := s.Answer(bad); a.Error == nil || a.Error.Code != "filter" || !strings.Contains(a.Error.Text, `max "autor:2", column 1: there is no column "autor"; "author" is near`) {
			t.Errorf("%s: %+v", q.Verb, a.Error)
		}
		if again := ids(ask(t, s, q).Cards); !slices.Equal(again, plain) {
			t.Errorf("%s: after quotas the list is %v, was %v", q.Verb, again, plain)
		}
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Item, ID: "nobody", Max: "author:2"}); a.Error == nil || a.Error.Code != "unknown-movie" {
		t.Errorf("quotas of no list: %+v", a.Error)
	}
}
