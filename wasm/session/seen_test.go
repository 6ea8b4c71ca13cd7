package session

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// ghibli are films of one studio in the demo: Spirited Away, Totoro, Princess Mononoke, Howl's Moving Castle, Nausicaä.
var ghibli = []catalog.ID{"5618", "5971", "3000", "31658", "7099"}

// TestWhatIsSeenAndNoMoreHasNoPlaceOfItsOwn: who likes Ghibli's films and notes that they have seen The Shining gets
// no list with a part for horror, and is not said to be interested in it. A like of it has that place.
func TestWhatIsSeenAndNoMoreHasNoPlaceOfItsOwn(t *testing.T) {
	s := demo(t)
	for i, id := range ghibli {
		do(t, s, id, protocol.Like, 0, int64(1e9+i))
	}
	list := func() []protocol.Card {
		return ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1}).Cards
	}
	horrors := func(cards []protocol.Card) (n int) {
		for _, c := range cards {
			if slices.Contains(c.Genres, "Horror") {
				n++
			}
		}
		return n
	}
	kinds := func() int { return len(ask(t, s, protocol.Request{Verb: protocol.Interests}).Shelves) }
	before, interests := list(), kinds()
	do(t, s, "1258", protocol.Seen, 0, 1e9+60)
	after := list()
	same := 0
	for _, id := range idsOf(after) {
		if slices.Contains(idsOf(before), id) {
			same++
		}
	}
	if horrors(before) != 0 || horrors(after) != 0 || after[0].ID != before[0].ID || same < 16 || kinds() != interests {
		t.Errorf("%d and %d of horror before and after it was seen, %d of 20 the same, %q and %q first, %d kinds of likes and %d",
			horrors(before), horrors(after), same, before[0].Title, after[0].Title, interests, kinds())
	}
	do(t, s, "1258", protocol.Like, 0, 1e9+120)
	if n := horrors(list()); n == 0 || kinds() == interests {
		t.Errorf("after a like of it there are %d of horror, and %d kinds of likes", n, kinds())
	}
}

// TestWhatIsSeenCountsWhereNothingElseDoes: a file that says no more than what somebody has seen makes a list, the
// same in whatever way it is said that they watch these; and what is seen is never on it.
func TestWhatIsSeenCountsWhereNothingElseDoes(t *testing.T) {
	s, other := demo(t), demo(t)
	for i, id := range ghibli {
		do(t, s, id, protocol.Seen, 0, int64(1e9+i))
		do(t, other, id, protocol.Buy, 0, int64(1e9+i))
	}
	q := protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1}
	got := idsOf(ask(t, s, q).Cards)
	if diff := cmp.Diff(idsOf(ask(t, other, q).Cards), got); diff != "" {
		t.Errorf("-bought +seen\n%s", diff)
	}
	for _, id := range ghibli {
		if slices.Contains(got, id) {
			t.Errorf("%s was seen and is recommended", id)
		}
	}
}

// TestWhatIsSeenComesBeforeTheRest: by hand. The engine is asked with what was seen first, at no later moment than
// what comes then, and the history that pages show stays as it was said.
func TestWhatIsSeenComesBeforeTheRest(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 10)
	do(t, s, "2", protocol.Seen, 0, 5)
	do(t, s, "3", protocol.Rate, 2, 30)
	do(t, s, "4", protocol.Seen, 0, 40)
	do(t, s, "1", protocol.Seen, 0, 50) // a like of what is seen is one still
	var rows []catalog.Row
	var times []int64
	for _, ev := range s.profile.asked {
		rows, times = append(rows, ev.Row), append(times, ev.At)
	}
	if !slices.Equal(rows, []catalog.Row{1, 3, 2, 0}) || !slices.Equal(times, []int64{10, 30, 30, 50}) || s.profile.seen != 2 {
		t.Errorf("rows %v at %v, %d of them seen", rows, times, s.profile.seen)
	}
	if last := s.profile.history[len(s.profile.history)-1]; last.Row != 0 || s.profile.history[2].At != 40 {
		t.Errorf("the history became %v", s.profile.history)
	}
}
