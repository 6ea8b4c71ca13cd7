package simulation

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Slot is a place on a page that shows K of A items to those who comes, and pays a
// click for each that is followed: what bandits are about. All K are seen at once, a
// screen holds them, and no one tires, so that what a choice is worth does not depend
// on the choices before it and the best one is known. Read only once made.
type Slot struct {
	dice   dice
	arms   int // A
	last   []float32
	guests []guest
}

// famous is how many times A best known items the arms are drawn from.
const famous = 10

// guest is a person with what a policy may know of them and what it may not.
type guest struct {
	user   []float32   // [1+D] 1, then the retrieval model's user vector at length 1
	inputs [][]float32 // [A][1+W] 1, then what the ranker's last layer sees of each arm
	scores []float32   // [A] the ranker's own, as it ships

	appetite []float64 // [A] probability of a click: the truth
}

// SlotOptions are who comes to a [Slot] and what is known.
type SlotOptions struct {
	Arms  int // A, drawn from the 10·A items that most people chose before
	Users int // who come again and again, in no order
	Known int // items that each has liked before
}

// NewSlot returns a slot in a world, over a bundle whose items are the world's.
func NewSlot(w *World, b *bundle.Bundle, o SlotOptions) (*Slot, error) {
	if o.Arms < 1 || o.Arms+o.Known > w.catalog.Len() || o.Users < 1 {
		return nil, fmt.Errorf("simulation: %d arms and %d known items of %d, %d users: too many or none", o.Arms, o.Known, w.catalog.Len(), o.Users)
	}
	rows := make([]catalog.Row, w.catalog.Len()) // the bundle's, by the world's
	for m, id := range w.catalog.IDs {
		var ok bool
		if rows[m], ok = b.Catalog.Row(id); !ok {
			return nil, fmt.Errorf("simulation: the bundle has no item %q", id)
		}
	}
	pool := bestKnown(b, rows, famous*o.Arms)
	w.dice.generator(ofArms).Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	pool = pool[:o.Arms]
	slices.Sort(pool)
	s := &Slot{dice: w.dice, arms: o.Arms}
	scribe := newScribe(b)
	s.last = scribe.ranker.Last()
	for n := range o.Users {
		p := w.person(n)
		var h feature.History
		for i, m := range p.lovedBeside(pool, o.Known) {
			h = append(h, feature.Event{Row: rows[m], At: b.Statistics.AsOf + int64(i)})
		}
		g := guest{}
		candidates := make([]feature.Candidate, o.Arms)
		for a, m := range pool {
			candidates[a].Row = rows[m]
			g.appetite = append(g.appetite, p.appetite(m))
		}
		scribe.describe(&g, h, candidates)
		s.guests = append(s.guests, g)
	}
	return s, nil
}

// lovedBeside returns n items that p holds dear and that are none of the arms.
func (p *person) lovedBeside(arms []catalog.Row, n int) []catalog.Row {
	loved := slices.DeleteFunc(p.loved(len(arms)+n), func(m catalog.Row) bool { return slices.Contains(arms, m) })
	return loved[:n]
}

// bestKnown returns the n items that most people chose before, or all.
func bestKnown(b *bundle.Bundle, rows []catalog.Row, n int) []catalog.Row {
	all := make([]catalog.Row, len(rows))
	for m := range all {
		all[m] = catalog.Row(m)
	}
	slices.SortStableFunc(all, func(x, y catalog.Row) int {
		return cmp.Compare(b.Statistics.Count[rows[y]], b.Statistics.Count[rows[x]])
	})
	return all[:min(n, len(all))]
}

// scribe writes what the models of a bundle hold of people.
type scribe struct {
	model   *retrieval.Model
	encoder *retrieval.Encoder
	ranker  *ranking.Ranker
	scores  []float32 // [N]
}

func newScribe(b *bundle.Bundle) *scribe {
	return &scribe{&b.Retrieval, retrieval.NewEncoder(&b.Retrieval), ranking.New(&b.Ranking, b.Tables(), &b.Retrieval.In), make([]float32, b.Catalog.Len())}
}

// describe fills in what may be known of a guest with history h.
func (s *scribe) describe(g *guest, h feature.History, candidates []feature.Candidate) {
	vector := make([]float32, s.model.Out.Cols)
	s.encoder.UserVector(vector, h)
	s.model.Scores(s.scores, vector)
	for a := range candidates {
		candidates[a].Score = s.scores[candidates[a].Row]
	}
	squares := 0.0
	for _, v := range vector {
		squares += float64(v * v)
	}
	g.user = []float32{1}
	for _, v := range vector {
		g.user = append(g.user, v/float32(max(math.Sqrt(squares), 1e-9)))
	}
	width := len(s.ranker.Last())
	inputs := make([]float32, width*len(candidates))
	s.ranker.LastInputs(inputs, h, candidates)
	for x := range slices.Chunk(inputs, width) {
		g.inputs = append(g.inputs, append([]float32{1}, x...))
	}
	s.ranker.Score(h, candidates)
	g.scores = make([]float32, len(candidates))
	for a := range candidates {
		g.scores[a] = candidates[a].Score
	}
}

// worth is the expected number of clicks on the arms shown.
func (g *guest) worth(shown []int) float64 {
	sum := 0.0
	for _, a := range shown {
		sum += g.appetite[a]
	}
	return sum
}

// best returns the k arms with the largest v, ties by number.
func best(v []float64, k int) []int {
	order := make([]int, len(v))
	for a := range order {
		order[a] = a
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v[b], v[a]) })
	return order[:min(k, len(order))]
}

// arrival returns who comes at visit t of a sequence of visits.
func (s *Slot) arrival(sequence, t uint64) *guest {
	return &s.guests[int(s.dice.uniform(ofArrival, sequence, t)*float64(len(s.guests)))]
}

// clicked reports whether the guest of visit t follows an arm if it is shown: the same
// coin whichever policy shows it.
func (s *Slot) clicked(g *guest, sequence, t uint64, arm int) bool {
	return s.dice.uniform(ofClick, sequence, t, uint64(arm)) < g.appetite[arm]
}
