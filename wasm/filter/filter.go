// Package filter finds the items that a condition in words holds of, as
//
//	in_stock and price<50 and category=same and lang in (de, en)
//
// GRAMMAR.md says what may be written and what it means. A condition becomes a small
// program, and that a set of items, a bit each, before any list is made of them.
package filter

import (
	"math/bits"

	"sparrow/wasm/catalog"
)

// Set is some of N items: bit r%64 of word r/64 is set for item r, none beyond N. A nil
// set has all items.
type Set []uint64

// All returns the set of all of n items.
func All(n int) Set {
	s := make(Set, (n+63)/64)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if over := n & 63; over > 0 {
		s[len(s)-1] = 1<<over - 1
	}
	return s
}

// Has reports whether item r is in s.
func (s Set) Has(r catalog.Row) bool { return s == nil || s[r>>6]>>(r&63)&1 != 0 }

// Outside stores in dst, which is [N], which items are not in s. Has would be a call an item,
// which the engine, compiled without inlining, pays for.
func (s Set) Outside(dst []bool) {
	if s == nil {
		clear(dst)
		return
	}
	for i, word := range s {
		part := dst[64*i:]
		if len(part) > 64 {
			part = part[:64]
		}
		for j := range part {
			part[j] = word&1 == 0
			word >>= 1
		}
	}
}

// Of returns how many of n items are in s.
func (s Set) Of(n int) int {
	if s == nil {
		return n
	}
	n = 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// Operations of a program; terms have numbers of 0 and more.
const (
	and = -1 - iota
	or
	not
)

// Program is a condition about the items of one catalog. It keeps scratch memory and is
// not for concurrent use.
type Program struct {
	n     int // items
	terms []term
	steps []int // in postfix order: numbers of terms, and operations
	stack []Set
	same  int // where the text first says same, -1 where it does not

	Text   string   // that it was made from
	Absent []string // what it compares with although no item has it: "lang=fr"
}

// Keep returns the items that the condition holds of, where same stands for what item has,
// of which there may be none. The set is valid until the next call. It fails where the
// condition needs an item and there is none.
func (p *Program) Keep(item catalog.Row) (Set, error) {
	if p.same >= 0 && item == catalog.None {
		return nil, newError(p.Text, p.same, "same is what the item has that a list is asked about, and this list is asked about none")
	}
	top := 0
	for _, step := range p.steps {
		if step >= 0 {
			if top == len(p.stack) {
				p.stack = append(p.stack, make(Set, (p.n+63)/64))
			}
			p.terms[step].keep(p.stack[top], item)
			top++
			continue
		}
		other := p.stack[top-1]
		if step != not {
			top--
		}
		set := p.stack[top-1]
		for i, word := range other {
			switch step {
			case and:
				set[i] &= word
			case or:
				set[i] |= word
			default:
				set[i] = ^word
			}
		}
		if over := p.n & 63; over > 0 {
			set[len(set)-1] &= 1<<over - 1
		}
	}
	return p.stack[0], nil
}
