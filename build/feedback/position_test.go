package feedback

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// TestFitPositions has figures that can be worked out by hand. In the first
// case an item of γ = 0.4 stood 100 times in each of two positions: 40 clicks in
// the first and 20 in the second are θ = 1 and 0.5. That is a fixed point: of 80
// without a click in the second 80·0.5·0.6/0.8 = 30 were seen, (20+30)/100 = 0.5;
// and 80·0.4·0.5/0.8 = 20 would have been clicked, (40+20+20)/200 = 0.4.
func TestFitPositions(t *testing.T) {
	for _, test := range []struct {
		name             string
		cells            []cell
		positions, items int
		a, b             float64
		theta, gamma     []float64
	}{
		{"one movie", []cell{{0, 0, 100, 40}, {1, 0, 100, 20}}, 2, 1, 0, 0, []float64{1, 0.5}, []float64{0.4}},
		// A better item in the second place: 0.8·0.5 = 0.4 clicks as well.
		{"two movies", []cell{{0, 0, 100, 40}, {1, 0, 100, 20}, {0, 1, 10, 8}, {1, 1, 100, 40}}, 2, 2, 0, 0, []float64{1, 0.5}, []float64{0.4, 0.8}},
		{"no click", []cell{{0, 0, 10, 0}, {1, 0, 10, 0}}, 2, 1, 20, 5, []float64{1, 1}, []float64{0}},
		{"every card clicked", []cell{{0, 0, 10, 10}, {1, 0, 10, 10}}, 2, 1, 0, 0, []float64{1, 1}, []float64{1}},
		{"nothing", nil, 0, 0, 0, 0, []float64{}, []float64{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			theta, gamma := fitPositions(test.cells, test.positions, test.items, test.a, test.b)
			near := cmpopts.EquateApprox(0, 1e-3)
			if diff := cmp.Diff(test.theta, theta, near); diff != "" {
				t.Errorf("θ (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.gamma, gamma, near); diff != "" {
				t.Errorf("γ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRareClicks has ten positions and thirty items, better ones more often in
// front, with exactly as many clicks as expected, from many down to one in a
// thousand: what is left of the difference is the priors' share.
func TestRareClicks(t *testing.T) {
	planted := func(k int) float64 { return 1 / math.Pow(float64(k+1), 0.7) }
	for _, rate := range []float64{0.5, 0.05, 0.005} {
		var cells []cell
		for k := range 10 {
			for i := range 30 {
				better := float64(i*7%30) / 30
				n := 10_000 * (1 + better*(1-float64(k)/10))
				cells = append(cells, cell{k, i, n, n * rate * (0.3 + better) * planted(k)})
			}
		}
		theta, _ := fitPositions(cells, 10, 30, priorPosition, priorItem)
		for k, got := range theta {
			if math.Abs(got/planted(k)-1) > 0.05 {
				t.Errorf("clicks at a rate of %g: θ of position %d = %.4f, planted %.4f", rate, k+1, got, planted(k))
			}
		}
	}
}

// TestPriors has a third position that was seen three times, always with a
// click: it must not be taken for examined thrice as well as the first.
func TestPriors(t *testing.T) {
	cells := []cell{{0, 0, 1000, 300}, {1, 0, 1000, 150}, {2, 0, 3, 3}}
	theta, _ := fitPositions(cells, 3, 1, priorPosition, priorItem)
	if theta[0] < 0.9 || math.Abs(theta[1]-theta[0]/2) > 0.05 || theta[2] > 1 {
		t.Errorf("θ = %.2f, want about 1, 0.5 and no more than 1", theta)
	}
}

// world makes a log in which 600 visitors are shown some of 60 items, five
// times each, better ones a little more often in front; position k is examined
// with probability theta[k] and item i clicked with gamma(i) then.
func world(theta []float64, seed uint64) *Log {
	rng := rand.New(rand.NewPCG(seed, 1))
	gamma := func(item int) float64 { return 0.1 + 0.5*float64(item)/60 }
	l := new(Log)
	for v := range 600 {
		var events []event.Event
		for range 5 {
			items := rng.Perm(60)[:len(theta)]
			noise := rng.Perm(60)
			slices.SortFunc(items, func(a, b int) int { return b + 2*noise[b] - a - 2*noise[a] })
			for k, item := range items {
				name := catalog.ID(string(rune('A' + item)))
				events = append(events, card(event.Impression, name, "for-you", uint16(k+1)))
				if rng.Float64() < theta[k]*gamma(item) {
					c := card(event.Click, name, "for-you", uint16(k+1))
					c.Cause = id(1000*v + len(events))
					events = append(events, c)
				}
			}
		}
		l.Events = append(l.Events, did(v, events...)...)
	}
	return l
}

// TestExaminations recovers planted θ from clicks, where the click rates alone
// mislead: the better items stand in front more often.
func TestExaminations(t *testing.T) {
	planted := make([]float64, 10)
	for k := range planted {
		planted[k] = 1 / math.Pow(float64(k+1), 0.7)
	}
	x := world(planted, 5).Examinations()
	if len(x) != 1 || x[0].List != "for-you" || len(x[0].Theta) != 10 {
		t.Fatalf("Examinations: %+v, want one list of 10 positions", x)
	}
	for k, want := range planted {
		if got := x[0].Theta[k]; math.Abs(got-want) > 0.06 {
			t.Errorf("θ of position %d = %.3f, planted %.3f", k+1, got, want)
		}
	}
	if last := float64(x[0].Clicks[9]) / float64(x[0].Impressions[9]) / (float64(x[0].Clicks[0]) / float64(x[0].Impressions[0])); last > planted[9]-0.03 {
		t.Errorf("the last position is clicked %.3f times as often as the first: the planted order misleads nobody", last)
	}
}

// TestTrials counts what becomes of impressions and clicks.
func TestTrials(t *testing.T) {
	seen := func(item catalog.ID, position uint16) event.Event {
		return card(event.Impression, item, "for-you", position)
	}
	clicked := func(item catalog.ID, position uint16, cause int) event.Event {
		e := card(event.Click, item, "for-you", position)
		if cause > 0 {
			e.Cause = id(1000 + cause)
		}
		return e
	}
	l := &Log{Events: did(1,
		seen("a", 1), clicked("a", 1, 1), clicked("a", 1, 1), // twice is once
		seen("b", 2), seen("b", 3), clicked("b", 3, 5), // on another page
		clicked("c", 3, 0), clicked("c", 3, 0), // within the second, twice
		seen("d", 9000), // behind the last
		card(event.Impression, "e", "similar", 1),
		on(event.Like, "a"))}
	got := l.Examinations()
	want := []Examination{
		{List: "for-you", Impressions: make([]int, positions), Clicks: make([]int, positions)},
		{List: "similar", Impressions: []int{1}, Clicks: []int{0}},
	}
	copy(want[0].Impressions, []int{1, 1, 2})
	want[0].Impressions[positions-1] = 1
	copy(want[0].Clicks, []int{1, 0, 2})
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Examination{}, "Theta")); diff != "" {
		t.Errorf("Examinations (-want +got):\n%s", diff)
	}
}

func TestExaminationOf(t *testing.T) {
	x := &Examination{Theta: []float64{1, 0.5, 0.01}}
	for position, want := range map[uint16]float64{0: 1, 1: 1, 2: 0.5, 3: floor, 60: floor} {
		if got := x.of(position); got != want {
			t.Errorf("of(%d) = %g, want %g", position, got, want)
		}
	}
}
