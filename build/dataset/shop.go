package dataset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// SparseShop returns a made-up shop of the shape of the review data of Amazon
// Beauty: 22,000 users of nine purchases each, 12,000 items, no user and no item with
// fewer than five. How it comes about:
//
//   - An item belongs to one of 120 kinds and one of 700 brands, which makes a few
//     kinds; its popularity follows a power law. It has up to four complements, the
//     first the strongest: of its brand, of the kind that goes with its own, or any.
//   - A user has two brands and three kinds, the larger the likelier, and begins
//     at some moment; items are new then or not, and sell best when they are new.
//   - Purchases come in baskets of one, two or more. Of them a share are complements
//     of a purchase of the last basket or this one, a share come from the user's
//     brands and kinds, and the others from what sells then.
//
// Baskets stand in the order of time, what is in one by lot: what says most of the
// next purchase are the items beside the last ones, and no two users have much
// in common.
func SparseShop(seed uint64) *Dataset {
	const (
		items, kinds, brands, users = 15_400, 120, 700, 22_500
		complement, taste           = .12, .58 // shares of the purchases
	)
	r := rand.New(rand.NewPCG(seed, 0x73686f70))
	s := shop{r: r, kind: make([]int, items), brand: make([]int, items), born: make([]float64, items),
		ofKind: make([]wheel, kinds), ofBrand: make([]wheel, brands), with: make([][]int, items)}
	s.weight = powerLaw(r, items, .7, 40)
	var kindOf, brandOf wheel
	for k, w := range powerLaw(r, kinds, .7, 3) {
		kindOf.add(k, w)
	}
	for b, w := range powerLaw(r, brands, .8, 5) {
		brandOf.add(b, w)
	}
	makes := make([][]int, brands) // kinds of a brand
	for b := range makes {
		for range 1 + r.IntN(5) {
			makes[b] = append(makes[b], kindOf.draw(r))
		}
	}
	for m := range items {
		b := brandOf.draw(r)
		k := makes[b][r.IntN(len(makes[b]))]
		s.kind[m], s.brand[m], s.born[m] = k, b, 1.5*r.Float64()-.5
		s.ofKind[k].add(m, s.weight[m])
		s.ofBrand[b].add(m, s.weight[m])
		s.all.add(m, s.weight[m])
	}
	s.complements(r.Perm(kinds))
	w := drawn{name: "Sparse shop", title: func(m int) string { return fmt.Sprintf("Brand %d item %d", s.brand[m]+1, m+1) },
		genre: func(m int) uint8 { return uint8(s.kind[m]) }}
	for k := range kinds {
		w.genres = append(w.genres, "Kind "+strconv.Itoa(k+1))
	}
	for range users {
		w.users = append(w.users, s.user(&kindOf, &brandOf, complement, taste))
	}
	w.at = func(u, k int) uint32 { return 1_300_000_000 + uint32(k)*86_400 + uint32(u%5000) }
	return w.dataset()
}

// shop is what the users of a shop find.
type shop struct {
	r               *rand.Rand
	kind, brand     []int
	weight, born    []float64
	all             wheel
	ofKind, ofBrand []wheel
	with            [][]int // complements of an item, the strongest first
}

// complements gives each item its complements; goes[k] is the kind that goes with k.
func (s *shop) complements(goes []int) {
	for m := range s.with {
		for range 1 + s.r.IntN(4) {
			from := &s.all
			if x := s.r.Float64(); x < .5 {
				from = &s.ofBrand[s.brand[m]]
			} else if other := &s.ofKind[goes[s.kind[m]]]; x < .85 && len(other.items) > 0 {
				from = other
			}
			if c := from.draw(s.r); c != m && !slices.Contains(s.with[m], c) {
				s.with[m] = append(s.with[m], c)
			}
		}
	}
}

// user returns the purchases of a user, in order.
func (s *shop) user(kindOf, brandOf *wheel, complement, taste float64) []int {
	r := s.r
	var tastes []*wheel
	for range 2 {
		tastes = append(tastes, &s.ofBrand[brandOf.draw(r)])
	}
	for range 3 {
		tastes = append(tastes, &s.ofKind[kindOf.draw(r)])
	}
	tastes = slices.DeleteFunc(tastes, func(w *wheel) bool { return len(w.items) == 0 })
	n := 6 // and geometric, with a mean of nine
	for n < 200 && r.Float64() < .76 {
		n++
	}
	begins := r.Float64()
	var list []int
	last := 0 // where the last basket begins
	for basket, tries := 0, 0; len(list) < n && tries < 40*n; tries++ {
		if basket > 0 && r.Float64() < .6 {
			last, basket = len(list)-basket, 0
		}
		m := -1
		switch x := r.Float64(); {
		case x < complement && len(list) > 0:
			from := list[last+r.IntN(len(list)-last)]
			if with := s.with[from]; len(with) > 0 {
				m = with[min(int(r.ExpFloat64()), len(with)-1)]
			}
		case x < complement+taste && len(tastes) > 0:
			m = tastes[r.IntN(len(tastes))].draw(r)
		default:
			m = s.all.draw(r)
		}
		if m < 0 || slices.Contains(list, m) || r.Float64() > s.sells(m, begins+.3*float64(len(list))/float64(n)) {
			continue
		}
		list, basket = append(list, m), basket+1
	}
	return list
}

// sells returns how well an item sells at a moment: not before it is there, and then
// less and less, but never below a quarter.
func (s *shop) sells(m int, at float64) float64 {
	age := at - s.born[m]
	if age < 0 {
		return .05
	}
	return .25 + .75*math.Exp(-3*age)
}
