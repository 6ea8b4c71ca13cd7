package simulation

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sparrow/build/replay"
	"sparrow/build/stats"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// slot returns one over a small planted bundle.
func slot(t *testing.T, seed uint64) *Slot {
	t.Helper()
	data, err := bundle.Encode(enginetest.Parity(200))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	w := New(b.Catalog, b.Statistics.Count, Plan{Seed: seed, Shift: 0.5})
	s, err := NewSlot(w, b, SlotOptions{Arms: 15, Users: 60, Known: 4})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tenth is the regret a visit in one part.
func (p *Played) tenth(part int) float64 { return p.Regret[part] / float64(p.Parts[part]) }

// TestGuestsByTheBundle: the scores are the ranker's and the inputs give them back but
// for a constant, and the user vector has length 1.
func TestGuestsByTheBundle(t *testing.T) {
	s := slot(t, 1)
	for _, g := range s.guests[:5] {
		byLast := rate(&g, s.last)
		for a := range byLast {
			if d := byLast[a] - byLast[0] - (g.scores[a] - g.scores[0]); math.Abs(float64(d)) > 1e-4 {
				t.Errorf("arm %d: the inputs times the last layer differ from the score by %v", a, d)
			}
		}
		squares := 0.0
		for _, v := range g.user[1:] {
			squares += float64(v * v)
		}
		if math.Abs(squares-1) > 1e-5 || g.user[0] != 1 || g.inputs[3][0] != 1 {
			t.Errorf("user vector %v, first input %v: want 1, then length 1; and 1", g.user, g.inputs[3][0])
		}
	}
}

// TestHistoriesHaveNoArms: who has followed an item would hardly follow it again.
func TestHistoriesHaveNoArms(t *testing.T) {
	w, _ := parity(t, Plan{Seed: 1})
	p := w.person(1)
	arms := p.loved(6)[1:]
	if got, all := p.lovedBeside(arms, 4), p.loved(9); !slices.Equal(got, append(all[:1:1], all[6:9]...)) {
		t.Errorf("loved beside %v: %v of %v, want the first and the last three", arms, got, all)
	}
}

// TestPlayPaysWhatItSays: the clicks of a policy are its expected reward within five
// times its root, regret is what the oracle has more, and everything is the same again.
func TestPlayPaysWhatItSays(t *testing.T) {
	s := slot(t, 2)
	oracle := s.Play("oracle", 3, 500, 1)
	for _, name := range Policies {
		p := s.Play(name, 3, 500, 1)
		if d := math.Abs(float64(p.Clicks) - p.Reward); d > 5*math.Sqrt(p.Reward) {
			t.Errorf("%s: %d clicks, %.1f expected", name, p.Clicks, p.Reward)
		}
		regret := 0.0
		for _, r := range p.Regret {
			regret += r
		}
		if d := oracle.Reward - p.Reward - regret; math.Abs(d) > 1e-6 || p.Reward > oracle.Reward {
			t.Errorf("%s: reward %.3f and regret %.3f, the oracle has %.3f", name, p.Reward, regret, oracle.Reward)
		}
		if d := gocmp.Diff(p, slot(t, 2).Play(name, 3, 500, 1)); d != "" {
			t.Errorf("%s, the same again (-one +two):\n%s", name, d)
		}
	}
}

// TestRegretFlattens: over five worlds, what those that do not tell visitors apart miss
// beside the best fixed arm falls to a part of what it was at first, and LinUCB,
// which tells them apart, ends with less regret than that arm. Random misses as much
// at last as at first.
func TestRegretFlattens(t *testing.T) {
	const worlds, visits = 5, 3000
	first, last := map[string]float64{}, map[string]float64{}
	for seed := range uint64(worlds) {
		s := slot(t, seed)
		fixed := s.Play("best fixed", 1, visits, seed)
		for _, name := range []string{"random", "ε-greedy", "UCB1", "Thompson", "LinUCB"} {
			p := s.Play(name, 1, visits, seed)
			first[name] += (p.tenth(0) - fixed.tenth(0)) / worlds
			last[name] += (p.tenth(parts-1) - fixed.tenth(parts-1)) / worlds
		}
	}
	if d := last["random"] / first["random"]; d < 0.9 || d > 1.1 {
		t.Errorf("what random misses goes from %.3f to %.3f", first["random"], last["random"])
	}
	for name, most := range map[string]float64{"ε-greedy": 0.3, "UCB1": 0.5, "Thompson": 0.2} {
		if last[name] > most*first[name] {
			t.Errorf("what %s misses goes from %.3f to %.3f, want %.1f of it at most", name, first[name], last[name], most)
		}
	}
	if last["LinUCB"] > -0.01 {
		t.Errorf("LinUCB ends %.3f above the regret of the best fixed arm, want below: it knows who comes", last["LinUCB"])
	}
}

// tasteful is a slot whose guests like what lies along one direction of six features,
// while the shipped last layer goes along another.
func tasteful(seed uint64, liked, shipped []float32) *Slot {
	r := rand.New(rand.NewPCG(seed, 2))
	s := &Slot{dice: dice(seed), arms: 12, last: shipped}
	for range 40 {
		g := guest{user: []float32{1}}
		for range s.arms {
			x := []float32{1}
			for range liked {
				x = append(x, float32(r.NormFloat64()))
			}
			g.inputs = append(g.inputs, x)
			sum := 0.0
			for i, v := range liked {
				sum += float64(v * x[1+i])
			}
			g.appetite = append(g.appetite, stats.Logistic(2*sum-1))
		}
		g.scores = rate(&g, shipped)
		s.guests = append(s.guests, g)
	}
	return s
}

// TestDRNLearnsATaste: the last layer turns from what was shipped, which knows nothing of
// what the guests like, towards that; and regret falls to a half. In a
// world where the shipped layer is right it stays about as good as it was.
func TestDRNLearnsATaste(t *testing.T) {
	liked, shipped := []float32{0, 0.7, 0, -0.7, 0, 0.2}, []float32{0.6, 0, -0.6, 0, 0.5, 0}
	cosine := func(a, b []float32) float64 {
		var ab, aa, bb float64
		for i := range a {
			ab, aa, bb = ab+float64(a[i]*b[i]), aa+float64(a[i]*a[i]), bb+float64(b[i]*b[i])
		}
		return ab / math.Sqrt(aa*bb)
	}
	learn := func(shipped []float32) (Played, float64) {
		s := tasteful(3, liked, shipped)
		p := s.policy("DRN", 1).(*dueling)
		played := s.play(p, 4, 5000, 1)
		w := make([]float32, len(shipped))
		p.duel.Weights(w)
		return played, cosine(w, liked)
	}
	played, now := learn(shipped)
	if now < 0.6 {
		t.Errorf("cosine of the last layer and what is liked: %.3f, want .6 at least, from 0", now)
	}
	if played.tenth(parts-1) > 0.5*played.tenth(0) {
		t.Errorf("regret a visit goes from %.3f to %.3f, want half at most", played.tenth(0), played.tenth(parts-1))
	}
	if right, stays := learn(liked); stays < 0.9 {
		t.Errorf("from the right last layer the cosine goes to %.3f, regret from %.3f to %.3f", stays, right.tenth(0), right.tenth(parts-1))
	}
}

// TestReplayAgreesWithTheWorld: what each learner gets of one arm a visit, in eight
// worlds and in replays of logs of them. The mean difference is within its interval of
// three standard errors.
func TestReplayAgreesWithTheWorld(t *testing.T) {
	const worlds, visits = 8, 300
	for _, name := range Learners {
		var mean, squares float64
		for seed := range uint64(worlds) {
			s := slot(t, seed)
			world := s.Play(name, 1, visits, seed).Reward / visits
			logged := func(i int) (int, float64) { return s.Logged(99, i) }
			got := replay.Learn(3*s.arms*visits, logged, s.Learner(name, 99), visits)
			if got.Kept != visits {
				t.Fatalf("%s: kept %d of %d decisions", name, got.Kept, got.Decisions)
			}
			d := got.Reward - world
			mean += d / worlds
			squares += d * d / worlds
		}
		off := 3 * math.Sqrt((squares-mean*mean)/(worlds-1))
		if math.Abs(mean) > off || off > 0.15 {
			t.Errorf("%s: replay - world = %+.3f, want 0 ± %.3f, and that .15 at most", name, mean, off)
		}
	}
}

// TestLogByHand: of two guests each follows one arm for sure and never the other, so
// that a log pays whenever the arm is the guest's; both arms and guests come evenly.
func TestLogByHand(t *testing.T) {
	s := &Slot{dice: 1, arms: 2, guests: []guest{{appetite: []float64{1, 0}}, {appetite: []float64{0, 1}}}}
	const n = 4000
	var count [2][2]int
	for i := range n {
		arm, reward := s.Logged(7, i)
		who := 0
		if s.arrival(7, uint64(i)) == &s.guests[1] {
			who = 1
		}
		count[who][arm]++
		if (reward == 1) != (arm == who) {
			t.Fatalf("visit %d of guest %d pays %v for arm %d", i, who, reward, arm)
		}
	}
	for who := range count {
		for arm, c := range count[who] {
			if math.Abs(float64(c)-n/4) > 5*math.Sqrt(n*3.0/16) {
				t.Errorf("guest %d and arm %d met %d times of %d, want a quarter", who, arm, c, n)
			}
		}
	}
}

// TestLinearThompsonLearnsATaste: it begins with nothing and sees what the ranker's last
// layer sees; the guests' taste is nearly linear in that, so little regret is left.
func TestLinearThompsonLearnsATaste(t *testing.T) {
	s := tasteful(3, []float32{0, 0.7, 0, -0.7, 0, 0.2}, []float32{0.6, 0, -0.6, 0, 0.5, 0})
	p, random := s.Play("linear Thompson", 4, 2000, 1), s.Play("random", 4, 2000, 1)
	if p.tenth(parts-1) > 0.05*random.tenth(0) {
		t.Errorf("regret a visit goes from %.3f to %.3f, want a twentieth of random's", p.tenth(0), p.tenth(parts-1))
	}
}

func TestSlotRefuses(t *testing.T) {
	b := enginetest.Parity(60)
	w := New(b.Catalog, b.Statistics.Count, Plan{Seed: 1})
	for _, o := range []SlotOptions{{0, 5, 3}, {58, 5, 3}, {5, 0, 3}} {
		if _, err := NewSlot(w, b, o); err == nil {
			t.Errorf("NewSlot(%+v) gives no error", o)
		}
	}
	if _, err := NewSlot(New(enginetest.Parity(80).Catalog, nil, Plan{}), b, SlotOptions{5, 5, 3}); err == nil {
		t.Error("NewSlot over a bundle that lacks movies gives no error")
	}
}
