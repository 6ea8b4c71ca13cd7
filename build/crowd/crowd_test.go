package crowd

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// of returns a data set of n items in which user u did users[u], a second apart.
func of(n int, users ...[]dataset.Interaction) *dataset.Dataset {
	c := &catalog.Catalog{IDs: make([]catalog.ID, n), Years: make([]int16, n), Genres: make([][]uint8, n), Tags: make([][]uint16, n)}
	d := &dataset.Dataset{Catalog: c}
	for _, events := range users {
		d.Users = append(d.Users, "")
		d.Start = append(d.Start, len(d.Interactions))
		d.Interactions = append(d.Interactions, events...)
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

func sequence(rows ...catalog.Row) []dataset.Interaction {
	var events []dataset.Interaction
	for i, r := range rows {
		events = append(events, dataset.Interaction{Row: r, At: uint32(i)})
	}
	return events
}

func TestStatistics(t *testing.T) {
	d := of(3,
		[]dataset.Interaction{{Row: 0, At: 100, Stars: 10}, {Row: 1, At: 200}},
		[]dataset.Interaction{{Row: 0, At: 150, Stars: 6}},
		nil,
	)
	got := Statistics(d, 50)
	want := feature.Statistics{
		Count:  []uint32{2, 1, 0},
		Mean:   []float32{4, 0, 0}, // of 5 and 3 stars
		Stddev: []float32{1, 0, 0},
		Trend:  []float32{0.75, 1, 0}, // ages 100 and 50: ¼ + ½
		AsOf:   200,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Statistics (-want +got):\n%s", diff)
	}
	if got := Statistics(d.WithoutLast(1), 50); got.AsOf != 100 || got.Count[1] != 0 {
		t.Errorf("Statistics of a view: %+v, want nothing newer than 100", got)
	}
}

// TestTrendIsRounded: the median is 1, so that the step is 1/64. An item whose
// interactions are far newer than all others leaves the others apart.
func TestTrendIsRounded(t *testing.T) {
	for _, c := range []struct{ trend, want []float32 }{
		{[]float32{0, 1, 1.01, 0.001, 300.5, 0.02, 5}, []float32{0, 1, 1.015625, 0, 300, 0.015625, 5}},
		{[]float32{1, 0x1p-30, 0x3p-30}, []float32{1, 0x1p-30, 0x3p-30}},
		{[]float32{0, 0}, []float32{0, 0}},
		{nil, nil},
	} {
		got := slices.Clone(c.trend)
		if roundTrend(got); !slices.Equal(got, c.want) {
			t.Errorf("roundTrend(%v) = %v, want %v", c.trend, got, c.want)
		}
	}
}

// TestRatedCountsThoseWhoGaveStars: two saw item 0 and one of them gave stars.
func TestRatedCountsThoseWhoGaveStars(t *testing.T) {
	d := of(2, []dataset.Interaction{{Row: 0, Stars: 10}, {Row: 1, Stars: 8}}, []dataset.Interaction{{Row: 0}})
	if got := Statistics(d, 50); !slices.Equal(got.Rated, []uint32{1, 1}) || !slices.Equal(got.Count, []uint32{2, 1}) {
		t.Errorf("rated %v of %v, want [1 1] of [2 1]", got.Rated, got.Count)
	}
}

func TestTransition(t *testing.T) {
	d := of(4, sequence(0, 1, 2), sequence(), sequence(0, 2), sequence(3))
	l := Transition(d, TransitionOptions{Window: 2, Smoothing: 1, Longest: 2, Least: 0.1})
	// From 0: to 1 once at distance 1 (1), to 2 at distance 2 and 1 (½ + 1): sum 2.5, plus 1.
	want := map[[2]catalog.Row]float64{{0, 1}: 1 / 3.5, {0, 2}: 1.5 / 3.5, {1, 2}: 1.0 / 2}
	for a := range catalog.Row(4) {
		for b := range catalog.Row(4) {
			w := want[[2]catalog.Row{a, b}]
			most := max(want[[2]catalog.Row{a, 1}], want[[2]catalog.Row{a, 2}]) // half a step of the row's largest
			if got := float64(l.Weight(a, b)); math.Abs(got-w) > step/2./255*most*1.07 {
				t.Errorf("Weight(%d, %d) = %g, want %g", a, b, got, w)
			}
		}
	}
	short := Transition(d, TransitionOptions{Window: 2, Smoothing: 1, Longest: 1, Least: 0.1})
	if diff := cmp.Diff([]catalog.Row{2, 2}, short.Items); diff != "" {
		t.Errorf("Transition with lists of one (-want +got):\n%s", diff)
	}
	for r := range d.Catalog.Genres {
		d.Catalog.Genres[r] = []uint8{0}
	}
	few := Transition(d, TransitionOptions{Window: 2, Smoothing: 1, Longest: 2, Least: 1.2})
	if diff := cmp.Diff([]catalog.Row{2}, few.Items); diff != "" {
		t.Errorf("Transition of at least 1.2 (-want +got):\n%s", diff)
	}
}

// TestItemsOfWhichNothingIsToldKeepTheirTies: what occurred once, below Least, stays in
// the list of an item without genres and tags, as far as five; what is more often than
// Least stays beyond.
func TestItemsOfWhichNothingIsToldKeepTheirTies(t *testing.T) {
	d := of(10, sequence(0, 1, 2, 3, 4, 5, 6, 7), sequence(8, 1), sequence(8, 1), sequence(8, 2), sequence(8, 2),
		sequence(8, 3), sequence(8, 3), sequence(8, 4), sequence(8, 4), sequence(8, 5), sequence(8, 5), sequence(8, 6), sequence(8, 6), sequence(8, 7))
	opt := TransitionOptions{Window: 7, Smoothing: 1, Longest: 50, Least: 1.5}
	lists := func() (of0, of8 []catalog.Row) {
		l := Transition(d, opt)
		of0, _, _ = l.Of(0)
		of8, _, _ = l.Of(8)
		return of0, of8
	}
	of0, of8 := lists()
	if !slices.Equal(of0, []catalog.Row{1, 2, 3, 4, 5}) || !slices.Equal(of8, []catalog.Row{1, 2, 3, 4, 5, 6}) {
		t.Errorf("lists of items of which nothing is told: %v and %v", of0, of8)
	}
	for _, told := range []func(){
		func() { d.Catalog.Genres[0] = []uint8{0} },
		func() { d.Catalog.Genres[0], d.Catalog.Tags[0] = nil, []uint16{0} },
	} {
		if told(); len(d.Catalog.Genres[0])+len(d.Catalog.Tags[0]) != 1 {
			t.Fatal("nothing is told of item 0")
		}
		if of0, _ := lists(); len(of0) > 0 {
			t.Errorf("the list of an item of which something is told: %v", of0)
		}
	}
	opt.Longest = 2
	if of0, of8 := lists(); len(of0) != 0 || len(of8) != 2 {
		t.Errorf("lists of two at most: %v and %v", of0, of8)
	}
}

// TestWeightsAreFew: a list whose successors come 1 to 40 times has no weights but
// multiples of 16, and 255, and a scale of five significant bits.
func TestWeightsAreFew(t *testing.T) {
	var users [][]dataset.Interaction
	for b := range catalog.Row(40) {
		for range b + 1 {
			users = append(users, sequence(40, b))
		}
	}
	l := Transition(of(41, users...), TransitionOptions{Window: 1, Smoothing: 1, Longest: 50})
	items, weights, scale := l.Of(40)
	if len(items) != 40 || slices.Max(weights) < 240 {
		t.Errorf("%d successors, the largest weight %d, want 40 and at least 240", len(items), slices.Max(weights))
	}
	for i, w := range weights {
		if w%16 != 0 && w != 255 && w != 1 {
			t.Errorf("successor %d weighs %d, want a multiple of 16", items[i], w)
		}
	}
	if bits := math.Float32bits(scale); bits&(1<<19-1) != 0 {
		t.Errorf("the scale %x has more than five significant bits", bits)
	}
}

// TestPlaces has a view without a user's last interaction, users who did
// nothing before, between and after, and looks for where each one ends.
func TestPlaces(t *testing.T) {
	d := of(3, sequence(), sequence(0, 1, 2), sequence(), sequence(), sequence(2, 0), sequence(1), sequence()).WithoutLast(1)
	p := newPlaces(d)
	if diff := cmp.Diff([]uint32{0}, p.of(0)); diff != "" {
		t.Errorf("places of movie 0 (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint32{3}, p.of(2)); diff != "" {
		t.Errorf("places of movie 2 (-want +got):\n%s", diff)
	}
	for at, want := range map[uint32]int{0: 2, 1: 2, 3: 4} {
		if _, got := p.user(d, at); got != want {
			t.Errorf("user(%d) ends at %d, want %d", at, got, want)
		}
	}
}

// TestTransitionOrderFree counts two users' items by hand, in two orders of each.
func TestTransitionOrderFree(t *testing.T) {
	opt := TransitionOptions{Window: 9, OrderFree: true, Smoothing: 1, Longest: 3, Least: 0.1}
	l := Transition(of(4, sequence(0, 1, 2), sequence(0, 3)), opt)
	// An event counts c = 1 + ½ + ⅓ + ¼ + ⅕ in all: 0 has c/2 for 1 and 2 and c for 3.
	const c = 1 + 1./2 + 1./3 + 1./4 + 1./5
	want := map[[2]catalog.Row]float64{
		{0, 1}: c / 2 / (2*c + 1), {0, 2}: c / 2 / (2*c + 1), {0, 3}: c / (2*c + 1),
		{1, 0}: c / 2 / (c + 1), {1, 2}: c / 2 / (c + 1), {2, 0}: c / 2 / (c + 1), {2, 1}: c / 2 / (c + 1), {3, 0}: c / (c + 1),
	}
	for a := range catalog.Row(4) {
		most := 0.0
		for b := range catalog.Row(4) {
			most = max(most, want[[2]catalog.Row{a, b}])
		}
		for b := range catalog.Row(4) {
			w := want[[2]catalog.Row{a, b}]
			if got := float64(l.Weight(a, b)); math.Abs(got-w) > step/2./255*most*1.07 {
				t.Errorf("Weight(%d, %d) = %g, want %g", a, b, got, w)
			}
		}
	}
	if diff := cmp.Diff(l, Transition(of(4, sequence(2, 0, 1), sequence(3, 0)), opt)); diff != "" {
		t.Errorf("in another order (-first +other):\n%s", diff)
	}
}

// TestTogether: each event has its nearest ones in a circle, none of them twice.
func TestTogether(t *testing.T) {
	events := sequence(0, 1, 2, 3, 4)
	for _, c := range []struct {
		at, most int
		want     []catalog.Row
	}{{0, 2, []catalog.Row{1, 4}}, {3, 3, []catalog.Row{4, 2, 0}}, {2, 4, []catalog.Row{3, 1, 4, 0}}, {4, 9, []catalog.Row{0, 3, 1, 2}}} {
		var got []catalog.Row
		together(events, c.at, c.most, func(e dataset.Interaction, _ float64) { got = append(got, e.Row) })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("the %d nearest to %d (-want +got):\n%s", c.most, c.at, diff)
		}
	}
}

// TestListsKeepWhatIsAbove0 in the order of the rows, within a sixteenth of the largest.
func TestListsKeepWhatIsAbove0(t *testing.T) {
	weights := []float32{0.1, -3, 0.4, 0, 0.2, 0.2, 0.2}
	all := []catalog.Row{0, 1, 2, 3, 4, 5, 6}
	lists := Lists(7, func(r catalog.Row) ([]catalog.Row, []float32) {
		if r != 1 {
			return nil, nil // was left out
		}
		return all, weights
	})
	items, kept, scale := lists.Of(1)
	if want := []catalog.Row{0, 2, 4, 5, 6}; !slices.Equal(items, want) {
		t.Fatalf("items %v, want %v", items, want)
	}
	for i, r := range items {
		if got := scale * float32(kept[i]); got < weights[r]-0.025 || got > weights[r]+0.025 {
			t.Errorf("item %d: weight %v, want about %v", r, got, weights[r])
		}
	}
	if len(lists.Items) != 5 || len(lists.Start) != 8 {
		t.Errorf("%d neighbours in %d lists, want 5 in 7", len(lists.Items), len(lists.Start)-1)
	}
}
