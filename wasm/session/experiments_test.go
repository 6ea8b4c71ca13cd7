package session

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

func ptr[T any](v T) *T { return &v }

// layer returns a layer that everybody is in from 100 to 200, split evenly.
func layer(name string, arms ...experiment.Arm) experiment.Layer {
	for i := range arms {
		arms[i].Weight = 1
	}
	return experiment.Layer{Name: name, Salt: name, Share: 1, Start: 100, End: 200, Arms: arms}
}

// visitorOf returns a visitor who is in that arm of l.
func visitorOf(t *testing.T, l experiment.Layer, arm string) experiment.Visitor {
	t.Helper()
	for i := range 200 {
		v := experiment.Visitor{byte(i), 7}
		if at, in := l.Assign(v); in && l.Arms[at].Name == arm {
			return v
		}
	}
	t.Fatalf("nobody of 200 is in arm %q", arm)
	return experiment.Visitor{}
}

// liker returns a session of somebody who likes three even items.
func liker(t *testing.T) *Session {
	s, _ := parity()
	for i, id := range []string{"1", "21", "33"} {
		do(t, s, catalog.ID(id), protocol.Like, 0, int64(10+i))
	}
	return s
}

func recommend(s *Session, variety float32, now int64) protocol.Answer {
	return s.Answer(protocol.Request{Verb: protocol.Recommend, K: 10, Variety: variety, Now: now})
}

// enrolled enrols a new liker in one arm of l.
func enrolled(t *testing.T, l experiment.Layer, arm string) *Session {
	s := liker(t)
	if err := experiment.Validate([]experiment.Layer{l}); err != nil {
		t.Fatal(err)
	}
	s.Enrol(experiment.Enrolment{Visitor: visitorOf(t, l, arm), Now: 150, Layers: []experiment.Layer{l}})
	return s
}

func TestArmsChangeLists(t *testing.T) {
	mix := layer("mix", experiment.Arm{Name: "control"}, experiment.Arm{Name: "crowd", Mix: &experiment.Mix{Popular: 1}})
	variety := layer("variety", experiment.Arm{Name: "control"}, experiment.Arm{Name: "wide", Variety: ptr[float32](1)})
	plain := liker(t)
	for _, c := range []struct {
		name    string
		layer   experiment.Layer
		arm     string
		variety float32
		now     int64
		same    bool // as without an experiment
		layers  []string
	}{
		{"the control of a mix", mix, "control", -1, 150, true, []string{"mix"}},
		{"another mix", mix, "crowd", -1, 150, true, []string{"mix"}}, // the ranker orders the same 57 items alike
		{"before it starts", mix, "crowd", -1, 99, true, nil},
		{"at its end", mix, "crowd", -1, 200, true, nil},
		{"another variety", variety, "wide", -1, 150, false, []string{"variety"}},
		{"the control of a variety", variety, "control", -1, 150, true, []string{"variety"}},
		{"a variety that the visitor chose", variety, "wide", 0.3, 150, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := recommend(plain, c.variety, c.now), recommend(enrolled(t, c.layer, c.arm), c.variety, c.now)
			if same := slices.Equal(ids(a.Cards), ids(b.Cards)); same != c.same {
				t.Errorf("the list is %v, and %v without the experiment", ids(b.Cards), ids(a.Cards))
			}
			if diff := cmp.Diff(c.layers, b.Layers); diff != "" {
				t.Errorf("layers -want +got\n%s", diff)
			}
			if a.Layers != nil {
				t.Errorf("layers %v without an experiment", a.Layers)
			}
		})
	}
	s := enrolled(t, mix, "crowd")
	for _, c := range recommend(s, -1, 150).Cards {
		if !strings.Contains(c.Origin.Source, "popular") {
			t.Errorf("card %v comes from %q, want popular among it", c.ID, c.Origin.Source)
		}
	}
}

// TestDefaultVariety: where no one chooses, recommendations and the home page have
// 0.2.
func TestDefaultVariety(t *testing.T) {
	s := liker(t)
	if a, b := recommend(s, -1, 0), recommend(s, 0.2, 0); !cmp.Equal(a, b) {
		t.Errorf("recommendations: %v, want %v", ids(a.Cards), ids(b.Cards))
	}
	home := func(variety float32) protocol.Answer {
		return s.Answer(protocol.Request{Verb: protocol.Home, K: 6, Variety: variety})
	}
	if diff := cmp.Diff(home(0.2), home(-1)); diff != "" {
		t.Error(diff)
	}
}

func TestLayersOfOtherAnswers(t *testing.T) {
	model := layer("model", experiment.Arm{Name: "control"}, experiment.Arm{Name: "new", Bundle: strings.Repeat("0a", 32), Bytes: 5})
	mix := layer("mix", experiment.Arm{Name: "control"}, experiment.Arm{Name: "crowd", Mix: &experiment.Mix{Popular: 1}})
	s := liker(t)
	s.Enrol(experiment.Enrolment{Visitor: experiment.Visitor{1}, Now: 150, Layers: []experiment.Layer{model, mix}})
	both, one := []string{"model", "mix"}, []string{"model"}
	for _, c := range []struct {
		q    protocol.Request
		want []string
	}{
		{protocol.Request{Verb: protocol.Recommend}, both}, {protocol.Request{Verb: protocol.Home}, nil}, // its shelves have them
		{protocol.Request{Verb: protocol.Browse}, one}, {protocol.Request{Verb: protocol.Item, ID: "5"}, one},
		{protocol.Request{Verb: protocol.Search, Query: "even"}, one}, {protocol.Request{Verb: protocol.Tastes}, one},
		{protocol.Request{Verb: protocol.Profile}, nil}, {protocol.Request{Verb: protocol.Open}, nil},
		{protocol.Request{Verb: protocol.Search, Query: "no such film"}, nil},
	} {
		c.q.Now = 150
		if got := s.Answer(c.q).Layers; !slices.Equal(got, c.want) {
			t.Errorf("%s: layers %v, want %v", c.q.Verb, got, c.want)
		}
	}
	kinds := make(map[string]bool)
	for _, verb := range []protocol.Verb{protocol.Home, protocol.Item} {
		for _, shelf := range s.Answer(protocol.Request{Verb: verb, ID: "5", Now: 150}).Shelves {
			want := one
			if shelf.Kind == "for-you" {
				want = both
			}
			if !slices.Equal(shelf.Layers, want) {
				t.Errorf("%s, shelf %s: layers %v, want %v", verb, shelf.Kind, shelf.Layers, want)
			}
			kinds[string(verb)+" "+shelf.Kind] = true
		}
	}
	for _, kind := range []string{"home for-you", "home because", "movie because"} {
		if !kinds[kind] {
			t.Errorf("no shelf %q among %v", kind, kinds)
		}
	}
}

// TestExplore: the list stays for half an hour and is another one later; each
// card has the probability of its draw, and the control none.
func TestExplore(t *testing.T) {
	l := layer("explore", experiment.Arm{Name: "control"}, experiment.Arm{Name: "warm", Explore: ptr[float32](2)})
	l.End = 1e9
	s := enrolled(t, l, "warm")
	first, again, later := recommend(s, 0, 1800), recommend(s, 0, 3599), recommend(s, 0, 3600)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same half hour, another list:\n%s", diff)
	}
	if slices.Equal(ids(first.Cards), ids(later.Cards)) || slices.Equal(ids(first.Cards), ids(recommend(liker(t), 0, 0).Cards)) {
		t.Errorf("lists %v and %v: want them drawn anew", ids(first.Cards), ids(later.Cards))
	}
	for _, c := range first.Cards {
		if p := c.Origin.Propensity; !(p > 0 && p < 1) {
			t.Errorf("card %v has propensity %v", c.ID, p)
		}
	}
	if shelf := s.Answer(protocol.Request{Verb: protocol.Home, K: 10, Now: 1800}).Shelves[0]; !slices.Equal(ids(shelf.Cards), ids(first.Cards)) {
		t.Errorf("home shows %v, the list is %v", ids(shelf.Cards), ids(first.Cards))
	}
	for _, c := range recommend(enrolled(t, l, "control"), 0, 1800).Cards {
		if c.Origin.Propensity != 0 {
			t.Errorf("the control's card %v has propensity %v", c.ID, c.Origin.Propensity)
		}
	}
}

// TestInterleave: the list is made of two arms' lists in turn, in their orders,
// and every card says whose it is.
func TestInterleave(t *testing.T) {
	l := layer("draft", experiment.Arm{Name: "narrow", Variety: ptr[float32](0)}, experiment.Arm{Name: "wide", Variety: ptr[float32](1)},
		experiment.Arm{Name: "both", Interleave: []string{"narrow", "wide"}})
	s := enrolled(t, l, "both")
	plain := liker(t)
	own := map[string][]protocol.Card{"narrow": recommend(plain, 0, 150).Cards, "wide": recommend(plain, 1, 150).Cards}
	a := recommend(s, -1, 150)
	teams := map[string]int{}
	for i, c := range a.Cards {
		teams[c.Origin.Team]++
		if d := teams["narrow"] - teams["wide"]; math.Abs(float64(d)) > 1 {
			t.Errorf("after %d cards %v", i+1, teams)
		}
		list := ids(own[c.Origin.Team])
		list = slices.DeleteFunc(list, func(id catalog.ID) bool { return slices.Contains(ids(a.Cards[:i]), id) })
		if len(list) == 0 || list[0] != c.ID {
			t.Errorf("card %d is %v of team %q, which had %v left", i+1, c.ID, c.Origin.Team, list)
		}
	}
	if len(a.Cards) != 10 || teams["narrow"] != 5 || teams["wide"] != 5 || !slices.Equal(a.Layers, []string{"draft"}) {
		t.Errorf("%d cards of teams %v, layers %v", len(a.Cards), teams, a.Layers)
	}
	home := s.Answer(protocol.Request{Verb: protocol.Home, K: 10, Variety: -1, Now: 150})
	for _, shelf := range home.Shelves {
		for _, c := range shelf.Cards {
			if (c.Origin != nil && c.Origin.Team != "") != (shelf.Kind == "for-you") {
				t.Errorf("shelf %s, card %v: origin %+v", shelf.Kind, c.ID, c.Origin)
			}
		}
	}
}

func TestTrends(t *testing.T) {
	s := liker(t)
	// Odd items, which a liker of even ones is not shown otherwise; "2" twice, "nil" unknown.
	trends := []experiment.Trend{{ID: "2", Weight: 9}, {ID: "nil", Weight: 8}, {ID: "2", Weight: 7}, {ID: "4", Weight: 6}, {ID: "6", Weight: 5}, {ID: "8", Weight: 4}}
	before := s.Answer(protocol.Request{Verb: protocol.Home, K: 4})
	s.Enrol(experiment.Enrolment{Trending: trends})
	after := s.Answer(protocol.Request{Verb: protocol.Home, K: 4})
	i := slices.IndexFunc(after.Shelves, func(shelf protocol.Shelf) bool { return shelf.Kind == "trending" })
	if i < 0 || slices.ContainsFunc(before.Shelves, func(shelf protocol.Shelf) bool { return shelf.Kind == "trending" }) {
		t.Fatalf("shelf of trends at %d", i)
	}
	for _, c := range after.Shelves[i].Cards {
		if c.Origin == nil || c.Origin.Source != "trending" || c.Origin.Team != "" || !slices.ContainsFunc(c.Why, func(w protocol.Why) bool { return w.Kind == "trending" || w.Kind == "new" }) {
			t.Errorf("card %v: %+v, why %v", c.ID, c.Origin, c.Why)
		}
	}
	shown := ids(after.Shelves[i].Cards)
	slices.Sort(shown)
	if len(slices.Compact(shown)) != len(after.Shelves[i].Cards) {
		t.Errorf("a movie stands twice among %v", shown)
	}
	found := false
	for _, c := range s.Answer(protocol.Request{Verb: protocol.Recommend, K: 60}).Cards {
		found = found || strings.Contains(c.Origin.Source, "trending")
	}
	if !found {
		t.Error("no candidate is trending")
	}
}
