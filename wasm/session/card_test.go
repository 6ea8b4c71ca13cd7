package session

import (
	"slices"
	"testing"

	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestEveryListShowsTheSameFacts: item 7 is a comedy and a western, of which there
// are fewer, and has 5 stars from one rating. Wherever its card stands, the rarer
// genre is first and the mean is the one that lists are sorted by; an explanation
// names that mean too.
func TestEveryListShowsTheSameFacts(t *testing.T) {
	b := enginetest.Parity(60)
	b.Catalog.Genres[3] = []uint8{2} // a western and nothing else
	b.Statistics.Count[6], b.Statistics.Mean[6] = 1, 5
	e := engine.New(b)
	s := New(e)
	found := 0
	see := func(where string, cards ...protocol.Card) {
		for _, c := range cards {
			if c.ID != "7" {
				continue
			}
			found++
			if !slices.Equal(c.Genres, []string{"Western", "Comedy"}) || c.Mean != e.Quality(6) || c.Mean > 4 || c.Count != 1 {
				t.Errorf("%s: genres %q, %v stars from %d, want Western, Comedy, %v from 1", where, c.Genres, c.Mean, c.Count, e.Quality(6))
			}
		}
	}
	see("browse", s.Answer(protocol.Request{Verb: protocol.Browse, K: 60, Sort: "rating"}).Cards...)
	see("search", s.Answer(protocol.Request{Verb: protocol.Search, Query: "Even 6", K: 60}).Cards...)
	see("similar", s.Answer(protocol.Request{Verb: protocol.Item, ID: "1", K: 60}).Cards...)
	see("its page", *s.Answer(protocol.Request{Verb: protocol.Item, ID: "7"}).Item)
	do(t, s, "1", protocol.Like, 0, 1)
	see("recommended", s.Answer(protocol.Request{Verb: protocol.Recommend, K: 60}).Cards...)
	if found != 5 {
		t.Errorf("the item stands on %d lists, want 5", found)
	}
}

// TestCardsCountThoseWhoGaveStars: 684 turned to an item and 3 gave stars.
func TestCardsCountThoseWhoGaveStars(t *testing.T) {
	b := enginetest.Parity(60)
	b.Statistics.Rated = slices.Clone(b.Statistics.Count)
	b.Statistics.Count[6], b.Statistics.Mean[6], b.Statistics.Rated[6] = 684, 5, 3
	e := engine.New(b)
	if c := New(e).Answer(protocol.Request{Verb: protocol.Item, ID: "7"}).Item; c.Count != 3 || c.Mean > 4.5 {
		t.Errorf("the card shows %.1f stars of %d ratings, want 3", c.Mean, c.Count)
	}
}
