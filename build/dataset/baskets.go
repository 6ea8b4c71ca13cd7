package dataset

import (
	"cmp"
	"iter"
	"slices"

	"sparrow/wasm/catalog"
)

// Bought is an item of a user's basket: what they bought on one day (UTC), or put into a
// cart and did not buy that day.
type Bought struct {
	Row  catalog.Row
	Day  uint16 // since 1970-01-01
	Cart bool   // it was not bought
}

// DayOf returns the day of a moment in Unix seconds.
func DayOf(at uint32) uint16 { return uint16(at / (24 * 3600)) }

// Baskets goes through the baskets of d with the number of their user: what users bought
// on a day, by day, items ascending and each once. An item of which d has no interaction of
// the user, since d is a view that lacks it, is in none. The slice is valid until the next one.
func (d *Dataset) Baskets() iter.Seq2[int, []Bought] {
	return func(yield func(int, []Bought) bool) {
		if len(d.Bought) == 0 {
			return
		}
		seen := make([]uint32, d.Catalog.Len()) // the user who was last seen with the item, plus 1
		var basket []Bought
		first := 0
		for u, end := range d.BoughtEnd {
			if end == first {
				continue
			}
			for _, i := range d.Of(u) {
				seen[i.Row] = uint32(u) + 1
			}
			basket = basket[:0]
			for k, b := range d.Bought[first:end] {
				if seen[b.Row] == uint32(u)+1 {
					basket = append(basket, b)
				}
				if last := first+k+1 == end; len(basket) > 0 && (last || d.Bought[first+k+1].Day != b.Day) {
					if !yield(u, basket) {
						return
					}
					basket = basket[:0]
				}
			}
			first = end
		}
	}
}

// Purchases returns what user u bought, an item once for each day.
func (d *Dataset) Purchases(u int) (rows []catalog.Row) {
	if u >= len(d.BoughtEnd) {
		return nil
	}
	first := 0
	if u > 0 {
		first = d.BoughtEnd[u-1]
	}
	for _, b := range d.Bought[first:d.BoughtEnd[u]] {
		if !b.Cart {
			rows = append(rows, b.Row)
		}
	}
	return rows
}

// WithBaskets returns d with what more of its last users bought: lists[i] is of user
// from + i, in any order.
func (d *Dataset) WithBaskets(from int, lists [][]Bought) *Dataset {
	more := *d
	more.Bought, more.BoughtEnd = slices.Clone(d.Bought), slices.Clone(d.BoughtEnd)
	for _, l := range lists {
		for len(more.BoughtEnd) < from {
			more.BoughtEnd = append(more.BoughtEnd, len(more.Bought))
		}
		more.Bought = append(more.Bought, basketsOf(slices.Clone(l))...)
		more.BoughtEnd = append(more.BoughtEnd, len(more.Bought))
		from++
	}
	return &more
}

// basketsOf sorts what a user bought by day, then by item, in place, each once: what was
// bought on a day is no longer in the cart.
func basketsOf(all []Bought) []Bought {
	slices.SortFunc(all, func(a, b Bought) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Row, b.Row), cmp.Compare(one(a.Cart), one(b.Cart)))
	})
	return slices.CompactFunc(all, func(a, b Bought) bool { return a.Day == b.Day && a.Row == b.Row })
}

// buying collects what users of a file bought.
type buying struct {
	all   []Bought
	end   []int // [U]
	own   []Bought
	dated bool // something was bought at a known moment

	undated bool // purchases without a time are taken, too, as of day 0
	lost    int  // purchases without a time, which are in no basket
}

// take notes an event of the user whose turn it is, of which something is left.
func (b *buying) take(e Interaction) {
	switch k := kind(e.Part); {
	case k != purchase && k != cart:
	case e.At == 0 && !b.undated:
		b.lost += one(k == purchase)
	default:
		b.own = append(b.own, Bought{Row: e.Row, Day: DayOf(e.At), Cart: k == cart})
		b.dated = b.dated || k == purchase
	}
}

// next ends the turn of a user.
func (b *buying) next() {
	b.all = append(b.all, basketsOf(b.own)...)
	b.end, b.own = append(b.end, len(b.all)), b.own[:0]
}

// store gives d the baskets, where something was bought, since carts alone are none, and
// where times say when. It returns how many purchases are in no basket.
func (b *buying) store(d *Dataset) (lost int) {
	if b.dated && d.Order.Times == Given {
		d.Bought, d.BoughtEnd = b.all, b.end
		return b.lost
	}
	for _, x := range b.all {
		b.lost += one(!x.Cart)
	}
	return b.lost
}
