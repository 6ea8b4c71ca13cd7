package sample

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// reader is someone who comes to the shop.
type reader struct {
	user     int
	language *drawn // languages
	likes    *drawn // categories
	taste    []int
	follows  []int // authors
	budget   float64
	currency string
	bought   []int
}

// reader returns what a new reader did, in order.
func (s *shop) reader(user int) (acts []act) {
	r := s.r
	main := drawnOf(upTo(len(languages)), shares).next(r)
	also := []float64{0, 0, 0}
	also[main] = 1
	if r.IntN(4) == 0 {
		also[[]int{1, 0, 1}[main]] += .3
	}
	p := &reader{user: user, language: drawnOf(upTo(len(languages)), also), budget: 1200 * math.Exp(.5*r.NormFloat64()), currency: "EUR"}
	if main == 0 && r.IntN(10) == 0 {
		p.currency = "CHF"
	}
	p.taste = []int{s.popular.next(r)}
	for range 1 + r.IntN(3) {
		if c := s.near(of(r, p.taste)); !slices.Contains(p.taste, c) {
			p.taste = append(p.taste, c)
		}
	}
	weights := make([]float64, len(s.categories))
	for i, c := range p.taste {
		weights[c] = 1 / float64(i+1)
	}
	p.likes = drawnOf(p.taste, weights)
	for range r.IntN(4) {
		p.follows = append(p.follows, s.byAuthor[main].next(r))
	}
	visits := times(r, 1, .83)
	for _, at := range moments(r, visits) {
		acts = append(acts, s.visit(p, at)...)
	}
	return acts
}

// moments returns n moments in order, at least two hours apart.
func moments(r *rand.Rand, n int) []int64 {
	list := make([]int64, n)
	first := int64(r.Float64() * r.Float64() * lasts) // more come later
	for i := range list {
		list[i] = ends - lasts + first + int64(r.Float64()*float64(lasts-first))
	}
	slices.Sort(list)
	for i := range list {
		if i > 0 {
			list[i] = max(list[i], list[i-1]+7200)
		}
	}
	return list
}

// visit returns what the reader does from a moment on.
func (s *shop) visit(p *reader, at int64) (acts []act) {
	r := s.r
	do := func(m int, kind string) *act {
		at += 5 + int64(40*r.ExpFloat64())
		acts = append(acts, act{user: p.user, item: m, at: at, kind: kind})
		return &acts[len(acts)-1]
	}
	var cart []int
	for range times(r, 1, .74) {
		m, listed := s.look(p)
		if m < 0 || slices.Contains(p.bought, m) {
			continue
		}
		if listed {
			do(m, "click")
		}
		do(m, "view")
		fit := s.fit(p, m)
		if r.Float64() < .05*fit {
			do(m, "wishlist")
		}
		if r.Float64() < min(.8, .3*fit)+.015 && !slices.Contains(cart, m) {
			do(m, "add_to_cart")
			cart = append(cart, m)
			if with := s.companion[m]; with >= 0 && r.Float64() < taken && !slices.Contains(cart, with) && !slices.Contains(p.bought, with) {
				do(with, "view")
				do(with, "add_to_cart")
				cart = append(cart, with)
			}
		}
	}
	if r.Float64() < .3 { // they leave without their cart
		return acts
	}
	for _, m := range cart {
		if r.Float64() > .85 {
			continue
		}
		quantity := times(r, 1, .04)
		a := do(m, "purchase")
		a.quantity, a.currency = strconv.Itoa(quantity), p.currency
		cents := s.books[m].cents
		if p.currency == "CHF" {
			cents = cents * 94 / 100
		}
		a.value = price(cents * quantity)
		p.bought = append(p.bought, m)
	}
	for _, m := range cart {
		if slices.Contains(p.bought, m) && r.IntN(25) == 0 {
			acts = append(acts, act{user: p.user, item: m, at: min(ends, at+int64(2+r.IntN(12))*86_400), kind: "return", quantity: "1"})
		}
	}
	return acts
}

// look returns the title that the reader looks at next, -1 for none, and whether they came
// to it from a list.
func (s *shop) look(p *reader) (m int, listed bool) {
	r, l := s.r, p.language.next(s.r)
	switch x := r.Float64(); {
	case x < .45:
		return s.front[l].next(r), true
	case x < .6 && len(p.follows) > 0:
		return of(r, s.authors[of(r, p.follows)].books), false
	case x < .75 && len(p.bought) > 0:
		if next := s.books[of(r, p.bought)].next; next >= 0 {
			return next, false
		}
	}
	if shelf := s.shelf[p.likes.next(r)][l]; shelf != nil {
		return shelf.next(r), r.IntN(2) == 0
	}
	return -1, false
}

// fit returns how well a title suits the reader: about 1 where it is of their taste.
func (s *shop) fit(p *reader, m int) float64 {
	b := &s.books[m]
	fit := .04
	for i, c := range b.categories {
		if slices.Contains(p.taste, c) {
			fit = max(fit, 1/float64(i+1))
		}
	}
	if slices.ContainsFunc(b.authors, func(a int) bool { return slices.Contains(p.follows, a) }) {
		fit += 1.2
	}
	if b.volume > 1 && slices.ContainsFunc(p.bought, func(owned int) bool { return s.books[owned].next == m }) {
		fit += 1
	}
	if b.stock == 0 {
		fit *= .2
	}
	return fit * min(1.3, math.Pow(p.budget/float64(b.cents), .5))
}
