package session

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestWhatWasBoughtComesAgainByChoice: of the history only that, never for its own sake, and not what
// the visitor dislikes by now; a rating stays one when the item is bought.
func TestWhatWasBoughtComesAgainByChoice(t *testing.T) {
	s, _ := parity()
	for i, e := range []struct {
		id     catalog.ID
		action protocol.Action
		stars  float32
	}{
		{"1", protocol.Buy, 0}, {"3", protocol.View, 0}, {"5", protocol.Rate, 4.5}, {"5", protocol.Buy, 0}, {"7", protocol.Like, 0},
		{"9", protocol.Buy, 0}, {"9", protocol.Dislike, 0}, {"11", protocol.Buy, 0}, {"11", protocol.View, 0},
	} {
		do(t, s, e.id, e.action, e.stars, int64(100+i))
	}
	again := func(s *Session, repeat string) (found []catalog.ID) {
		for _, c := range ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 60, Repeat: repeat}).Cards {
			if slices.Contains([]catalog.ID{"1", "3", "5", "7", "9", "11"}, c.ID) {
				found = append(found, c.ID)
			}
			for _, w := range c.Why {
				if w.ID == c.ID {
					t.Errorf("%s is recommended because of itself", c.ID)
				}
			}
		}
		slices.Sort(found)
		return found
	}
	if got := again(s, ""); got != nil {
		t.Errorf("without repeat %v come again", got)
	}
	want := []catalog.ID{"1", "11", "5"}
	if got := again(s, "yes"); !slices.Equal(got, want) {
		t.Errorf("%v come again, want %v", got, want)
	}
	if o := s.profile.of(4); o.action != protocol.Rate || o.stars != 4.5 || o.at != 103 {
		t.Errorf("what was rated and bought: %+v", o)
	}
	stored, _ := parity()
	if err := stored.Load(s.Profile()); err != nil {
		t.Fatal(err)
	}
	if got := again(stored, "yes"); !slices.Equal(got, want) {
		t.Errorf("as it is stored %v come again, want %v", got, want)
	}
	if got := ids(ask(t, s, protocol.Request{Verb: protocol.Recent, K: 3}).Cards); !slices.Equal(got, []catalog.ID{"11", "7", "5"}) {
		t.Errorf("seen lately are %v, want 11, 7 and 5, bought after it was rated", got)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Recommend, Repeat: "no"}); a.Error == nil || a.Error.Text != `The repeat "no": say "yes", or leave it out.` {
		t.Errorf("repeat no: %+v", a.Error)
	}
}
