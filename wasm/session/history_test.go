package session

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestHistory asks for parts of a history of five items, of which the catalog lacks one, in every order.
func TestHistory(t *testing.T) {
	s, b := parity()
	do(t, s, "1", protocol.Rate, 3, 1)
	do(t, s, "2", protocol.Seen, 0, 2)
	do(t, s, "3", protocol.NotInterested, 0, 3)
	do(t, s, "4", protocol.Watchlist, 0, 4)
	do(t, s, "1", protocol.Rate, 4.5, 5)
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{
		{ID: "2", Action: protocol.Note, At: 6, Text: "Café, with Mia"}, {ID: "elsewhere", Action: protocol.Like, At: 1}}})
	title := b.Catalog.Titles[0] // of item 1
	for _, tt := range []struct {
		name string
		q    protocol.Request
		want []catalog.ID
	}{
		{"all, the latest first", protocol.Request{}, []catalog.ID{"1", "4", "3", "2", "elsewhere"}},
		{"the oldest first", protocol.Request{Sort: "oldest"}, []catalog.ID{"elsewhere", "2", "3", "4", "1"}},
		{"by stars", protocol.Request{Sort: "stars"}, []catalog.ID{"1", "4", "3", "2", "elsewhere"}},
		{"rated", protocol.Request{State: protocol.StateRated}, []catalog.ID{"1"}},
		{"liked, by four stars and more, and by a like", protocol.Request{State: protocol.StateLiked}, []catalog.ID{"1", "elsewhere"}},
		{"seen", protocol.Request{State: protocol.StateSeen}, []catalog.ID{"2"}},
		{"not for me", protocol.Request{State: protocol.StateNot}, []catalog.ID{"3"}},
		{"wanted", protocol.Request{State: protocol.StateWanted}, []catalog.ID{"4"}},
		{"wanted, by fit", protocol.Request{State: protocol.StateWanted, Sort: "fit"}, []catalog.ID{"4"}},
		{"noted", protocol.Request{State: protocol.StateNoted}, []catalog.ID{"2"}},
		{"words of the note, begun, without the accent", protocol.Request{Query: "mia caf"}, []catalog.ID{"2"}},
		{"a title", protocol.Request{Query: title}, []catalog.ID{"1"}},
		{"words of which one is nowhere", protocol.Request{Query: "mia nobody"}, nil},
		{"a page of two", protocol.Request{Offset: 1, K: 2}, []catalog.ID{"4", "3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.q.Verb = protocol.History
			a := s.Answer(tt.q)
			var got []catalog.ID
			for _, c := range a.Cards {
				got = append(got, c.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || a.Error != nil {
				t.Errorf("%+v: -want +got\n%s", a.Error, diff)
			}
			if tt.q.K == 0 && a.Total != len(tt.want) {
				t.Errorf("total %d, want %d", a.Total, len(tt.want))
			}
		})
	}
	if a := s.Answer(protocol.Request{Verb: protocol.History, State: "rated", K: 1}); len(a.Entries) != 2 {
		t.Errorf("entries of item 1: %v, want both ratings", a.Entries)
	}
	for q, want := range map[*protocol.Request]string{
		{Verb: protocol.History, State: "hated"}:  `Unknown state "hated"; known: rated, `,
		{Verb: protocol.History, Sort: "popular"}: `Unknown order "popular"; known: oldest, `,
	} {
		if a := s.Answer(*q); a.Error == nil || !strings.HasPrefix(a.Error.Text, want) {
			t.Errorf("%+v: %+v, want %s", q, a.Error, want)
		}
	}
}

// TestWhatIsKeptForLaterIsInNoList but where that is wished.
func TestWhatIsKeptForLaterIsInNoList(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	first := forYou(s)[0].ID
	do(t, s, first, protocol.Watchlist, 0, 2)
	has := func(cards []protocol.Card) bool {
		for _, c := range cards {
			if c.ID == first {
				return true
			}
		}
		return false
	}
	if has(forYou(s)) {
		t.Error("the list has what is kept for later")
	}
	if !has(s.Answer(protocol.Request{Verb: protocol.Recommend, K: 10, Kept: true}).Cards) {
		t.Error("the list lacks what is kept for later although it is wished")
	}
}

// TestNotes: one an item, the later one; without a text it goes; bounded.
func TestNotes(t *testing.T) {
	s, _ := parity()
	say := func(at int64, text string) *protocol.Error {
		return s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{{ID: "1", Action: protocol.Note, At: at, Text: text}}}).Error
	}
	list := forYou(s)
	say(1, "one")
	say(2, "two")
	if len(s.notes) != 1 || s.notes[0].Text != "two" {
		t.Errorf("notes %v", s.notes)
	}
	if diff := cmp.Diff(list, forYou(s)); diff != "" {
		t.Errorf("a note changed the list: %s", diff)
	}
	for _, text := range []string{strings.Repeat("x", maxNote+1), ""} {
		if e := say(3, text); e == nil || !strings.Contains(e.Text, "4,000 bytes") {
			t.Errorf("a note of %d bytes: %+v", len(text), e)
		}
	}
	if s.Answer(protocol.Request{Verb: protocol.Import, Without: s.notes}); len(s.notes) != 0 {
		t.Errorf("notes %v after it was taken away", s.notes)
	}
	for i := range 300 {
		e := protocol.Entry{ID: catalog.ID(rune('A' + i)), Action: protocol.Note, At: 5, Text: strings.Repeat("n", maxNote)}
		if a := s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{e}}); a.Error != nil {
			if i != maxNotes/maxNote {
				t.Errorf("refused after %d notes of %d bytes: %s", i, maxNote, a.Error.Text)
			}
			return
		}
	}
	t.Error("notes without end")
}
