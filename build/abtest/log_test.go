package abtest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
)

// layerOf returns the layer of a file of one layer.
func layerOf(t *testing.T, text string) *experiment.Layer {
	t.Helper()
	f, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &f.Layers[0]
}

// duo is a layer of two arms that everybody is in, from 2026-11-01 for 20 days.
const duo = `{"version":1,"layers":[{"name":"mix","salt":"s","share":1,"start":"2026-11-01T00:00:00Z","end":"2026-11-21T00:00:00Z",
"arms":[{"name":"control","weight":1},{"name":"other","weight":1,"variety":0.5}]}]}`

// scribe writes a log, event by event.
type scribe struct {
	log  feedback.Log
	next uint64
}

// visitorIn returns a visitor that the layer puts in the named arm; n tells
// visitors apart.
func visitorIn(l *experiment.Layer, name string, n int) (v event.Visitor) {
	for i := 0; ; i++ {
		binary.BigEndian.PutUint64(v[:], uint64(n)<<20|uint64(i))
		if arm, in := l.Assign(v); in && l.Arms[arm].Name == name {
			return v
		}
	}
}

// add writes an event of visitor v in the given session and arm, at seconds
// after 2026-11-01, and returns its id.
func (s *scribe) add(v event.Visitor, session byte, arm string, kind event.Kind, at int64, change ...func(*event.Event)) event.ID {
	s.next++
	e := event.Event{Kind: kind, Visitor: v, Session: event.ID{session}, Arms: []event.Arm{{Layer: "mix", Name: arm}}}
	binary.BigEndian.PutUint64(e.ID[8:], s.next)
	if kind == event.Exposure {
		e.Layer = "mix"
	}
	for _, f := range change {
		f(&e)
	}
	ms := (1793491200 + at) * 1000
	s.log.Events = append(s.log.Events, feedback.Event{Event: e, At: ms, Received: ms})
	return e.ID
}

func on(list string, item catalog.ID) func(*event.Event) {
	return func(e *event.Event) { e.Item, e.Place = item, &event.Place{List: list, Position: 1} }
}

func of(item catalog.ID, stars float32) func(*event.Event) {
	return func(e *event.Event) { e.Item, e.Stars = item, stars }
}

// TestCollectByHand follows one visitor: two impressions of the past, one of them
// clicked, then a day with an impression twice, clicks that count and that do not,
// opinions, one of them taken back, and another day.
func TestCollectByHand(t *testing.T) {
	l := layerOf(t, duo)
	var s scribe
	v := visitorIn(l, "other", 1)
	s.add(v, 1, "other", event.Impression, -5000, on("popular", "a"))
	s.add(v, 1, "other", event.Impression, -4990, on("popular", "b"))
	s.add(v, 1, "other", event.Click, -4900, on("popular", "b"))
	s.add(v, 2, "other", event.Impression, 10, on("for-you", "a")) // the session of the exposure
	s.add(v, 2, "other", event.Exposure, 10)
	s.add(v, 2, "other", event.Impression, 20, on("for-you", "a")) // again: does not count
	s.add(v, 2, "other", event.Impression, 20, on("similar", "a"))
	s.add(v, 2, "other", event.Click, 25, on("for-you", "a"))
	s.add(v, 2, "other", event.Click, 26, on("for-you", "a")) // again
	s.add(v, 2, "other", event.Click, 27, on("for-you", "z")) // never shown
	s.add(v, 2, "other", event.Rate, 30, of("a", 4.5))
	s.add(v, 2, "other", event.Rate, 31, of("a", 1)) // had an opinion of it
	s.add(v, 2, "other", event.Dislike, 32, of("b", 0))
	like := s.add(v, 2, "other", event.Like, 33, of("c", 0))
	s.add(v, 2, "other", event.Undo, 34, func(e *event.Event) { e.Cause = like })
	s.add(v, 3, "other", event.Impression, 2*86400+5, on("for-you", "c"))
	s.add(v, 3, "other", event.Impression, 20*86400+5, on("for-you", "d")) // the layer is over

	got := Collect(&s.log, l)
	want := Visitor{
		Arm:    1,
		Times:  1,
		Before: Counts{Present: 1, Impressions: 2, Clicks: 1, Tail: 2}, // "a" alone has half of the 4 impressions while the layer ran
		Days: []Day{
			{0, Counts{Present: 1, Impressions: 2, Clicks: 1, Likes: 1, Opinions: 2, Ratings: 1, Stars: 4.5}},
			{2, Counts{Present: 1, Impressions: 1, Tail: 1}},
		},
	}
	want.Before.Tail = 1 // "b"
	if d := cmp.Diff([]Visitor{want}, got.Visitors); d != "" || got.Excluded != (Excluded{}) {
		t.Errorf("Collect: excluded %+v, -want +got\n%s", got.Excluded, d)
	}
	if want := int64(1793491200 + 20*86400 + 5); got.AsOf != want {
		t.Errorf("AsOf = %d, want %d", got.AsOf, want)
	}
	one := Collect(&s.log, l, "similar").Visitors[0].Days[0].Counts
	if d := cmp.Diff(Counts{Present: 1, Impressions: 1}, one); d != "" {
		t.Errorf("Collect(similar): -want +got\n%s", d)
	}
}

// TestCollectLeavesOut has one honest visitor and one of every kind that does not count.
func TestCollectLeavesOut(t *testing.T) {
	l := layerOf(t, duo)
	var s scribe
	honest := visitorIn(l, "control", 1)
	s.add(honest, 1, "control", event.Exposure, 1)
	crossed := visitorIn(l, "control", 2)
	s.add(crossed, 1, "control", event.Exposure, 1)
	s.add(crossed, 2, "other", event.Exposure, 9)
	mistaken := visitorIn(l, "control", 3)
	s.add(mistaken, 1, "other", event.Exposure, 1)
	unexposed := visitorIn(l, "control", 4)
	s.add(unexposed, 1, "control", event.Impression, 1, on("search", "a"))
	early := visitorIn(l, "control", 5)
	s.add(early, 1, "control", event.Exposure, -50)
	got := Collect(&s.log, l)
	if len(got.Visitors) != 1 || got.Excluded != (Excluded{Crossed: 1, Mistaken: 1}) {
		t.Errorf("Collect: %d visitors, excluded %+v; want 1, and 1 crossed and 1 mistaken", len(got.Visitors), got.Excluded)
	}
}

// TestCollectCreditsTeams has a visitor who clicks two items of one team and one of the other.
func TestCollectCreditsTeams(t *testing.T) {
	l := layerOf(t, strings.Replace(duo, `"variety":0.5}`, `"variety":0.5},{"name":"both","weight":1,"interleave":["control","other"]}`, 1))
	var s scribe
	v := visitorIn(l, "both", 1)
	s.add(v, 1, "both", event.Exposure, 1)
	for i, team := range []string{"other", "control", "other", "control"} {
		card := func(e *event.Event) {
			on("for-you", catalog.ID(rune('a'+i)))(e)
			e.Place.Team = team
		}
		s.add(v, 1, "both", event.Impression, 2, card)
		if i < 3 {
			s.add(v, 1, "both", event.Click, 3, card)
		}
	}
	sample := Collect(&s.log, l)
	if got := sample.Visitors[0].Credit; got != [2]float64{1, 2} {
		t.Errorf("credit = %v, want 1 for control and 2 for other", got)
	}
	o := DefaultOptions()
	o.Least = 1
	r := sample.Analyze(l, o)
	if len(r.Duels) != 1 || r.Duels[0].Wins != [2]int{0, 1} {
		t.Errorf("duels = %+v, want one won by other", r.Duels)
	}
	if len(r.Metrics[0].Cells) != 2 {
		t.Errorf("metrics compare %d arms, want control and other alone", len(r.Metrics[0].Cells))
	}
}

// crowd returns visitors of a layer of two arms over some days: each with their own
// rate of clicks around rate, times lift in the second arm, and with a past.
func crowd(seed uint64, n, days int, rate, lift float64) []Visitor {
	r, buys := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	all := make([]Visitor, n)
	for i := range all {
		v := &all[i]
		v.Arm = r.IntN(2)
		own := rate * r.ExpFloat64()
		chance := min(0.9, own)
		v.Before = session(r, buys, chance)
		if v.Arm == 1 {
			chance = min(0.9, own*lift)
		}
		for day := r.IntN(days); day < days; day += 1 + r.IntN(7) {
			v.Days = append(v.Days, Day{day, session(r, buys, chance)})
		}
		v.Credit = [2]float64{float64(r.IntN(3)), float64(r.IntN(4))}
	}
	return all
}

// session returns what a visitor does in one session, who clicks with a chance. One
// of four buys something.
func session(r, buys *rand.Rand, chance float64) Counts {
	c := Counts{Present: 1, Impressions: float64(3 + r.IntN(18))}
	for range int(c.Impressions) {
		if r.Float64() < chance {
			c.Clicks++
			if r.Float64() < 0.3 {
				c.Likes++
				c.Opinions++
				c.Ratings++
				c.Stars += 3.5 + float64(r.IntN(4))/2
			}
		}
		if r.Float64() < 0.4 {
			c.Tail++
		}
	}
	if buys.Float64() < 0.25 {
		c.Bought, c.Baskets, c.Pieces = 1, 1, float64(1+buys.IntN(4))
		c.Revenue = c.Pieces * (5 + 20*buys.Float64())
	}
	return c
}

// TestPageIsWhole writes a page of hostile names and looks for what must not be in it.
// With SPARROW_PAGE=FILE the page is left there, to be looked at.
func TestPageIsWhole(t *testing.T) {
	l := layerOf(t, strings.Replace(duo, `"variety":0.5}`, `"variety":0.5},{"name":"both","weight":1,"interleave":["control","other"]}`, 1))
	visitors := crowd(3, 4000, 20, 0.08, 1.3)
	for i := range visitors {
		if i%3 == 0 {
			visitors[i].Arm = 2
		}
	}
	o := DefaultOptions()
	o.AsOf = int64(l.End) - 86400
	whole := Analyze(l, visitors, o)
	hostile := *l
	hostile.Name = `"><script>alert(1)</script>`
	hostile.Arms = slices.Clone(l.Arms)
	hostile.Arms[1].Name = `<img src=x onerror=alert(1)>`
	o.AsOf, o.Force = int64(l.End), true
	reports := []*Report{whole, Analyze(&hostile, visitors[:300], o), Analyze(l, visitors[:20], o)}
	o.Force = false
	for i := range visitors[:900] {
		visitors[i].Arm = min(i%5, 1)
	}
	reports = append(reports, Analyze(l, visitors[:900], o))
	var b bytes.Buffer
	if err := WritePage(&b, reports); err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("SPARROW_PAGE"); path != "" {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page := b.String()
	for _, bad := range []string{"<script", "<img", " src=\"", "url(", "@import", "<link", "#0102", "NaN", "Inf", "%!"} {
		if strings.Contains(page, bad) {
			i := strings.Index(page, bad)
			t.Errorf("the page has %q in it: …%s…", bad, page[max(0, i-80):min(len(page), i+80)])
		}
	}
	for _, good := range []string{"sample ratio in order", "sample ratio off", "too few visitors", "day by day", "Interleaved", "<svg role=\"img\"", "&lt;script&gt;"} {
		if !strings.Contains(page, good) {
			t.Errorf("the page has no %q in it", good)
		}
	}
	for _, r := range reports {
		var text bytes.Buffer
		if err := r.WriteTable(&text); err != nil || !strings.Contains(text.String(), r.Findings[0][:20]) {
			t.Errorf("WriteTable: error %v, table\n%s", err, text.String())
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("the report is no JSON: %v", err)
		}
	}
	if c := whole.Get("ctr", "other"); c == nil || !c.Found || !c.CUPED || len(c.Days) < 15 {
		t.Errorf("a lift of 30 %% is not found with a past and day by day: %+v", c)
	}
}

func TestSince(t *testing.T) {
	later, first := layerOf(t, strings.ReplaceAll(duo, "2026-11-01", "2026-11-05")), layerOf(t, duo)
	if got := Since([]experiment.Layer{*later, *first}).Format("2006-01-02"); got != "2026-10-02" {
		t.Errorf("Since = %s, want 30 days before the first layer starts, 2026-10-02", got)
	}
	if got := Since(nil); !got.IsZero() {
		t.Errorf("Since no layer = %v, want the zero time", got)
	}
}
