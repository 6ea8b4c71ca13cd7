package feedback

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// Examination tells how well the cards of one list are seen: Theta[k-1] is the
// probability that a card in position k is examined, as a part of that of the
// position that is examined most; positions behind the last are examined as it is.
//
// The model is the position-based one (Chuklin et al., Click Models for Web
// Search, 2015, section 3.1): P(click on movie i in position k) = θ_k·γ_i, where
// γ_i is how much the movie attracts whoever looks at it. Both are fitted on
// the impressions and clicks of the list by expectation maximization, with the
// expectations of Wang et al. (Position Bias Estimation for Unbiased Learning
// to Rank in Personal Search, WSDM 2018, section 4.1), but with a γ for each
// movie in place of their regression.
//
// θ can be told from γ only where the same movie stood in different positions,
// and a list that is in good order for each visitor lets θ fall too fast, for
// what stands first there is better for him than γ knows: see floor.
type Examination struct {
	List        string    `json:"list"`
	Impressions []int     `json:"impressions"` // [K] by position
	Clicks      []int     `json:"clicks"`      // [K] impressions that were clicked
	Theta       []float64 `json:"theta"`       // [K] 0 to 1, the largest is 1
}

const (
	positions  = 50   // K at most; those behind count as the last
	trialsEach = 2000 // impressions of one visitor that count, so that nobody bends the model alone

	// A movie is taken for an average one of its list, and a position for one
	// examined as well as the average, as firmly as so many impressions would.
	priorItem     = 5
	priorPosition = 20

	floor = 0.1 // θ below this is taken for this, so that no click counts more than ten others

	rounds    = 2000 // of expectation maximization, at most
	tolerance = 1e-6 // change of θ that ends it
)

// of returns θ of a position, not less than floor.
func (x *Examination) of(position uint16) float64 {
	k := min(int(position), len(x.Theta))
	if k == 0 {
		return 1
	}
	return max(floor, x.Theta[k-1])
}

// cell counts the impressions of one movie in one position.
type cell struct {
	position, item int
	shown, clicked float64
}

// Examinations fits the model to every list of l, in the order of their names.
func (l *Log) Examinations() []Examination {
	lists := make(map[string]*trials)
	for events := range l.visitors() {
		count(lists, events)
	}
	names := make([]string, 0, len(lists))
	for name := range lists {
		names = append(names, name)
	}
	slices.Sort(names)
	all := make([]Examination, 0, len(names))
	for _, name := range names {
		all = append(all, lists[name].fit(name))
	}
	return all
}

// trials are the impressions of one list.
type trials struct {
	items map[catalog.ID]int
	index map[[2]int]int // of position and item
	cells []cell
}

// trial is what happened to one card: it was seen, and perhaps clicked.
type trial struct {
	list     string
	position uint16
	item     catalog.ID
	clicked  bool
}

// count adds the events of one visitor. A click without an impression in the
// log, for it came within the second that makes one, counts as one too, once a
// session and card.
func count(lists map[string]*trials, events []Event) {
	var all []trial
	impressions := make(map[event.ID]int) // index into all
	for i := range events {
		if e := &events[i]; e.Kind == event.Impression {
			impressions[e.ID] = len(all)
			all = append(all, trial{e.Place.List, e.Place.Position, e.Item, false})
		}
	}
	type card struct {
		session event.ID
		trial
	}
	quick := make(map[card]bool)
	for i := range events {
		e := &events[i]
		if e.Kind != event.Click {
			continue
		}
		if k, ok := impressions[e.Cause]; ok {
			all[k].clicked = true
			continue
		}
		t := trial{e.Place.List, e.Place.Position, e.Item, true}
		if !quick[card{e.Session, t}] {
			quick[card{e.Session, t}] = true
			all = append(all, t)
		}
	}
	for _, t := range all[max(0, len(all)-trialsEach):] {
		if lists[t.list] == nil {
			lists[t.list] = &trials{make(map[catalog.ID]int), make(map[[2]int]int), nil}
		}
		lists[t.list].add(t)
	}
}

func (t *trials) add(x trial) {
	item, ok := t.items[x.item]
	if !ok {
		item = len(t.items)
		t.items[x.item] = item
	}
	at := [2]int{min(max(int(x.position), 1), positions) - 1, item}
	k, ok := t.index[at]
	if !ok {
		k = len(t.cells)
		t.index[at] = k
		t.cells = append(t.cells, cell{position: at[0], item: item})
	}
	t.cells[k].shown++
	if x.clicked {
		t.cells[k].clicked++
	}
}

// fit returns what the trials say of the list.
func (t *trials) fit(name string) Examination {
	k := 0
	for _, c := range t.cells {
		k = max(k, c.position+1)
	}
	x := Examination{List: name, Impressions: make([]int, k), Clicks: make([]int, k)}
	for _, c := range t.cells {
		x.Impressions[c.position] += int(c.shown)
		x.Clicks[c.position] += int(c.clicked)
	}
	x.Theta, _ = fitPositions(t.cells, k, len(t.items), priorPosition, priorItem)
	return x
}

// fitPositions returns θ, [positions], scaled so that its largest is 1, and γ,
// [items], scaled the other way: the fixed point of
//
//	θ_k = (Σ_i c + (n-c)·θ_k(1-γ_i)/(1-θ_kγ_i) + a·θ̄) / (n_k + a)
//	γ_i = (Σ_k c + (n-c)·γ_i(1-θ_k)/(1-θ_kγ_i) + b·γ̄) / (n_i + b)
//
// over cells of n impressions and c clicks, where a and b are the priors and
// θ̄, γ̄ the means over impressions.
func fitPositions(cells []cell, positions, items int, a, b float64) (theta, gamma []float64) {
	theta, gamma = make([]float64, positions), make([]float64, items)
	shownAt, shown := make([]float64, positions), make([]float64, items)
	var all, clicks float64
	for _, c := range cells {
		shownAt[c.position] += c.shown
		shown[c.item] += c.shown
		all += c.shown
		clicks += c.clicked
	}
	for k := range theta {
		theta[k] = 0.5
	}
	for i := range gamma {
		gamma[i] = math.Sqrt(clicks / max(1, all))
	}
	seen, liked := make([]float64, positions), make([]float64, items)
	for range rounds {
		clear(seen)
		clear(liked)
		for _, c := range cells {
			t, g := theta[c.position], gamma[c.item]
			missed := (c.shown - c.clicked) / max(1e-9, 1-t*g)
			seen[c.position] += c.clicked + missed*t*(1-g)
			liked[c.item] += c.clicked + missed*g*(1-t)
		}
		meanTheta, meanGamma := 0.0, 0.0
		for k := range theta {
			meanTheta += seen[k] / max(1, all)
		}
		for i := range gamma {
			meanGamma += liked[i] / max(1, all)
		}
		moved := 0.0
		for k := range theta {
			next := (seen[k] + a*meanTheta) / max(1e-9, shownAt[k]+a)
			moved = max(moved, math.Abs(next-theta[k]))
			theta[k] = next
		}
		for i := range gamma {
			gamma[i] = (liked[i] + b*meanGamma) / max(1e-9, shown[i]+b)
		}
		if moved < tolerance {
			break
		}
	}
	top := 0.0
	for _, t := range theta {
		top = max(top, t)
	}
	if top > 0 {
		for k := range theta {
			theta[k] /= top
		}
		for i := range gamma {
			gamma[i] *= top
		}
	}
	return theta, gamma
}
