package crowd

import (
	"cmp"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// TransitionOptions are the settings of [Transition].
type TransitionOptions struct {
	Window    int     // an item k events later counts 1/k, k = 1 to Window
	OrderFree bool    // the order says nothing: see [Transition]
	Smoothing float64 // added to a row's sum before it is divided by it
	Longest   int     // neighbours kept in a list
	Least     float64 // a neighbour with a smaller sum of counts is dropped; see fewestUntold
}

// DefaultTransitionOptions returns the settings for a data set like d. Neighbours
// below Least are half of the bytes and nothing of the quality; what stands behind the
// thirtieth tells something where there are few interactions. The README of this folder
// has the figures.
func DefaultTransitionOptions(d *dataset.Dataset) TransitionOptions {
	opt, unit := OrderFreeOptions(), unitOf(d)
	if d.Timeless() {
		opt.Smoothing *= unit
		opt.Least *= unit
		return opt
	}
	longest := 30
	if len(d.Interactions) < 300_000 {
		longest = 50
	}
	return TransitionOptions{Window: 5, Smoothing: 30 * unit, Longest: longest, Least: 0.6 * unit}
}

// unitOf returns what an interaction of profiles counts on average: 1 but in logs of events,
// most of which are views.
func unitOf(d *dataset.Dataset) float64 {
	sum, n := 0.0, 0.0
	for u := range d.Start {
		for _, e := range d.Of(u) {
			if e.InProfile() {
				sum, n = sum+e.Counted(), n+1
			}
		}
	}
	if n == 0 {
		return 1
	}
	return sum / n
}

// OrderFreeOptions returns the settings for data whose order says nothing.
func OrderFreeOptions() TransitionOptions {
	return TransitionOptions{Window: 100, OrderFree: true, Smoothing: 30, Longest: 50, Least: 0.2}
}

// fewestUntold is how many neighbours an item without genres and tags keeps, also such
// as are below Least: nothing else tells what is like it.
const fewestUntold = 5

// Transition counts which item follows which: T[a][b] is the sum of w/k over
// the places where b, which counts w as a target, came k events after a, divided by its row's sum plus the
// smoothing. The rows are kept as short lists of the largest values.
//
// With opt.OrderFree it counts what occurs together: each of the P ≤ Window events
// nearest to a in the user's list, on either side, counts w·c/P, where c is Σ 1/k for
// k = 1 to 5, so that an event counts as much in all as with an order.
func Transition(d *dataset.Dataset, opt TransitionOptions) retrieval.Lists {
	n := d.Catalog.Len()
	places := newPlaces(d)
	lists := retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	sum := make([]float64, n) // of each successor of one row; zero between rows
	for r := range n {
		var total float64
		var seen []catalog.Row
		for _, at := range places.of(r) {
			count := func(e dataset.Interaction, part float64) {
				w := e.Target() * part
				if w == 0 {
					return
				}
				if sum[e.Row] == 0 {
					seen = append(seen, e.Row)
				}
				sum[e.Row] += w
				total += w
			}
			first, end := places.user(d, at)
			if opt.OrderFree {
				together(d.Interactions[first:end], int(at)-first, opt.Window, count)
				continue
			}
			following := d.Interactions[at+1 : end]
			for k, e := range following[:min(opt.Window, len(following))] {
				count(e, 1/float64(k+1))
			}
		}
		fewest := 0
		if len(d.Catalog.Genres[r]) == 0 && len(d.Catalog.Tags[r]) == 0 {
			fewest = fewestUntold
		}
		kept := make([]catalog.Row, 0, len(seen))
		for _, b := range seen {
			if (sum[b] >= opt.Least || fewest > 0) && int(b) != r {
				kept = append(kept, b)
			}
		}
		slices.SortFunc(kept, func(a, b catalog.Row) int {
			return cmp.Or(cmp.Compare(sum[b], sum[a]), cmp.Compare(a, b))
		})
		kept = kept[:min(len(kept), opt.Longest)]
		for len(kept) > fewest && sum[kept[len(kept)-1]] < opt.Least {
			kept = kept[:len(kept)-1]
		}
		appendList(&lists, r, kept, func(b catalog.Row) float64 { return sum[b] / (total + opt.Smoothing) })
		for _, b := range seen {
			sum[b] = 0
		}
	}
	return lists
}

// together calls count with each of the most events nearest to the one at place i of
// a user's, which go round in a circle, and with its part.
func together(events []dataset.Interaction, i, most int, count func(e dataset.Interaction, part float64)) {
	const whole = 1 + 1./2 + 1./3 + 1./4 + 1./5
	n := len(events)
	partners := min(most, n-1)
	for k := range partners {
		by := k/2 + 1
		if k%2 == 1 {
			by = n - by
		}
		count(events[(i+by)%n], whole/float64(partners))
	}
}

// Lists returns for each of n items the weights above 0 that of gives it, as bundles hold
// them.
func Lists(n int, of func(r catalog.Row) (rows []catalog.Row, weights []float32)) retrieval.Lists {
	lists := retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	weight := make([]float32, n)
	for r := range n {
		rows, weights := of(catalog.Row(r))
		var kept []catalog.Row
		for i, b := range rows {
			if weights[i] > 0 {
				weight[b] = weights[i]
				kept = append(kept, b)
			}
		}
		slices.SortFunc(kept, func(a, b catalog.Row) int {
			return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
		})
		appendList(&lists, r, kept, func(b catalog.Row) float64 { return float64(weight[b]) })
	}
	return lists
}

// step is what weights are multiples of: 16 different ones and scales of scaleBits
// significant bits are enough, and together 35 KB of the demo bundle, where 32
// different ones with scales of eight bits were 41. The README of this folder has
// the figures.
const (
	step      = 16
	scaleBits = 5
)

// appendList makes kept the list of item r, which must be the next one without
// a list. Weights become multiples of step, but 1 in place of 0 and 255 of 256, the
// largest of which is at least 240.
func appendList(l *retrieval.Lists, r int, kept []catalog.Row, weight func(catalog.Row) float64) {
	l.Start[r+1] = l.Start[r] + uint32(len(kept))
	if len(kept) == 0 {
		return
	}
	scale := quant.RoundUp(float32(weight(kept[0])/255), scaleBits)
	l.Scale[r] = scale
	slices.Sort(kept)
	for _, b := range kept {
		w := math.Round(weight(b)/float64(scale)/step) * step
		l.Items = append(l.Items, b)
		l.Weights = append(l.Weights, uint8(min(max(w, 1), 255)))
	}
}

// places says where in d.Interactions each item occurs, in ascending order:
// item r at all[start[r]:start[r+1]]. It costs 4 bytes an interaction.
type places struct {
	start []int
	all   []uint32
}

func newPlaces(d *dataset.Dataset) *places {
	p := &places{start: make([]int, d.Catalog.Len()+1)}
	for u := range d.Start {
		for _, e := range d.Of(u) {
			p.start[e.Row+1]++
		}
	}
	for r := range p.start[1:] {
		p.start[r+1] += p.start[r]
	}
	p.all = make([]uint32, p.start[len(p.start)-1])
	next := slices.Clone(p.start)
	for u := range d.Start {
		for at := d.Start[u]; at < d.End[u]; at++ {
			r := d.Interactions[at].Row
			p.all[next[r]] = uint32(at)
			next[r]++
		}
	}
	return p
}

func (p *places) of(r int) []uint32 { return p.all[p.start[r]:p.start[r+1]] }

// user returns where the user begins and ends who did interaction at.
func (p *places) user(d *dataset.Dataset, at uint32) (first, end int) {
	u, found := slices.BinarySearch(d.Start, int(at))
	if !found {
		u--
	}
	for d.End[u] <= int(at) { // users without interactions share their start with the next
		u++
	}
	return d.Start[u], d.End[u]
}
