package session

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// TestAnyRequestIsAnswered sends requests that no page would: nothing panics, a
// list is never longer than it may be, and the answer survives the wire.
func TestAnyRequestIsAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		verbs := append(slices.Clip(protocol.Verbs), "", "sing")
		s.Enrol(drawEnrolment(t))
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "1", "Even 2", "Comedy", "rating"}),
			rapid.SampledFrom(protocol.LabModels))
		for range rapid.IntRange(1, 12).Draw(t, "requests") {
			q := protocol.Request{
				Verb: rapid.SampledFrom(verbs).Draw(t, "verb"),
				ID:   catalog.ID(text.Draw(t, "id")), Query: text.Draw(t, "query"), Genre: text.Draw(t, "genre"), Sort: text.Draw(t, "sort"), Model: text.Draw(t, "model"),
				Decade: rapid.Int().Draw(t, "decade"), Offset: rapid.Int().Draw(t, "offset"), K: rapid.Int().Draw(t, "k"),
				Variety: rapid.SampledFrom([]float32{0, 0.5, 1, -3, 99, float32(math.Inf(1)), float32(math.NaN())}).Draw(t, "variety"),
				Now:     rapid.OneOf(rapid.Int64(), rapid.Int64Range(0, 99)).Draw(t, "now"),
				Reasons: rapid.SampledFrom([]protocol.When{protocol.Together, protocol.Later, protocol.Alone, "never"}).Draw(t, "reasons"),
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

// drawEnrolment returns a visitor of three layers whose arms hold any values, some
// of which no builder would let pass.
func drawEnrolment(t *rapid.T) experiment.Enrolment {
	e := experiment.Enrolment{Visitor: experiment.Visitor{rapid.Byte().Draw(t, "visitor")}}
	share := rapid.Float64Range(0, 0.4)
	for _, name := range []string{"a", "b", "c"} {
		l := experiment.Layer{Name: name, Salt: name, Share: 1, End: rapid.SampledFrom([]experiment.Moment{0, 100}).Draw(t, "end")}
		for _, arm := range []string{"x", "y", "z"} {
			a := experiment.Arm{Name: arm, Weight: rapid.Float64Range(-1, 2).Draw(t, "weight")}
			if rapid.Bool().Draw(t, "mixed") {
				a.Mix = &experiment.Mix{Transition: share.Draw(t, "transition"), Popular: share.Draw(t, "popular"), Trending: share.Draw(t, "trending")}
			}
			if rapid.Bool().Draw(t, "explores") {
				a.Explore = ptr(rapid.Float32().Draw(t, "explore"))
			}
			if rapid.Bool().Draw(t, "varies") {
				a.Variety = ptr(rapid.Float32().Draw(t, "variety"))
			}
			if rapid.Bool().Draw(t, "interleaves") {
				a.Interleave = []string{"x", rapid.SampledFrom([]string{"x", "y", "nobody"}).Draw(t, "other")}
			}
			l.Arms = append(l.Arms, a)
		}
		e.Layers = append(e.Layers, l)
	}
	for _, id := range rapid.SliceOf(rapid.SampledFrom([]catalog.ID{"1", "2", "3", "nobody", ""})).Draw(t, "trends") {
		e.Trending = append(e.Trending, experiment.Trend{ID: id, Weight: 1})
	}
	return e
}
