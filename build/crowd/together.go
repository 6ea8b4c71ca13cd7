package crowd

import (
	"cmp"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// TogetherOptions are the settings of [Together].
type TogetherOptions struct {
	Shrinkage float64 // how many pairs a pair needs until what was counted of it says more than that most go together by chance
	Cart      float64 // what an item counts that stayed in the cart, beside one that was bought; 0 leaves it out
	Least     float64 // a pair that counts less is not kept
	Longest   int     // items kept in a list
	Largest   int     // items of a basket that are looked at
}

// DefaultTogetherOptions returns the settings of bundles. The README of this folder has the
// figures.
func DefaultTogetherOptions() TogetherOptions {
	return TogetherOptions{Shrinkage: 1, Cart: .5, Least: 2, Longest: 10, Largest: 50}
}

// Baskets are what [Together] has counted.
type Baskets struct {
	Baskets int // of two items or more
	Cut     int // of them, with more items than are looked at
	Pairs   int // of different items in one basket
	Items   int // with a list
}

// Together counts which items users buy together: of each pair of items a, b the sum n of
// w(a)·w(b) over the baskets that hold both, where w is 1 of what was bought and opt.Cart of
// what stayed in the cart. By chance it would be e = m(a)·m(b) / M, where m is the sum of n over all
// pairs of an item, and M that of m over all items. The weight of a pair, either way, is
//
//	ln((n + k) / (e + k)), with k = opt.Shrinkage
//
// pointwise mutual information whose ratio is the mean of a gamma distribution: its prior
// has the mean 1, by chance, and weighs as much as k expected pairs. Lists keep the
// largest above 0. They are nil where no pair is kept.
//
// Of a basket with more than opt.Largest items it takes so many, evenly, what was bought before
// what stayed in the cart, so that the time grows with the purchases alone.
//
// Source: DuMouchel, Bayesian data mining in large frequency tables, The American
// Statistician 53, 1999, section 3; deviation: one gamma distribution, where the paper mixes two.
func Together(d *dataset.Dataset, opt TogetherOptions) (*retrieval.Lists, Baskets) {
	c := countBaskets(d, opt)
	n := d.Catalog.Len()
	lists := &retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	sum, weight := make([]float64, n), make([]float64, n) // of the partners of one item; zero between items
	for r := range n {
		var seen []catalog.Row
		for _, at := range c.of(r) {
			own := c.weight(c.items[at])
			for _, b := range c.basket(at) {
				if int(b.Row) == r {
					continue
				}
				if sum[b.Row] == 0 {
					seen = append(seen, b.Row)
				}
				sum[b.Row] += float64(own * c.weight(b))
			}
		}
		kept := make([]catalog.Row, 0, len(seen))
		for _, b := range seen {
			if int(b) > r {
				c.Pairs++
			}
			expected := c.margin[r] * c.margin[b] / c.total
			weight[b] = math.Log((sum[b] + opt.Shrinkage) / (expected + opt.Shrinkage))
			if sum[b] >= opt.Least && weight[b] > 0 {
				kept = append(kept, b)
			}
		}
		slices.SortFunc(kept, func(a, b catalog.Row) int {
			return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(sum[b], sum[a]), cmp.Compare(a, b))
		})
		kept = kept[:min(len(kept), opt.Longest)]
		if len(kept) > 0 {
			c.Items++
		}
		appendList(lists, r, kept, func(b catalog.Row) float64 { return weight[b] })
		for _, b := range seen {
			sum[b] = 0
		}
	}
	if c.Items == 0 {
		lists = nil
	}
	return lists, c.Baskets
}

// counted are baskets, and where in them each item occurs.
type counted struct {
	Baskets
	cart   float64
	items  []dataset.Bought // of one basket after the other
	end    []uint32         // basket i ends at items[end[i]]
	in     []uint32         // the basket of each of items
	start  []uint32         // [N+1] item r is at[start[r]:start[r+1]] of items
	at     []uint32
	margin []float64 // [N] sum of the pairs of each item
	total  float64   // of margin
}

// countBaskets gathers the baskets of two items or more.
func countBaskets(d *dataset.Dataset, opt TogetherOptions) *counted {
	n := d.Catalog.Len()
	c := &counted{cart: opt.Cart, start: make([]uint32, n+1), margin: make([]float64, n)}
	for _, basket := range d.Baskets() {
		first := len(c.items)
		for _, b := range basket {
			if !b.Cart || opt.Cart > 0 {
				c.items = append(c.items, b)
			}
		}
		if len(c.items)-first > opt.Largest {
			c.items = append(c.items[:first], evenly(c.items[first:], opt.Largest)...)
			c.Cut++
		}
		if len(c.items)-first < 2 {
			c.items = c.items[:first]
			continue
		}
		var sum float64
		for _, b := range c.items[first:] {
			c.in = append(c.in, uint32(c.Baskets.Baskets))
			c.start[b.Row+1]++
			sum += c.weight(b)
		}
		for _, b := range c.items[first:] {
			w := c.weight(b)
			c.margin[b.Row] += float64(w * (sum - w))
		}
		c.end = append(c.end, uint32(len(c.items)))
		c.Baskets.Baskets++
	}
	for r := range n {
		c.total += c.margin[r]
		c.start[r+1] += c.start[r]
	}
	next := slices.Clone(c.start)
	c.at = make([]uint32, len(c.items))
	for i, b := range c.items {
		c.at[next[b.Row]] = uint32(i)
		next[b.Row]++
	}
	return c
}

// evenly returns most of a basket's items, what was bought first, spread over their rows.
func evenly(basket []dataset.Bought, most int) []dataset.Bought {
	sorted := slices.Clone(basket)
	slices.SortStableFunc(sorted, func(a, b dataset.Bought) int {
		switch {
		case a.Cart == b.Cart:
			return 0
		case b.Cart:
			return -1
		}
		return 1
	})
	bought := slices.IndexFunc(sorted, func(b dataset.Bought) bool { return b.Cart })
	if bought < 0 {
		bought = len(sorted)
	}
	from, already := sorted[:bought], 0
	if bought < most {
		from, already = sorted[bought:], bought
	}
	list := sorted[:already:already]
	for i := range most - already {
		list = append(list, from[i*len(from)/(most-already)])
	}
	return list
}

func (c *counted) weight(b dataset.Bought) float64 {
	if b.Cart {
		return c.cart
	}
	return 1
}

// of returns where item r stands in the baskets.
func (c *counted) of(r int) []uint32 { return c.at[c.start[r]:c.start[r+1]] }

// basket returns the items of the basket that the one at a place is of.
func (c *counted) basket(at uint32) []dataset.Bought {
	i := c.in[at]
	first := uint32(0)
	if i > 0 {
		first = c.end[i-1]
	}
	return c.items[first:c.end[i]]
}
