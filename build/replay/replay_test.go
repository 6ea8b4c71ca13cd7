package replay

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/feedback"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// scribe writes a log of one visitor after the other.
type scribe struct {
	log  feedback.Log
	next uint64
}

func (s *scribe) add(e event.Event, at int64) event.ID {
	s.next++
	binary.BigEndian.PutUint64(e.ID[8:], s.next)
	s.log.Events = append(s.log.Events, feedback.Event{Event: e, At: at * 1000, Received: at * 1000})
	return e.ID
}

func at(list string, position uint16, propensity float32) *event.Place {
	return &event.Place{List: list, Position: position, Propensity: propensity}
}

// TestReadByHand follows a visitor through two lists, a like that ends the first
// one, a gap, and another session.
func TestReadByHand(t *testing.T) {
	var s scribe
	v, one, two := event.Visitor{1}, event.ID{1}, event.ID{2}
	see := func(session event.ID, item catalog.ID, p *event.Place, when int64) {
		s.add(event.Event{Kind: event.Impression, Visitor: v, Session: session, Item: item, Place: p}, when)
	}
	see(one, "a", at("for-you", 1, 0.5), 10)
	see(one, "b", at("for-you", 2, 0.25), 11)
	see(one, "x", at("popular", 1, 0), 11)
	see(one, "d", at("for-you", 4, 0.1), 12) // the third was not seen
	s.add(event.Event{Kind: event.Click, Visitor: v, Session: one, Item: "b", Place: at("for-you", 2, 0.25)}, 13)
	like := s.add(event.Event{Kind: event.Like, Visitor: v, Session: one, Item: "a"}, 14)
	see(one, "e", at("for-you", 2, 0.5), 15) // of a new list whose first place was not seen
	see(one, "c", at("for-you", 1, 0.5), 16)
	see(two, "c", at("for-you", 1, 0.5), 99)
	s.add(event.Event{Kind: event.Click, Visitor: v, Session: two, Item: "b", Place: at("for-you", 2, 0.25)}, 99) // not seen in this session
	s.add(event.Event{Kind: event.Undo, Visitor: v, Session: two, Cause: like}, 100)
	see(two, "f", at("for-you", 1, 0.5), 101)
	see(two, "g", at("for-you", 2, 0.5), 102)
	see(two, "f", at("for-you", 1, 0.5), 103) // the same list again
	see(two, "h", at("for-you", 2, 0.5), 104) // no: another one
	see(two, "i", at("for-you", 3, 0.5), 105)

	liked := []protocol.Entry{{ID: "a", Action: protocol.Like, At: 14}}
	want := &Log{Cards: 11, Gaps: 5, Lists: []List{
		{At: 10, Shown: []Shown{{"a", 0.5, 0}, {"b", 0.25, 1}}},
		{At: 16, Profile: liked, Shown: []Shown{{"c", 0.5, 0}}},
		{At: 99, Profile: liked, Shown: []Shown{{"c", 0.5, 0}}},
		{At: 101, Profile: []protocol.Entry{}, Shown: []Shown{{"f", 0.5, 0}, {"g", 0.5, 0}}},
	}}
	if d := cmp.Diff(want, Read(&s.log, "click")); d != "" {
		t.Errorf("Read(click): -want +got\n%s", d)
	}
	if got := Read(&s.log, "like").Lists[0].Shown; got[0].Reward != 1 || got[1].Reward != 0 {
		t.Errorf("Read(like): %+v, want a reward for a alone", got)
	}
}

// TestModelByHand: place 1 got 1 of 2 and place 2 0 of 1; shrunk by 20 to the mean
// 1/3 they are (1 + 20/3)/22 and (20/3)/21. Item a was shown twice at place 1 with
// one reward: 1 - 2·m(1), over 2 + 20.
func TestModelByHand(t *testing.T) {
	lists := []List{
		{Visitor: 1, Shown: []Shown{{"a", 1, 1}, {"b", 1, 0}}},
		{Visitor: 2, Shown: []Shown{{"a", 1, 0}}},
		{Visitor: 5, Shown: []Shown{{"z", 1, 1}}}, // of the fold that is left out
	}
	m := fit(lists, 0)
	first, second := (1+20.0/3)/22, (20.0/3)/21
	for _, c := range []struct {
		id    catalog.ID
		place int
		want  float64
	}{
		{"unknown", 0, first}, {"unknown", 1, second}, {"unknown", 9, second},
		{"a", 0, first + (1-2*first)/22}, {"b", 0, first - second/21}, {"z", 0, first},
	} {
		if got := m.expect(c.id, c.place); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("expect(%s, %d) = %v, want %v", c.id, c.place, got, c.want)
		}
	}
	if got := fit(nil, 0).expect("a", 3); got != 0 {
		t.Errorf("a model of nothing expects %v, want 0", got)
	}
}

// TestDecideByHand: items weigh .5, .3, .2; shown are b with .6 and then a with
// .5. First w = .3/.6; then a and c are left and w = (.5/.7)/.5.
func TestDecideByHand(t *testing.T) {
	l := &List{Shown: []Shown{{"b", 0.6, 1}, {"a", 0.5, 0}, {"unknown", 0.9, 1}}}
	m := &model{places: []float64{0.5}, items: map[catalog.ID]*tally{"a": {more: 2, n: 0}}} // a: .5 + 2/20
	got := decide(nil, l, []weighted{{"a", 0.5}, {"b", 0.3}, {"c", 0.2}}, m)
	want := []Sample{
		{Reward: 1, Weight: 0.5, Model: 0.5, Value: 0.5*0.6 + 0.5*0.5},
		{Reward: 0, Weight: 1 / 0.7, Model: 0.6, Value: (0.5*0.6 + 0.2*0.5) / 0.7},
		{Reward: 1, Weight: 0, Model: 0.5, Value: 0.5},
	}
	if d := cmp.Diff(want, got, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })); d != "" {
		t.Errorf("decide: -want +got\n%s", d)
	}
}

// parity returns the bytes of a bundle whose even items are alike and whose odd
// ones are.
func parity(t *testing.T) []byte {
	t.Helper()
	data, err := bundle.Encode(enginetest.Parity(40))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// even reports whether an item of parity is one of the even ones: row r has the id r+1.
func even(id catalog.ID) bool {
	n, err := strconv.Atoi(string(id))
	return err == nil && n%2 == 1
}

// hear is how likely an item is clicked by the fans of even items at a place, the first 0.
func hear(id catalog.ID, k int) float64 {
	if even(id) {
		return 0.6 / float64(k+1)
	}
	return 0.1 / float64(k+1)
}

// explored lets n visitors who like an even item look at the first three items of
// lists that a session explores with a temperature.
func explored(t *testing.T, data []byte, temperature float32, n int) *feedback.Log {
	t.Helper()
	var s scribe
	r := rand.New(rand.NewPCG(6, 6))
	layers := []experiment.Layer{{
		Name: "chance", Salt: "chance", Share: 1, End: 1 << 40, Arms: []experiment.Arm{{Name: "on", Weight: 1, Explore: &temperature}},
	}}
	me, err := session.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		me.Answer(protocol.Request{Verb: protocol.Erase})
		var v event.Visitor
		binary.BigEndian.PutUint64(v[:], uint64(i+1))
		me.Enrol(experiment.Enrolment{Visitor: v, Layers: layers})
		const now = 1_800_000_000
		session := event.ID(v)
		entry := protocol.Entry{ID: catalog.ID(strconv.Itoa(1 + 2*r.IntN(20))), Action: protocol.Like, At: now}
		if a := me.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry}, Now: now}); a.Error != nil {
			t.Fatal(a.Error.Text)
		}
		s.add(event.Event{Kind: event.Like, Visitor: v, Session: session, Item: entry.ID}, now)
		a := me.Answer(protocol.Request{Verb: protocol.Recommend, K: 3, Now: now + 60})
		for k, c := range a.Cards {
			p := at("for-you", uint16(k+1), c.Origin.Propensity)
			s.add(event.Event{Kind: event.Impression, Visitor: v, Session: session, Item: c.ID, Place: p}, now+61)
			if r.Float64() < hear(c.ID, k) {
				s.add(event.Event{Kind: event.Click, Visitor: v, Session: session, Item: c.ID, Place: p}, now+62)
			}
		}
	}
	return &s.log
}

// TestTheSamePolicyWeighsOne: the policy that replay makes of the bundle that was
// logged gives every item the probability that was logged with it.
func TestTheSamePolicyWeighsOne(t *testing.T) {
	data := parity(t)
	p, err := newPolicy(data, 0.7)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range Read(explored(t, data, 0.7, 50), "click").Lists {
		weights, err := p.weights(l.Profile, l.At)
		if err != nil {
			t.Fatal(err)
		}
		samples := decide(nil, &l, weights, fit(nil, 0))
		if len(samples) != 3 {
			t.Fatalf("%d decisions of a list of 3", len(samples))
		}
		for k, s := range samples {
			if math.Abs(s.Weight-1) > 1e-4 {
				t.Errorf("visitor %d, place %d: weight %v, want 1", l.Visitor, k+1, s.Weight)
			}
		}
	}
}

// TestAnotherTemperature: lists with less chance hold more of what the visitors like.
// The truth is the mean over all logged places of Σ π·P(click).
func TestAnotherTemperature(t *testing.T) {
	data := parity(t)
	log := explored(t, data, 2, 1500)
	o := DefaultOptions()
	o.Temperature, o.Bootstraps = 0.6, 400
	r, err := Run(context.Background(), data, log, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPolicy(data, o.Temperature)
	if err != nil {
		t.Fatal(err)
	}
	truth, places := 0.0, 0.0
	for _, l := range Read(log, "click").Lists {
		weights, err := p.weights(l.Profile, l.At)
		if err != nil {
			t.Fatal(err)
		}
		for k, s := range l.Shown {
			rest, sum := 0.0, 0.0
			for i, w := range weights {
				rest += w.weight
				sum += w.weight * hear(w.id, k)
				if w.id == s.Item {
					weights[i].weight = 0
				}
			}
			truth += sum / rest
			places++
		}
	}
	truth /= places
	for _, e := range r.All {
		t.Logf("%-14s %.4f (%.4f to %.4f), used %d", e.Name, e.Value, e.Low, e.High, e.Used)
		if e.Name != "logged" && (truth < e.Low || truth > e.High) {
			t.Errorf("%s: %.4f to %.4f does not cover the truth %.4f", e.Name, e.Low, e.High, truth)
		}
	}
	t.Logf("truth %.4f, effective %.0f of %d, mean weight %.3f", truth, r.Effective, r.Decisions, r.Mean)
	if r.Gain.Low <= 0 {
		t.Errorf("gain %+v, want it above 0", r.Gain)
	}
	if math.Abs(r.Mean-1) > 0.1 || r.Effective < 100 || r.Gaps != 0 || r.Cards != 4500 || r.Visitors != 1500 {
		t.Errorf("%+v: want weights of mean 1, 4500 cards of 1500 visitors and no gaps", r)
	}
	again, err := Run(context.Background(), data, log, o)
	if d := cmp.Diff(r, again); d != "" || err != nil {
		t.Errorf("the second run differs (%v): %s", err, d)
	}
}

func TestRunRefuses(t *testing.T) {
	var s scribe
	s.add(event.Event{Kind: event.Impression, Visitor: event.Visitor{1}, Item: "1", Place: at("for-you", 1, 0)}, 1)
	if _, err := Run(context.Background(), parity(t), &s.log, DefaultOptions()); !errors.Is(err, ErrNoChance) {
		t.Errorf("a log without propensities: error %v, want ErrNoChance", err)
	}
	if _, err := Run(context.Background(), []byte("no bundle"), &s.log, DefaultOptions()); err == nil {
		t.Error("what is no bundle was judged")
	}
	old := scribe{}
	old.add(event.Event{Kind: event.Impression, Visitor: event.Visitor{1}, Item: "1", Place: at("for-you", 1, 0.5)}, 1)
	if _, err := Run(context.Background(), parity(t), &old.log, DefaultOptions()); !errors.Is(err, ErrKnown) {
		t.Errorf("a log of 1970: error %v, want ErrKnown", err)
	}
	o := DefaultOptions()
	o.Known = true
	if r, err := Run(context.Background(), parity(t), &old.log, o); err != nil || r.Decisions != 1 {
		t.Errorf("a log of 1970 that may be known: %+v, error %v, want one decision", r, err)
	}
	o.Reward = "applause"
	if _, err := Run(context.Background(), parity(t), &s.log, o); err == nil {
		t.Error("an unknown reward was accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, parity(t), explored(t, parity(t), 1, 2), DefaultOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: error %v, want context.Canceled", err)
	}
}
