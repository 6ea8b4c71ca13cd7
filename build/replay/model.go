package replay

import "sparrow/wasm/catalog"

// model expects the reward of an item at a place: the mean reward of the place,
// moved by how much the item did better than its places elsewhere, shrunk as if
// it had been shown shrink more times without doing better:
//
//	q̂(i, k) = m(k) + Σ (r - m(place)) / (n(i) + shrink),   kept within 0 to 1.
//
// It does not see the visitor; what it misses makes the doubly robust estimate
// vary more, not wrong.
type model struct {
	places []float64 // m(k) by place, the first 0; places beyond have the last
	items  map[catalog.ID]*tally
}

// tally is the sum of some rewards less what was expected, and their number.
type tally struct{ more, n float64 }

const shrink = 20

// folds is how many models there are: each judges the visitors it was not
// fitted on, so that no reward is used to expect itself. Source: Chernozhukov et
// al., Double/debiased machine learning, The Econometrics Journal 2018.
const folds = 5

// fit returns the model of all lists but those of the visitors of one fold.
func fit(lists []List, without int) *model {
	m := &model{items: map[catalog.ID]*tally{}}
	var all tally
	var at []tally
	each := func(f func(k int, s *Shown)) {
		for i := range lists {
			if lists[i].Visitor%folds == without {
				continue
			}
			for k := range lists[i].Shown {
				f(k, &lists[i].Shown[k])
			}
		}
	}
	each(func(k int, s *Shown) {
		if k == len(at) {
			at = append(at, tally{})
		}
		at[k].more += s.Reward
		at[k].n++
		all.more += s.Reward
		all.n++
	})
	if all.n == 0 {
		return m
	}
	for _, t := range at { // a place that was seldom seen gets the mean of all
		m.places = append(m.places, (t.more+shrink*all.more/all.n)/(t.n+shrink))
	}
	each(func(k int, s *Shown) {
		t := m.items[s.Item]
		if t == nil {
			t = new(tally)
			m.items[s.Item] = t
		}
		t.more += s.Reward - m.places[k]
		t.n++
	})
	return m
}

// expect returns q̂ of an item at place k, the first 0.
func (m *model) expect(id catalog.ID, k int) float64 {
	if len(m.places) == 0 {
		return 0
	}
	q := m.places[min(k, len(m.places)-1)]
	if t := m.items[id]; t != nil {
		q += t.more / (t.n + shrink)
	}
	return min(1, max(0, q))
}
