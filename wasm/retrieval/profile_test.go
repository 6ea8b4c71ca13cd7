package retrieval_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// ring returns a profile of n items in which item r speaks for the next three.
func ring(n int) *retrieval.Profile {
	p := &retrieval.Profile{Lists: retrieval.Lists{Start: []uint32{0}}, Gate: retrieval.Gate{Most: 0.5, From: 0.75, Weight: 2}}
	for r := range n {
		next := []catalog.Row{catalog.Row((r + 1) % n), catalog.Row((r + 2) % n), catalog.Row((r + 3) % n)}
		slices.Sort(next)
		p.Items = append(p.Items, next...)
		p.Weights = append(p.Weights, 200, 100, 50)
		p.Scale = append(p.Scale, 0.001/float32(r+1))
		p.Start = append(p.Start, uint32(len(p.Items)))
	}
	return p
}

// TestTheProfileKnowsNoOrder: the scores of likes are the same bits in any order, and
// the number of dislikes among them adds nothing.
func TestTheProfileKnowsNoOrder(t *testing.T) {
	const n = 60
	p, rng := ring(n), rand.New(rand.NewPCG(1, 1))
	for range 50 {
		h := events()
		for i, r := range rng.Perm(n)[:12] {
			h = append(h, feature.Event{Row: catalog.Row(r), Stars: 3 + float32(rng.IntN(5))/2, At: int64(5 * i)})
		}
		want, got := make([]float32, n), make([]float32, n)
		p.Scores(want, h)
		rng.Shuffle(len(h), func(i, j int) { h[i], h[j] = h[j], h[i] })
		p.Scores(got, append(h, feature.Event{Row: 5, Stars: 1}))
		if !slices.Equal(got, want) {
			t.Fatalf("another order of %v and a dislike: %v, want %v", h, got, want)
		}
	}
}

// TestTheProfileByHand: item 1 follows item 0 with 0.2 and counts in full, then with
// half of it for three stars less a fifth: (3-1.5)/2.5 is 0.6.
func TestTheProfileByHand(t *testing.T) {
	p, got := ring(10), make([]float32, 10)
	p.Scores(got, feature.History{{Row: 0, Stars: 5}})
	if want := float32(2 * math.Log1p(20*0.2)); math.Abs(float64(got[1]-want)) > 1e-6 || got[0] != 0 || got[4] != 0 {
		t.Errorf("scores %v, want %v of item 1 and none of 0 and 4", got, want)
	}
	p.Scores(got, feature.History{{Row: 0, Stars: 3}})
	if want := float32(2 * math.Log1p(20*0.6*0.2)); math.Abs(float64(got[1]-want)) > 1e-6 {
		t.Errorf("three stars: %v, want %v", got[1], want)
	}
}

// TestTheGateByHand: what counts as a set, and how much.
func TestTheGateByHand(t *testing.T) {
	g := retrieval.Gate{Most: 0.5, From: 0.75, Weight: 1}
	sitting := func(stars ...float32) (h feature.History) {
		for i, s := range stars {
			h = append(h, feature.Event{Row: catalog.Row(i), Stars: s, At: int64(5 * i)})
		}
		return h
	}
	apart := sitting(5, 5, 5, 5, 5)
	apart[4].At += 7200 // a second sitting: 3 of 4 steps are within one
	for _, c := range []struct {
		name string
		h    feature.History
		want float32
	}{
		{"nobody", nil, 0},
		{"one like has one order", sitting(5), 0},
		{"likes of one evening", sitting(5, 4, 5, 4.5), 0.5},
		{"likes of two evenings", apart, 0.375},
		{"seven of eight are likes", sitting(5, 5, 5, 5, 5, 5, 5, 2), 0.25},
		{"ratings of all kinds", sitting(5, 4, 3, 2), 0},
		{"choices without stars have an order", sitting(0, 0, 0, 0), 0},
	} {
		if got := g.Share(c.h); math.Abs(float64(got-c.want)) > 1e-6 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestBlendMovesTheScores half of the way, and not at all without a profile or a set.
func TestBlendMovesTheScores(t *testing.T) {
	p, scratch := ring(10), make([]float32, 10)
	likes := feature.History{{Row: 0, Stars: 5}, {Row: 5, Stars: 5, At: 9}}
	p.Scores(scratch, likes)
	want := []float32{0.5*3 + 0.5*scratch[1], 0.5 * -1}
	for _, c := range []struct {
		name string
		p    *retrieval.Profile
		h    feature.History
		want []float32
	}{
		{"likes of one sitting", p, likes, want},
		{"no profile", nil, likes, []float32{3, -1}},
		{"no set", p, feature.History{{Row: 0}, {Row: 5, At: 9}}, []float32{3, -1}},
	} {
		got := []feature.Candidate{{Row: 1, Score: 3}, {Row: 9, Score: -1}}
		c.p.Blend(got, c.h, scratch)
		for i := range got {
			if math.Abs(float64(got[i].Score-c.want[i])) > 1e-6 {
				t.Errorf("%s: candidate %d has %v, want %v", c.name, i, got[i].Score, c.want[i])
			}
		}
	}
}

// TestASetIsPooledWithoutItsOrder: the vector of a set and its candidates are the same in
// every order, those of a history with an order are not.
func TestASetIsPooledWithoutItsOrder(t *testing.T) {
	m, l, s := parity(40)
	r := retrieval.New(m, l, s).WithSets(func(feature.History) float32 { return 1 })
	vector := func(h feature.History) []float32 {
		v := make([]float32, m.Out.Cols)
		r.UserVector(v, h)
		return v
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var h feature.History
	for i, row := range rng.Perm(40)[:m.Length()] {
		h = append(h, feature.Event{Row: catalog.Row(row), Stars: 5, At: int64(i + 1)})
	}
	want, list := vector(h), r.Candidates(nil, h, nil, 12)
	for range 10 {
		rng.Shuffle(len(h), func(i, j int) { h[i].Row, h[j].Row = h[j].Row, h[i].Row })
		if got := vector(h); !slices.Equal(got, want) {
			t.Fatalf("another order has the vector %v, want %v", got, want)
		}
		if got := r.Candidates(nil, h, nil, 12); !slices.Equal(got, list) {
			t.Fatalf("another order has the candidates %v, want %v", got, list)
		}
	}
	half, plain := retrieval.New(m, l, s).WithSets(func(feature.History) float32 { return 0.5 }), retrieval.New(m, l, s)
	middle, ordered := make([]float32, m.Out.Cols), make([]float32, m.Out.Cols)
	half.UserVector(middle, h)
	plain.UserVector(ordered, h)
	if slices.Equal(ordered, want) {
		t.Error("an order has the vector of a set: this test shows nothing")
	}
	for c := range middle {
		if math.Abs(float64(middle[c]-(ordered[c]+want[c])/2)) > 1e-5 {
			t.Errorf("half a set: %v, want the middle of %v and %v", middle[c], ordered[c], want[c])
		}
	}
}

// TestTheProfileIsASource: what it scores best is among the candidates of a set, however
// low the model has it, and of no other history; there are never more than asked for.
func TestTheProfileIsASource(t *testing.T) {
	m, l, s := parity(40)
	likes := feature.History{{Row: 2, Stars: 5}, {Row: 4, Stars: 5, At: 9}}
	r := retrieval.New(m, l, s).WithProfile(ring(40))
	if got := rows(r.Candidates(nil, likes, nil, 10)); len(got) != 10 || !slices.Contains(got, 3) || !slices.Contains(got, 5) {
		t.Errorf("ten candidates %v, want the odd 3 and 5 among them", got)
	}
	plain := retrieval.New(m, l, s)
	if got, want := rows(r.Candidates(nil, events(2, 4), nil, 10)), rows(plain.Candidates(nil, events(2, 4), nil, 10)); !slices.Equal(got, want) {
		t.Errorf("what is no set has %v, want %v", got, want)
	}
	full := retrieval.Mix{Transition: 0.5, Popular: 0.25, Trending: 0.25}
	if got := r.Mixed(nil, likes, nil, 8, full, []catalog.Row{30, 31, 32}); len(got) > 8 {
		t.Errorf("%d candidates of 8", len(got))
	}
}
