package simulation

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/event"
)

// parity is a world over the catalog of a small planted bundle, and its bytes.
func parity(t *testing.T, plan Plan) (*World, []byte) {
	t.Helper()
	b := enginetest.Parity(60)
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	return New(b.Catalog, b.Statistics.Count, plan), data
}

// some are options for a short run.
func some(data []byte, visitors int) Options {
	return Options{Bundles: [][]byte{data}, Visitors: visitors, Days: 10, End: 1_764_000_000, Length: 10, Consent: 1}
}

func simulate(t *testing.T, w *World, o Options) (*Result, map[event.Visitor][]event.Event) {
	t.Helper()
	var mu sync.Mutex
	all := map[event.Visitor][]event.Event{}
	o.Emit = func(e []event.Event) error {
		mu.Lock()
		defer mu.Unlock()
		all[e[0].Visitor] = append(all[e[0].Visitor], e...)
		return nil
	}
	r, err := Run(context.Background(), w, o)
	if err != nil {
		t.Fatal(err)
	}
	return r, all
}

// TestSameSeedSameEvents runs on one processor and on three.
func TestSameSeedSameEvents(t *testing.T) {
	w, data := parity(t, Plan{Seed: 3, Shift: 0.5})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	result, events := simulate(t, w, some(data, 40))
	runtime.GOMAXPROCS(3)
	again, same := simulate(t, w, some(data, 40))
	if d := gocmp.Diff(result, again); d != "" {
		t.Errorf("results differ (-one +three):\n%s", d)
	}
	if d := gocmp.Diff(events, same); d != "" {
		t.Errorf("events differ (-one +three):\n%s", d)
	}
	w, _ = parity(t, Plan{Seed: 4, Shift: 0.5})
	if other, _ := simulate(t, w, some(data, 40)); other.Value() == result.Value() {
		t.Error("another seed gives the same value")
	}
}

// TestEventsAreABrowsers decodes every event as strictly as an edge does, and
// follows sequence numbers and causes.
func TestEventsAreABrowsers(t *testing.T) {
	w, data := parity(t, Plan{Seed: 1, Shift: 0.5})
	o := some(data, 60)
	result, all := simulate(t, w, o)
	kinds := map[event.Kind]int{}
	total := 0
	for visitor, events := range all {
		seen := map[event.ID]event.Event{}
		for i, e := range events {
			back, err := event.Decode(e.Append(nil))
			if err != nil {
				t.Fatalf("%+v: %v", e, err)
			}
			if d := gocmp.Diff(back, e); d != "" {
				t.Fatalf("decoded (-got +want):\n%s", d)
			}
			if i > 0 && events[i-1].Session == e.Session && (e.Seq != events[i-1].Seq+1 || e.At < events[i-1].At) {
				t.Fatalf("event %d of %x follows out of order", i, visitor)
			}
			if i > 0 && events[i-1].Session != e.Session && (e.Seq != 0 || e.At-events[i-1].At < 30*60_000) {
				t.Fatalf("session %x begins at %d, %d ms after the last", e.Session, e.Seq, e.At-events[i-1].At)
			}
			if cause, ok := seen[e.Cause]; e.Cause != (event.ID{}) && (!ok || cause.Item != e.Item) {
				t.Fatalf("%s of %s has cause %+v", e.Kind, e.Item, cause)
			}
			if e.At >= o.End*1000 || e.At < (o.End-int64(o.Days)*86400)*1000 {
				t.Fatalf("%s at %d, outside the days asked for", e.Kind, e.At)
			}
			seen[e.ID] = e
			kinds[e.Kind]++
			total++
		}
	}
	if total != result.Events {
		t.Errorf("%d events, the result says %d", total, result.Events)
	}
	for _, k := range []event.Kind{event.Impression, event.Click, event.View, event.Rate, event.Like, event.Dislike} {
		if kinds[k] == 0 {
			t.Errorf("nobody made the event %q: %v", k, kinds)
		}
	}
}

func TestNothingLeavesWithoutConsent(t *testing.T) {
	w, data := parity(t, Plan{Seed: 1})
	o := some(data, 30)
	o.Consent = 0
	result, all := simulate(t, w, o)
	if len(all) > 0 || result.Events > 0 || result.Sharers > 0 || result.Value() <= 0 {
		t.Errorf("%d visitors sent events, result says %d events, %d sharers, value %v", len(all), result.Events, result.Sharers, result.Value())
	}
	o.Consent = 0.5
	if result, all = simulate(t, w, o); len(all) != result.Sharers || len(all) < 5 || len(all) > 25 {
		t.Errorf("%d of 30 visitors sent events, result says %d, want about half", len(all), result.Sharers)
	}
}

// TestClicksAreWhatWasExpected compares clicks with their expectation: the sum
// over lists of examination times appetite. With n clicks expected, the
// deviation stays within five times √n.
func TestClicksAreWhatWasExpected(t *testing.T) {
	w, _ := parity(t, Plan{Seed: 2})
	expected, clicks := 0.0, 0
	byPosition := make([]float64, 10)
	for n := range 2000 {
		p := w.person(n)
		p.begin(0, 0)
		for i := range byPosition {
			m := catalog.Row((n + 7*i) % 60)
			expected += examination(i+1) * p.appetite(m)
			if p.follows(m, i+1, 1, 1) {
				clicks++
				byPosition[i]++
			}
		}
	}
	if d := math.Abs(float64(clicks) - expected); d > 5*math.Sqrt(expected) {
		t.Errorf("%d clicks, %.0f expected", clicks, expected)
	}
	if got, want := byPosition[9]/byPosition[0], math.Pow(10, -bias); math.Abs(got-want) > 0.1 {
		t.Errorf("position 10 has %.2f of the clicks of position 1, want about %.2f: people look at the top", got, want)
	}
}

// TestFatigue shows one item again and again.
func TestFatigue(t *testing.T) {
	w, _ := parity(t, Plan{Seed: 2})
	p := w.person(1)
	fresh := p.appetite(5)
	for range 3 {
		p.see(5)
	}
	shown := p.appetite(5)
	p.followed[5] = true
	if done := p.appetite(5); !(fresh > shown && shown > 5*done) {
		t.Errorf("appetite %v, after three lists %v, after a visit to its page %v: want it to fall", fresh, shown, done)
	}
}

// TestValueKnowsTheTaste ranks by the latent worth, by the appeal of now and
// by that of then: who knows more, gives more.
func TestValueKnowsTheTaste(t *testing.T) {
	w := New(Small(200, 6, 1), nil, Plan{Seed: 1, Shift: 0.6, Young: 0.1})
	mean := func(score func(p *person, m catalog.Row) float64) float64 {
		sum := 0.0
		for n := range 200 {
			p := w.person(n)
			rows := make([]catalog.Row, 200)
			for m := range rows {
				rows[m] = catalog.Row(m)
			}
			slices.SortFunc(rows, func(a, b catalog.Row) int { return cmp.Compare(score(p, b), score(p, a)) })
			sum += p.value(rows[:10])
		}
		return sum / 200
	}
	own := mean(func(p *person, m catalog.Row) float64 { return w.worth(&p.taste, m, Now) })
	now := mean(func(_ *person, m catalog.Row) float64 { return w.appeal[Now][m] })
	then := mean(func(_ *person, m catalog.Row) float64 { return w.appeal[Then][m] })
	if got := fmt.Sprintf("%.2f %.2f %.2f", own, now, then); !(own > 1.5*now && now > 1.2*then) {
		t.Errorf("values by taste, by fame now and by fame then are %s, want each well above the next", got)
	}
}
