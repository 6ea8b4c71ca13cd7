package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Influence is a liked item, and by how much the ranker's score of another one is lower without it.
type Influence struct {
	Row    catalog.Row
	Amount float32 // above 0
}

// Influences returns the at most three liked items of q's history that carry item r, the one
// without which its score falls most first, ties as [Engine.Attribute] tries them. As there, an item
// that has nothing in common with r that a person could see is none. Scores are compared among the
// candidates of q.
func (e *Engine) Influences(q Query, r catalog.Row) []Influence {
	q = q.Without(r)
	if len(q.History) == 0 {
		return nil
	}
	rows := append([]catalog.Row{r}, rowsOf(e.retrieve(&q, Candidates))...)
	for i := 1; i < len(rows); i++ {
		if rows[i] == r {
			rows = append(rows[:i], rows[i+1:]...)
			break
		}
	}
	turns, first := e.turns(q.History), []int{0}
	of := e.carriers(turns[0], r)
	amounts := make([]float32, len(of))
	for _, turn := range turns {
		score := e.scorer(rows, 1)
		with := score(turn, first)[0]
		for k := len(turn) - 1; k >= 0; k-- { // in the order that [retrieval.Sample] is fastest in
			for i, carrier := range of {
				if turn[k].Row == carrier {
					amounts[i] += (with - score(without(turn, carrier), first)[0]) / float32(len(turns))
				}
			}
		}
	}
	var all []Influence
	for _, i := range vec.Sorted(len(of), func(a, b int32) bool { return amounts[a] > amounts[b] }) {
		if amounts[i] > 0 {
			all = append(all, Influence{of[i], amounts[i]})
		}
	}
	return all
}

// Before returns the item of h after which people turned to item r most, ties the newest; None where they
// turned to it after none.
func (e *Engine) Before(h feature.History, r catalog.Row) catalog.Row {
	best, most := catalog.None, float32(0)
	for k := len(h) - 1; k >= 0; k-- {
		if w := e.bundle.Transition.Weight(h[k].Row, r); w > most && h[k].Row != r {
			best, most = h[k].Row, w
		}
	}
	return best
}

// Learned reports whether the taste that items are retrieved by was learned from what people did, and not
// given by the owner of the catalog.
func (e *Engine) Learned() bool { return !e.bundle.Retrieval.Given }
