package session

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestAnyRequestIsAnswered sends requests that no page would: nothing panics, a
// list is never longer than it may be, and the answer survives the wire.
func TestAnyRequestIsAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		verbs := []protocol.Verb{
			protocol.Open, protocol.Home, protocol.Browse, protocol.Movie, protocol.Recommend, protocol.Search, protocol.Explain,
			protocol.Tastes, protocol.Profile, protocol.Act, protocol.Undo, protocol.Import, protocol.Erase, "", "sing",
		}
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "1", "Even 2", "Comedy", "rating"}))
		for range rapid.IntRange(1, 12).Draw(t, "requests") {
			q := protocol.Request{
				Verb: rapid.SampledFrom(verbs).Draw(t, "verb"),
				ID:   catalog.ID(text.Draw(t, "id")), Query: text.Draw(t, "query"), Genre: text.Draw(t, "genre"), Sort: text.Draw(t, "sort"),
				Decade: rapid.Int().Draw(t, "decade"), Offset: rapid.Int().Draw(t, "offset"), K: rapid.Int().Draw(t, "k"),
				Variety: rapid.SampledFrom([]float32{0, 0.5, 1, -3, 99, float32(math.Inf(1)), float32(math.NaN())}).Draw(t, "variety"),
				Now:     rapid.Int64().Draw(t, "now"),
			}
			if q.Verb == protocol.Act || q.Verb == protocol.Import {
				q.Entries = drawLog(t, "entries")
				if q.Verb == protocol.Act && len(q.Entries) > 0 {
					q.Entries = q.Entries[:1]
					q.Entries[0].ID = catalog.ID(text.Draw(t, "entry"))
				}
			}
			a := s.Answer(q)
			if q.Verb != protocol.Profile && len(a.Cards) > mostCards {
				t.Fatalf("%d cards for %+v", len(a.Cards), q)
			}
			if _, err := protocol.DecodeAnswer(a.Append(nil)); err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			if _, err := decode(s.Profile()); err != nil {
				t.Fatalf("profile after %+v: %v", q, err)
			}
		}
	})
}
