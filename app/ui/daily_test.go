//go:build !js

package ui

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

func cardsOf(ids ...catalog.ID) (cards []protocol.Card) {
	for _, id := range ids {
		cards = append(cards, protocol.Card{ID: id})
	}
	return cards
}

func TestThePickOfADay(t *testing.T) {
	for _, test := range []struct {
		name, kept string
		cards      []protocol.Card
		at         int
		keep       string
	}{
		{"nothing is kept", "", cardsOf("a", "b"), 0, "100=a"},
		{"the same all day, wherever it stands by now", "100=b", cardsOf("a", "b"), 1, "100=b"},
		{"another when it has left the list", "100=x", cardsOf("a", "b"), 0, "100=a"},
		{"not one of the days before", "98=a&99=b", cardsOf("a", "b", "c"), 2, "100=c&98=a&99=b"},
		{"one of ten days ago comes again", "90=a&91=b", cardsOf("b", "a"), 1, "100=a&91=b"},
		{"all were picks", "98=a&99=b", cardsOf("a", "b"), 0, "100=a&98=a&99=b"},
		{"a clock that was ahead, and no days", "101=b&x=a", cardsOf("a", "b"), 0, "100=a"},
		{"an id of any characters", "99=a%26b", cardsOf("a&b", "c=d"), 1, "100=c%3Dd&99=a%26b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if at, keep := dailyPick(test.kept, 100, test.cards); at != test.at || keep != test.keep {
				t.Errorf("dailyPick(%q) = %d, %q; want %d, %q", test.kept, at, keep, test.at, test.keep)
			}
		})
	}
	if cameBack("", 100) || cameBack("100=a", 100) || !cameBack("99=a&100=a", 100) {
		t.Error("who had a pick on an earlier day came back, and no one else")
	}
}

// TestTenDaysOfPicksDiffer: a list that stays as it is has another pick each day.
func TestTenDaysOfPicksDiffer(t *testing.T) {
	cards := cardsOf("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m")
	kept, seen := "", map[int]bool{}
	for day := range int64(pickDays + 1) {
		at, keep := dailyPick(kept, 100+day, cards)
		if again, _ := dailyPick(keep, 100+day, cards); seen[at] || again != at {
			t.Errorf("day %d: pick %d was there before, or is %d when asked again", day, at, again)
		}
		kept, seen[at] = keep, true
	}
}
