package filter_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// condition is a filter as a text, and what it says of item r where same is the item of
// the page.
type condition struct {
	text  string
	holds func(r, same int) bool
}

// draw draws a condition of some depth.
func (s *shop) draw(rng *rand.Rand, depth int) condition {
	if depth > 0 {
		a, b := s.draw(rng, depth-1), s.draw(rng, rng.IntN(depth))
		switch rng.IntN(4) {
		case 0:
			return condition{"(" + a.text + ") and (" + b.text + ")", func(r, same int) bool { return a.holds(r, same) && b.holds(r, same) }}
		case 1:
			return condition{"(" + a.text + ") OR(" + b.text + ")", func(r, same int) bool { return a.holds(r, same) || b.holds(r, same) }}
		case 2:
			return condition{"not (" + a.text + ")", func(r, same int) bool { return !a.holds(r, same) }}
		}
		// Without parentheses: not before and, and before or.
		c := s.draw(rng, 0)
		d := s.draw(rng, 0)
		e := s.draw(rng, 0)
		return condition{c.text + " or not " + d.text + " and " + e.text, func(r, same int) bool {
			return c.holds(r, same) || (!d.holds(r, same) && e.holds(r, same))
		}}
	}
	name := s.names[rng.IntN(len(s.names))]
	kind, have := s.kinds[name], s.values[name]
	if kind == attribute.Bool && rng.IntN(2) == 0 {
		return condition{name, func(r, _ int) bool { return slices.Contains(have[r], "true") }}
	}
	var written []string
	var values []string
	same := false
	for range 1 + rng.IntN(3) {
		if rng.IntN(4) == 0 {
			written, same = append(written, "same"), true
			continue
		}
		v := s.value(rng, name, 600)
		values = append(values, v)
		written = append(written, quote(rng, v))
	}
	ops := []string{"=", "!=", "in", "not in", "<", "<=", ">", ">="}
	if kind == attribute.Bool || kind == attribute.List {
		ops = ops[:4]
	}
	op := ops[rng.IntN(len(ops))]
	if op == "in" || op == "not in" {
		any := func(r, page int) (found, defined bool) {
			all := values
			if same {
				all = slices.Concat(values, have[page])
			}
			found = slices.ContainsFunc(all, func(v string) bool {
				return slices.ContainsFunc(have[r], func(h string) bool { return compare(kind, h, v) == 0 })
			})
			return found, len(have[r]) > 0 && !(same && len(have[page]) == 0)
		}
		return condition{name + " " + op + "(" + strings.Join(written, " , ") + ")", func(r, page int) bool {
			found, defined := any(r, page)
			if op == "in" {
				return found
			}
			return defined && !found
		}}
	}
	of := written[0] == "same"
	return condition{name + op + written[0], func(r, page int) bool {
		against := have[page]
		if !of {
			against = values[:1]
		}
		if len(have[r]) == 0 || len(against) == 0 {
			return false
		}
		equal := slices.ContainsFunc(against, func(v string) bool {
			return slices.ContainsFunc(have[r], func(h string) bool { return compare(kind, h, v) == 0 })
		})
		switch c := compare(kind, have[r][0], against[0]); op {
		case "=":
			return equal
		case "!=":
			return !equal
		case "<":
			return c < 0
		case "<=":
			return c <= 0
		case ">":
			return c > 0
		default:
			return c >= 0
		}
	}}
}

func compare(kind attribute.Kind, a, b string) int {
	if kind != attribute.Number {
		return strings.Compare(a, b)
	}
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// quote writes a value, in quotes where it needs some.
func quote(rng *rand.Rand, v string) string {
	if rng.IntN(2) == 0 && !strings.ContainsAny(v, ` '"`) && v != "same" && v != "AND" {
		return v
	}
	q := []string{`"`, `'`}[rng.IntN(2)]
	return q + strings.ReplaceAll(v, q, q+q) + q
}

// TestNoWrongItems holds 10,000 random conditions against what they say of each item.
func TestNoWrongItems(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 2))
	wrong, some := 0, 0
	for round := range 100 {
		s := open(rng, 1+rng.IntN(400))
		columns := filter.Of(s.catalog())
		for range 100 {
			c := s.draw(rng, rng.IntN(4))
			p, err := columns.Parse(c.text)
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			page := rng.IntN(s.items)
			set, err := p.Keep(catalog.Row(page))
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			kept := 0
			for r := range s.items {
				want := c.holds(r, page)
				if set.Has(catalog.Row(r)) != want {
					wrong++
					t.Errorf("round %d: %s with the page of %d: item %d is kept: %t, want %t", round, c.text, page, r, !want, want)
				}
				if want {
					kept++
				}
			}
			if n := set.Of(s.items); n != kept {
				t.Errorf("round %d: %s: a set of %d, want %d", round, c.text, n, kept)
			}
			if kept > 0 && kept < s.items {
				some++
			}
			if wrong > 5 {
				t.Fatal("and so on")
			}
		}
	}
	if some < 3000 {
		t.Errorf("only %d of 10000 conditions keep some items and leave some out", some)
	}
}
