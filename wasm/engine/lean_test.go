package engine_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// fiveStops are where a slider of the page can stand.
var fiveStops = []float32{-1, -0.5, 0, 0.5, 1}

// TestALeaningListHasMoreOfWhatItLeansTo moves each slider over its stops for forty
// visitors: what it is about grows from stop to stop, for each of them; variety, where a
// list is chosen greedily, on average and between its ends.
func TestALeaningListHasMoreOfWhatItLeansTo(t *testing.T) {
	e := demo(t)
	kin := func(h feature.History, list []catalog.Row) (sum float32) {
		var liked []catalog.Row
		for _, ev := range h {
			liked = append(liked, ev.Row)
		}
		a, b := e.Describe(list), e.Describe(liked)
		width := len(a) / len(list)
		for i := range list {
			top := float32(-1)
			for j := range liked {
				top = max(top, vec.Dot(a[i*width:(i+1)*width], b[j*width:]))
			}
			sum += top
		}
		return sum / float32(len(list))
	}
	for _, slider := range []struct {
		name    string
		set     func(q *engine.Query, v float32)
		measure func(h feature.History, list []catalog.Row) float32
	}{
		{"popularity", func(q *engine.Query, v float32) { q.Leaning.Popularity = v }, func(_ feature.History, list []catalog.Row) (sum float32) {
			for _, r := range list {
				sum += float32(math.Log1p(float64(e.Statistics().Count[r])))
			}
			return sum / float32(len(list))
		}},
		{"recency", func(q *engine.Query, v float32) { q.Leaning.Recency = v }, func(_ feature.History, list []catalog.Row) (sum float32) {
			for _, r := range list {
				sum += float32(e.Catalog().Years[r])
			}
			return sum / float32(len(list))
		}},
		{"familiarity", func(q *engine.Query, v float32) { q.Leaning.Familiarity = v }, kin},
		{"variety", func(q *engine.Query, v float32) { q.Variety = (v + 1) / 2 }, func(_ feature.History, list []catalog.Row) (sum float32) {
			a := e.Describe(list)
			width := len(a) / len(list)
			for i := range list {
				for j := range i {
					sum -= vec.Dot(a[i*width:(i+1)*width], a[j*width:])
				}
			}
			return sum
		}},
	} {
		rng := rand.New(rand.NewPCG(3, 9))
		var mean [5]float32
		const people = 40
		down := 0
		for range people {
			h := wanderer(e, rng, 3+rng.IntN(20))
			var at [5]float32
			for i, v := range fiveStops {
				q := query(h)
				q.K, q.Variety = 30, 0.2
				slider.set(&q, v)
				at[i] = slider.measure(h, rowsOf(e.Recommend(q)))
				mean[i] += at[i] / people
				if i > 0 && at[i] < at[i-1] {
					down++
				}
			}
			if at[0] >= at[4] {
				t.Errorf("%s: from %v to %v", slider.name, at[0], at[4])
			}
		}
		for i := range 4 {
			if mean[i] >= mean[i+1] {
				t.Errorf("%s: on average %v over the stops", slider.name, mean)
			}
		}
		if down > 0 && slider.name != "variety" { // which is greedy
			t.Errorf("%s: less at the next stop %d times of %d", slider.name, down, 4*people)
		}
	}
}
