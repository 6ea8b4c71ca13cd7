package dataset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// baskets writes the baskets of d: the user, the day, and items, in brackets those that
// stayed in the cart.
func baskets(d *Dataset) string {
	var list []string
	for u, basket := range d.Baskets() {
		text := fmt.Sprintf("%s %d", d.Users[u], basket[0].Day)
		for _, b := range basket {
			if id := d.Catalog.IDs[b.Row]; b.Cart {
				text += fmt.Sprintf(" (%s)", id)
			} else {
				text += " " + string(id)
			}
		}
		list = append(list, text)
	}
	return strings.Join(list, " · ")
}

const day = 86_400

func at(user, item string, seconds int, event string) string {
	return fmt.Sprintf("%s,%s,%d,%s", user, item, seconds, event)
}

// TestBaskets: what one user bought on one day (UTC) is a basket, whatever they looked at
// later, and an item stands in it once; what was returned and what has no time is in none.
func TestBaskets(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string
		lost int
	}{
		{"two days", []string{at("u", "a", day, "purchase"), at("u", "b", 2*day-1, "buy"), at("u", "c", 2*day, "order")}, "u 1 a b · u 2 c", 0},
		{"the same again on another day", []string{at("u", "a", day, "purchase"), at("u", "b", day, "purchase"), at("u", "b", 5*day, "purchase")}, "u 1 a b · u 5 b", 0},
		{"viewed a year later", []string{at("u", "a", day, "purchase"), at("u", "b", day, "purchase"), at("u", "a", 365*day, "view")}, "u 1 a b", 0},
		{"twice on a day, and from the cart", []string{at("u", "b", day, "cart"), at("u", "b", day+1, "purchase"), at("u", "b", day+2, "purchase"), at("u", "a", day, "cart")}, "u 1 (a) b", 0},
		{"returned", []string{at("u", "a", day, "purchase"), at("u", "b", day, "purchase"), at("u", "a", 3*day, "return"), at("u", "c", 5*day, "view")}, "u 1 b", 0},
		{"without a time", []string{at("u", "a", day, "purchase"), "u,b,,purchase", at("u", "c", 3*day, "view")}, "u 1 a", 1},
		{"users", []string{at("v", "a", day+5, "view"), at("w", "d", day, "purchase"), at("u", "c", day, "purchase"), at("u", "b", day, "purchase")}, "u 1 b c · w 1 d", 0},
		{"carts alone", []string{at("u", "a", day, "cart"), at("u", "b", day, "cart"), at("u", "b", 2*day, "view")}, "", 0},
		{"one moment for all", []string{at("u", "a", day, "purchase"), at("u", "b", day, "purchase"), at("v", "a", day, "purchase")}, "", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, r := openEvents(t, Options{}, "user_id,item_id,timestamp,event", c.rows...)
			if got := baskets(d); got != c.want {
				t.Errorf("baskets %q, want %q", got, c.want)
			}
			said := 0
			for _, n := range r.Notes {
				if strings.HasPrefix(n.What, "purchases without a time") {
					said = n.Count
				}
			}
			if said != c.lost {
				t.Errorf("%d purchases are said to be in no basket, want %d", said, c.lost)
			}
		})
	}
}

// TestBasketsOfAView lack what the view lacks.
func TestBasketsOfAView(t *testing.T) {
	d, _ := openEvents(t, Options{}, "user_id,item_id,timestamp,event",
		at("u", "a", day, "purchase"), at("u", "b", day+1, "purchase"), at("u", "c", day+2, "purchase"), at("v", "d", 2*day, "purchase"))
	if got, want := baskets(d.WithoutLast(1)), "u 1 a b"; got != want {
		t.Errorf("without the newest of each: %q, want %q", got, want)
	}
}

// TestWithBaskets joins users of whom the last bought something.
func TestWithBaskets(t *testing.T) {
	d, _ := openEvents(t, Options{}, "user_id,item_id,timestamp,event", at("u", "a", day, "purchase"), at("u", "b", day, "view"), at("v", "b", 2*day, "view"))
	lists := [][]Interaction{{{Row: 2, At: 3 * day}}, {{Row: 3, At: 3 * day}, {Row: 4, At: 3*day + 5}}}
	joined := d.Join([]string{"x", "y"}, lists).WithBaskets(3, [][]Bought{{{Row: 4, Day: 3}, {Row: 3, Day: 3, Cart: true}}})
	if got, want := baskets(joined), "u 1 a · y 3 (d) e"; got != want {
		t.Errorf("baskets %q, want %q", got, want)
	}
	if got, want := baskets(d), "u 1 a"; got != want {
		t.Errorf("the data set that was joined has %q now, want %q", got, want)
	}
	first := 0
	for range joined.Baskets() {
		first++
		break
	}
	if rows := joined.Bought; first != 1 || !slices.IsSortedFunc(rows[1:], func(a, b Bought) int { return int(a.Row - b.Row) }) {
		t.Errorf("after one basket %d were seen, of %v", first, rows)
	}
}
