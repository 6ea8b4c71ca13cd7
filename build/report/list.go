package report

import (
	"cmp"
	"slices"

	"sparrow/build/stats"
)

// List is what became of one list.
type List struct {
	Name      string          `json:"name"`
	Visitors  int             `json:"visitors"` // who saw a card of it
	Sessions  int             `json:"sessions"` // in which one was seen
	Seen      int             `json:"seen"`     // cards, each once a session
	Clicked   int             `json:"clicked"`  // of them
	Rate      *stats.Interval `json:"rate"`     // Clicked in Seen, drawn are visitors; nil below fewVisitors
	Deeds                     // with items that it led to
	Positions []Position      `json:"positions,omitempty"` // [K] from 1 on; the last one is of all behind it, too
}

// Position is what became of the cards in one place of a list.
type Position struct {
	Seen    int `json:"seen"`
	Clicked int `json:"clicked"`
}

// Deeds is what people did with items beside clicking on them.
type Deeds struct {
	Liked   int     `json:"liked"`   // items that a visitor liked or gave 3.5 stars and more, once each
	Used    int     `json:"used"`    // plays of half a minute and more, texts read to their half, once a session and item
	Carted  int     `json:"carted"`  // items that were put into a basket, once a session and item
	Bought  int     `json:"bought"`  // pieces that were bought and not sent back
	Revenue float64 `json:"revenue"` // of these, in Report.Currency
}

func (d *Deeds) add(o Deeds) {
	d.Liked += o.Liked
	d.Used += o.Used
	d.Carted += o.Carted
	d.Bought += o.Bought
	d.Revenue += o.Revenue
}

const (
	mostLists     = 20 // a page's script can name any number of lists
	mostPositions = 20
	fewVisitors   = 10 // below which no rate is told
)

// tally counts one list.
type tally struct {
	List
	seen, clicked []float64 // [Visitors]
}

// look adds a card that was seen at a position.
func (t *tally) look(position int) {
	t.Seen++
	t.at(position).Seen++
}

func (t *tally) click(position int) {
	t.Clicked++
	t.at(position).Clicked++
}

func (t *tally) at(position int) *Position {
	k := min(max(position, 1), mostPositions) - 1
	for len(t.Positions) <= k {
		t.Positions = append(t.Positions, Position{})
	}
	return &t.Positions[k]
}

// rate returns the clicks of a card seen with its interval. By the delta method
// the variance of R = Σ clicked / Σ seen is that of the mean over visitors of
// L = R + (clicked - R·seen) / mean seen: a visitor was drawn, not a card.
// Source: Deng, Knoblich & Lu, Applying the delta method in metric analytics,
// KDD 2018, section 3.
func (t *tally) rate() *stats.Interval {
	n := len(t.seen)
	if n < fewVisitors || t.Seen == 0 {
		return nil
	}
	ratio := float64(t.Clicked) / float64(t.Seen)
	mean := float64(t.Seen) / float64(n)
	linear := make([]float64, n)
	for i := range linear {
		linear[i] = ratio + (t.clicked[i]-ratio*t.seen[i])/mean
	}
	interval := stats.Mean(linear)
	interval.Value, interval.Low, interval.High = ratio, max(0, interval.Low), min(1, interval.High)
	return &interval
}

// ordered returns the lists that are told, the most seen first, ties by name, and
// how many there are beyond them.
func ordered(all map[string]*tally) (told []List, others int) {
	for _, t := range all {
		t.Rate = t.rate()
		told = append(told, t.List)
	}
	slices.SortFunc(told, func(a, b List) int {
		return cmp.Or(cmp.Compare(b.Seen, a.Seen), cmp.Compare(a.Name, b.Name))
	})
	others = max(0, len(told)-mostLists)
	return told[:len(told)-others], others
}
