package abtest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
)

// networked writes what visitors with networks do.
type networked struct {
	scribe
	layer *experiment.Layer
	r     *rand.Rand
	n     int
}

// visit lets a new visitor come on a day from a numbered network: they are shown
// two lists of ten items and click each card with the chance of their arm.
func (s *networked) visit(day, network int, chance map[string]float64) {
	s.n++
	var v event.Visitor
	binary.BigEndian.PutUint64(v[:], uint64(s.n))
	at, _ := s.layer.Assign(v)
	arm, begin := s.layer.Arms[at].Name, len(s.log.Events)
	now := int64(day)*86400 + int64(s.r.IntN(80000))
	for list := range 2 {
		s.add(v, byte(list+1), arm, event.Exposure, now)
		for card := range 10 {
			item := catalog.ID(rune('a' + card))
			s.add(v, byte(list+1), arm, event.Impression, now, on("for-you", item))
			if s.r.Float64() < chance[arm] {
				s.add(v, byte(list+1), arm, event.Click, now, on("for-you", item))
			}
		}
	}
	for i := begin; i < len(s.log.Events); i++ {
		binary.BigEndian.PutUint32(s.log.Events[i].Network[:], uint32(day+1)<<24|uint32(network+1)) // another tag every day
	}
}

// campaign has 1000 honest visitors a day for ten days, of whom nearly all come from
// networks of their own and the rest from 40 crowded ones, who click on a tenth
// of the cards of either arm; and, on the days that forge names, visitors whom
// three networks make up, a fifth of all who come in these ten days, who click
// on everything in one arm and on nothing in the other.
func campaign(seed uint64, l *experiment.Layer, forge ...int) *feedback.Log {
	const days, honest = 10, 1000
	s := networked{layer: l, r: rand.New(rand.NewPCG(seed, 20))}
	for day := range days {
		for i := range honest {
			network := 1000 + i
			if i%5 == 0 {
				network = 100 + s.r.IntN(40)
			}
			s.visit(day, network, map[string]float64{"control": 0.1, "other": 0.1})
		}
	}
	for _, day := range forge {
		for i := range days * honest / 4 / len(forge) {
			s.visit(day, i%3, map[string]float64{"control": 0, "other": 1})
		}
	}
	return &s.log
}

// clicked returns the difference in clicks per impression, in points.
func clicked(t *testing.T, log *feedback.Log, l *experiment.Layer) (difference float64, found bool) {
	t.Helper()
	o := DefaultOptions()
	o.Days = false
	r := Collect(log, l).Analyze(l, o)
	c := r.Get("ctr", "other")
	if c == nil || c.Hidden {
		t.Fatalf("no comparison: %+v", r.Findings)
	}
	return 100 * c.Difference.Value, c.Found
}

// TestForgedVisitorsMoveLittle: a fifth of the visitors is made up on three
// networks. They move the estimate by less than .2 points, whether all come on
// one day or some every day; without the guard by tens of points.
func TestForgedVisitorsMoveLittle(t *testing.T) {
	l := layerOf(t, duo)
	for name, days := range map[string][]int{"all on one day": {4}, "some every day": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(2) {
				honest, _ := campaign(seed, l).Guard(DefaultGuard)
				truth, _ := clicked(t, honest, l)
				log := campaign(seed, l, days...)
				open, found := clicked(t, log, l)
				if math.Abs(open-truth) < 5 || !found {
					t.Errorf("without the guard the estimate moves from %.3f to %.3f points, found %v: the forgery is too weak to show anything", truth, open, found)
				}
				kept, g := log.Guard(DefaultGuard)
				guarded, found := clicked(t, kept, l)
				t.Logf("%.3f points; forged %.3f, with the guard %.3f; %d of %d visitors left out", truth, open, guarded, g.Left, g.Visitors)
				if math.Abs(guarded-truth) >= 0.2 || found {
					t.Errorf("forged visitors move the estimate from %.3f to %.3f points, found %v", truth, guarded, found)
				}
			}
		})
	}
}
