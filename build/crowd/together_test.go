package crowd

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// buying returns a data set of n items in which each of lists is the basket of a user;
// items below 0 stayed in the cart, -1 for the first one.
func buying(n int, lists ...[]int) *dataset.Dataset {
	users := make([][]dataset.Interaction, len(lists))
	bought := make([][]dataset.Bought, len(lists))
	for u, l := range lists {
		for _, r := range l {
			b := dataset.Bought{Row: catalog.Row(r), Day: 7}
			if r < 0 {
				b = dataset.Bought{Row: catalog.Row(-r - 1), Day: 7, Cart: true}
			}
			bought[u] = append(bought[u], b)
			users[u] = append(users[u], dataset.Interaction{Row: b.Row, At: 7 * 86_400})
		}
	}
	return of(n, users...).WithBaskets(0, bought)
}

// TestTogetherByHand: 0 and 1 are bought together three times, 1 and 2 once, 3 is in the
// cart beside 0, and 4 is bought alone. Margins, the sums of the pairs of an item: 0 has 3 + .5, 1 has 3 + 1,
// 2 has 1, 3 has .5, together 9.
func TestTogetherByHand(t *testing.T) {
	d := buying(5, []int{0, 1}, []int{0, 1}, []int{1, 0}, []int{1, 2}, []int{0, -4}, []int{4})
	l, c := Together(d, TogetherOptions{Shrinkage: .5, Cart: .5, Least: .5, Longest: 10, Largest: 50})
	if want := (Baskets{Baskets: 5, Pairs: 3, Items: 4}); c != want {
		t.Errorf("counted %+v, want %+v", c, want)
	}
	weight := func(n, a, b float64) float64 { return math.Log((n + .5) / (a*b/9 + .5)) }
	want := map[[2]catalog.Row]float64{{0, 1}: weight(3, 3.5, 4), {1, 2}: weight(1, 4, 1), {0, 3}: weight(.5, 3.5, .5)}
	for a := range catalog.Row(5) {
		for b := range a {
			w := want[[2]catalog.Row{b, a}]
			for _, got := range []float32{l.Weight(a, b), l.Weight(b, a)} {
				if math.Abs(float64(got)-w) > step/2./240*weight(3, 3.5, 4)*1.07 {
					t.Errorf("weight of %d and %d: %g, want %g", a, b, got, w)
				}
			}
		}
	}
}

// TestShrinkage: what a pair seen once says beside one seen ten times is the less the larger the
// shrinkage is, and with little shrinkage it is more, as it is further from chance.
func TestShrinkage(t *testing.T) {
	lists := [][]int{{0, 1}}
	for range 10 {
		lists = append(lists, []int{2, 3}, []int{4, 5}, []int{6, 7})
	}
	d := buying(8, lists...)
	before, first := math.Inf(1), 0.0
	for _, k := range []float64{.1, 1, 10} {
		l, _ := Together(d, TogetherOptions{Shrinkage: k, Longest: 10, Largest: 50})
		share := float64(l.Weight(0, 1) / l.Weight(2, 3))
		if share >= before {
			t.Errorf("shrinkage %g: once weighs %g of ten times, before %g", k, share, before)
		}
		before, first = share, max(first, share)
	}
	if first <= 1 || before >= .5 {
		t.Errorf("once weighs %g to %g of ten times, want more than 1 to less than .5", first, before)
	}
}

// TestTogetherKeepsTheStrongest: lists are cut to the strongest, pairs below Least are left
// out, and what is bought with everything is with nothing in particular.
func TestTogetherKeepsTheStrongest(t *testing.T) {
	lists := [][]int{{0, 3}}
	for range 3 {
		lists = append(lists, []int{0, 1}, []int{0, 1}, []int{0, 2})
	}
	for r := 4; r < 30; r += 2 {
		lists = append(lists, []int{3, r, r + 1}, []int{3, r, r + 1})
	}
	d := buying(31, lists...)
	l, _ := Together(d, TogetherOptions{Shrinkage: 1, Least: 2, Longest: 10, Largest: 50})
	for r, want := range map[catalog.Row][]catalog.Row{0: {1, 2}, 4: {3, 5}, 30: {}} {
		items, _, _ := l.Of(r)
		if diff := cmp.Diff(want, slices.Clone(items)); diff != "" && len(items)+len(want) > 0 {
			t.Errorf("with %d (-want +got):\n%s", r, diff)
		}
	}
	if items, _, _ := l.Of(3); len(items) > 10 {
		t.Errorf("a list of %d, want 10 at most", len(items))
	}
	if l.Weight(4, 3) >= l.Weight(4, 5) {
		t.Errorf("what all buy weighs %g beside 4, its partner %g", l.Weight(4, 3), l.Weight(4, 5))
	}
	short, _ := Together(d, TogetherOptions{Shrinkage: 1, Least: 2, Longest: 1, Largest: 50})
	if items, _, _ := short.Of(0); !slices.Equal(items, []catalog.Row{1}) {
		t.Errorf("the strongest of 0 is %v, want 1", items)
	}
}

// TestLargeBaskets are cut, what was bought before what stayed in the cart.
func TestLargeBaskets(t *testing.T) {
	var large []int
	for r := range 20 {
		if large = append(large, r); r%2 == 1 {
			large[r] = -r - 1
		}
	}
	for most, want := range map[int]Baskets{
		20: {Baskets: 1, Pairs: 190, Items: 20},
		12: {Baskets: 1, Cut: 1, Pairs: 66, Items: 12},
		5:  {Baskets: 1, Cut: 1, Pairs: 10, Items: 5},
	} {
		l, c := Together(buying(20, large), TogetherOptions{Shrinkage: 1, Cart: 1, Longest: 20, Largest: most})
		if c != want {
			t.Errorf("of %d: %+v, want %+v", most, c, want)
		}
		for r := range catalog.Row(20) {
			if items, _, _ := l.Of(r); most == 12 && r%2 == 0 && len(items) == 0 || most == 5 && r%2 == 1 && len(items) > 0 {
				t.Errorf("of %d: item %d has %v", most, r, items)
			}
		}
	}
}

// TestNothingBought has no lists, nor have baskets of one.
func TestNothingBought(t *testing.T) {
	for _, d := range []*dataset.Dataset{of(3, sequence(0, 1, 2)), buying(3, []int{0}, []int{1}), buying(3, []int{0, -2})} {
		if l, c := Together(d, TogetherOptions{Shrinkage: 1, Longest: 10, Largest: 50}); l != nil {
			t.Errorf("%+v: lists %+v, want none", c, l)
		}
	}
}
