package feedback

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// Examination holds how well the cards of one list are seen: Theta[k-1] is the
// probability that a card in position k is examined, as a part of that of the
// position that is examined most; positions behind the last are examined as it is.
//
// The model is the position-based one (Chuklin et al., Click Models for Web
// Search, 2015, section 3.1): P(click on item i in position k) = θ_k·γ_i, where
// γ_i is how much the item attracts a visitor who looks at it. Both are fitted on
// the impressions and clicks of the list by expectation maximization, with the
// expectations of Wang et al. (Position Bias Estimation for Unbiased Learning
// to Rank in Personal Search, WSDM 2018, section 4.1), but with a γ for each
// item in place of their regression.
//
// θ can be separated from γ only where the same item stood in different positions,
// and a list that is in good order for each visitor lets θ fall too fast, for
// what verdicts first there is better for them than γ, which is one for all, says: see floor.
type Examination struct {
	List        string    `json:"list"`
	Impressions []int     `json:"impressions"` // [K] by position
	Clicks      []int     `json:"clicks"`      // [K] impressions that were clicked
	Theta       []float64 `json:"theta"`       // [K] 0 to 1, the largest is 1
}

const (
	positions  = 50   // K at most; those behind count as the last
	trialsEach = 2000 // impressions of one visitor or known network that count, so that none bends the model alone

	// An item is taken for an average one of its list, and a position for one
	// examined as well as the average, as firmly as if so many people had been
	// asked whether they like what they see, and whether they looked.
	priorItem     = 5
	priorPosition = 20

	floor = 0.1 // θ below this is taken for this, so that no click counts more than ten others
)

// of returns θ of a position, not less than floor.
func (x *Examination) of(position uint16) float64 {
	k := min(int(position), len(x.Theta))
	if k == 0 {
		return 1
	}
	return max(floor, x.Theta[k-1])
}

// Examinations fits the model to every list of l, in the order of their names.
func (l *Log) Examinations() []Examination {
	lists := make(map[string]*trials)
	left := make(map[event.Network]int) // trials that a network may add
	for events := range l.Visitors() {
		from := arrived(events).network
		n, again := left[from]
		if !again || from == (event.Network{}) {
			n = trialsEach
		}
		left[from] = n - count(lists, events, n)
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

// count adds the events of one visitor, the newest trials and at most as many as
// most, and returns how many. A click without an impression in the
// log, for it came within the second that makes one, counts as one too, once a
// session and card.
func count(lists map[string]*trials, events []Event, most int) int {
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
	all = all[max(0, len(all)-most):]
	for _, t := range all {
		if lists[t.list] == nil {
			lists[t.list] = &trials{make(map[catalog.ID]int), make(map[[2]int]int), nil}
		}
		lists[t.list].add(t)
	}
	return len(all)
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

// fit returns the examination of the list that fits the trials.
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
