package evaluation

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// camps returns users who like items of their own camp alone: user u likes
// 20 items r with r%4 == u%4, and item r has the genre r%4. Others are disliked.
func camps(users, items int) *dataset.Dataset {
	c := &catalog.Catalog{GenreNames: []string{"a", "b", "c", "d"}}
	for r := range items {
		c.IDs = append(c.IDs, catalog.ID(rune('A'+r)))
		c.Genres = append(c.Genres, []uint8{uint8(r % 4)})
	}
	c.Index()
	var names []string
	var lists [][]dataset.Interaction
	rng := rand.New(rand.NewPCG(7, 7))
	for u := range users {
		var l []dataset.Interaction
		for _, i := range rng.Perm(items / 4)[:20] {
			l = append(l, dataset.Interaction{Row: catalog.Row(4*i + u%4), At: uint32(1000 + len(l)), Stars: 8 + uint8(len(l)%3)})
		}
		l = append(l, dataset.Interaction{Row: catalog.Row((u + 1) % 4), At: 5000, Stars: 3})
		names, lists = append(names, string(rune('a'+u))), append(lists, l)
	}
	return (&dataset.Dataset{Catalog: c}).Join(names, lists)
}

// answer makes a method of what is recommended for a history.
func answer(name string, of func(h feature.History, k int) []catalog.Row) Method {
	return Method{Name: name, New: func() Recommender { return recommend(of) }}
}

type recommend func(h feature.History, k int) []catalog.Row

func (r recommend) Recommend(h feature.History, k int) []catalog.Row { return r(h, k) }

// camp lists items of a camp outside h.
func camp(h feature.History, of catalog.Row, k, n int) []catalog.Row {
	var rows []catalog.Row
	for r := of % 4; int(r) < n && len(rows) < k; r += 4 {
		if !slices.ContainsFunc(h, func(e feature.Event) bool { return e.Row == r }) {
			rows = append(rows, r)
		}
	}
	return rows
}

func orderTest(t *testing.T, d *dataset.Dataset, o OrdersOptions) *OrderTest {
	t.Helper()
	test, err := Orders(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return test
}

func measured(t *testing.T, test *OrderTest, m Method) map[string]float64 {
	t.Helper()
	r, err := test.Measure(context.Background(), m, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, x := range append(r.Metrics, r.More...) {
		got[x.Name] = math.Round(x.Mean*1e9) / 1e9
	}
	return got
}

// TestOrdersOfPlantedRecommenders has recommenders whose figures are known: one looks
// at the first like of the set by row, which no order changes; one at the last event
// alone, which the stranger's like replaces in full; one gives every like its share of the list.
func TestOrdersOfPlantedRecommenders(t *testing.T) {
	const items = 160
	test := orderTest(t, camps(16, items), OrdersOptions{People: 9, Likes: 12, Orders: 6, Seed: 3})
	if len(test.People) != 9 {
		t.Fatalf("%d people, want 9", len(test.People))
	}
	majority := func(h feature.History) catalog.Row { // the camp that most events are of
		var times [4]int
		for _, e := range h {
			times[e.Row%4]++
		}
		return catalog.Row(slices.Index(times[:], slices.Max(times[:])))
	}
	blind := answer("blind", func(h feature.History, k int) []catalog.Row { return camp(h, majority(h), k, items) })
	want := map[string]float64{"Stay@10": 10, "Replaced@10": 0, "NewKind@10": 0, "KindBefore@10": 0}
	if diff := cmp.Diff(want, measured(t, test, blind)); diff != "" {
		t.Errorf("blind to order and to one like of many (-want +got):\n%s", diff)
	}
	last := answer("last", func(h feature.History, k int) []catalog.Row { return camp(h, h[len(h)-1].Row, k, items) })
	want = map[string]float64{"Stay@10": 10, "Replaced@10": 10, "NewKind@10": 10, "KindBefore@10": 0}
	if diff := cmp.Diff(want, measured(t, test, last)); diff != "" {
		t.Errorf("the last event's camp (-want +got):\n%s", diff)
	}
	shares := answer("shares", func(h feature.History, k int) []catalog.Row {
		list := camp(h, majority(h), k, items)
		for _, e := range h {
			if e.Row%4 != majority(h) {
				list = append(list[:k-3], camp(h, e.Row, 3, items)...)
			}
		}
		return list
	})
	want = map[string]float64{"Stay@10": 10, "Replaced@10": 3, "NewKind@10": 3, "KindBefore@10": 0}
	if diff := cmp.Diff(want, measured(t, test, shares)); diff != "" {
		t.Errorf("three places for the stranger's camp (-want +got):\n%s", diff)
	}
	// The list is the ten events before the last two: orders of 12 share what chance
	// leaves, 10·10/12 in the mean, never less than 8.
	positional := answer("positional", func(h feature.History, k int) []catalog.Row {
		var rows []catalog.Row
		for _, e := range h[:10] {
			rows = append(rows, e.Row)
		}
		return rows
	})
	if stay := measured(t, test, positional)["Stay@10"]; stay < 8.1 || stay > 8.6 {
		t.Errorf("ten of twelve events by place: stay %v, want about 8.33", stay)
	}
}

// TestOrdersAskOneSitting holds what histories are: likes of the person alone, each
// order another, seconds apart, after all of the data, the stranger's like last and off
// the path; the same seed asks the same.
func TestOrdersAskOneSitting(t *testing.T) {
	d := camps(16, 160)
	o := OrdersOptions{People: 5, Likes: 10, Orders: 4, Seed: 1}
	test := orderTest(t, d, o)
	cases := test.Cases()
	if len(cases) != 5*4*2 {
		t.Fatalf("%d cases, want 40", len(cases))
	}
	for i, c := range cases {
		p := test.People[i/8]
		own := c.History[:10]
		for j, e := range c.History {
			if e.Stars != 5 || e.At <= 5000 || j > 0 && e.At-c.History[j-1].At != likeApart {
				t.Errorf("case %d: event %d is %+v", i, j, e)
			}
		}
		for _, e := range own {
			if int(e.Row)%4 != c.User%4 {
				t.Errorf("case %d: user %d does not like item %d", i, c.User, e.Row)
			}
		}
		if added := i%8 >= 4; added != (len(c.History) == 11) {
			t.Errorf("case %d has %d events", i, len(c.History))
		} else if added && (c.History[10].Row != p.Stranger || int(p.Stranger)%4 == c.User%4) {
			t.Errorf("case %d: user %d gets the like of item %d, which is on the path", i, c.User, p.Stranger)
		}
	}
	if slices.Equal(cases[0].History, cases[1].History) {
		t.Error("two orders are the same")
	}
	if diff := cmp.Diff(cases, orderTest(t, d, o).Cases()); diff != "" {
		t.Errorf("the same seed asks otherwise:\n%s", diff)
	}
}

// TestOrdersWithoutGenres: no path, so that only the orders are measured; too few likes
// are an error.
func TestOrdersWithoutGenres(t *testing.T) {
	d := camps(8, 160)
	d.Catalog.Genres, d.Catalog.GenreNames = nil, nil
	first := answer("first", func(h feature.History, k int) []catalog.Row { return []catalog.Row{1, 2, 3} })
	want := map[string]float64{"Stay@10": 3}
	if diff := cmp.Diff(want, measured(t, orderTest(t, d, DefaultOrdersOptions()), first)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := Orders(d, OrdersOptions{People: 3, Likes: 21, Orders: 2}); !errors.Is(err, ErrNoLikes) {
		t.Errorf("people with 21 likes among those with 20: %v", err)
	}
}

// TestMainGenresByHand: of ten likes, two make a main genre and one does not.
func TestMainGenresByHand(t *testing.T) {
	c := &catalog.Catalog{GenreNames: []string{"a", "b", "c"}, Genres: [][]uint8{{0}, {0, 1}, {0, 1}, {0, 2}, {}}}
	likes := []catalog.Row{0, 1, 2, 3, 4, 4, 4, 4, 4, 4}
	if diff := cmp.Diff([]bool{true, true, false}, mainGenres(c, likes)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
