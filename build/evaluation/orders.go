package evaluation

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

// OrdersOptions say how [Orders] asks.
type OrdersOptions struct {
	People int // at most; fewer where fewer have as many likes
	Likes  int // of each person
	Orders int // in which the likes of each are given, at least 2
	Seed   uint64
}

// ErrNoLikes is the error of [Orders] where no user has as many likes as are asked for.
var ErrNoLikes = errors.New("too few likes of every user")

// DefaultOrdersOptions are 300 people with ten likes in six orders.
func DefaultOrdersOptions() OrdersOptions {
	return OrdersOptions{People: 300, Likes: 10, Orders: 6, Seed: 1}
}

// OrderTest asks what a list owes to the order in which the same likes were given,
// and to one like of somebody else among them.
type OrderTest struct {
	Options OrdersOptions
	People  []Person
	catalog *catalog.Catalog
	start   int64 // of every sitting
}

// Person is one person of an [OrderTest].
type Person struct {
	User   int
	Likes  []catalog.Row   // in the order drawn
	Orders [][]catalog.Row // the same likes, in a random order each
	// Stranger is a like of somebody else that is off the person's path: it has
	// genres, and none of them is a main one of the likes, which are those that a
	// fifth of them or more have. -1 where none was found.
	Stranger catalog.Row
}

// strangerTries is how many likes are drawn to find one off the path.
const strangerTries = 10_000

// Orders draws people of d with enough likes, their likes and the orders, and for each
// a like of another user off the path, from all likes of d as often as they are
// there. A catalog without genres has no paths, and no strangers.
func Orders(d *dataset.Dataset, o OrdersOptions) (*OrderTest, error) {
	if o.People < 1 || o.Likes < 2 || o.Orders < 2 {
		return nil, fmt.Errorf("evaluation: %d people with %d likes in %d orders: at least 1, 2 and 2 are due", o.People, o.Likes, o.Orders)
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0))
	var able []int            // users with enough likes
	var all []liked           // of everybody
	var likes [][]catalog.Row // by user
	for u := range d.Users {
		l := likesOf(d, u)
		likes = append(likes, l)
		if len(l) >= o.Likes {
			able = append(able, u)
		}
		for _, r := range l {
			all = append(all, liked{u, r})
		}
	}
	if len(able) == 0 {
		return nil, fmt.Errorf("evaluation: %w: none has %d of four stars and more or without stars; ask with fewer", ErrNoLikes, o.Likes)
	}
	t := &OrderTest{Options: o, catalog: d.Catalog, start: afterAll(d)}
	for _, at := range rng.Perm(len(able))[:min(o.People, len(able))] {
		p := Person{User: able[at], Stranger: -1}
		for _, i := range rng.Perm(len(likes[p.User]))[:o.Likes] {
			p.Likes = append(p.Likes, likes[p.User][i])
		}
		for range o.Orders {
			p.Orders = append(p.Orders, shuffled(rng, p.Likes))
		}
		if len(d.Catalog.Genres) == d.Catalog.Len() {
			p.Stranger = offPath(rng, d, p, all)
		}
		t.People = append(t.People, p)
	}
	return t, nil
}

// liked is a like of a user.
type liked struct {
	user int
	row  catalog.Row
}

func shuffled(rng *rand.Rand, rows []catalog.Row) []catalog.Row {
	s := slices.Clone(rows)
	rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

// offPath draws the stranger of p from all likes, -1 where none is found. What p has
// had to do with in any way is none.
func offPath(rng *rand.Rand, d *dataset.Dataset, p Person, all []liked) catalog.Row {
	main := mainGenres(d.Catalog, p.Likes)
	for range strangerTries {
		l := all[rng.IntN(len(all))]
		g := d.Catalog.Genres[l.row]
		if l.user == p.User || len(g) == 0 || slices.ContainsFunc(g, func(g uint8) bool { return main[g] }) {
			continue
		}
		if !slices.ContainsFunc(d.Of(p.User), func(e dataset.Interaction) bool { return e.Row == l.row }) {
			return l.row
		}
	}
	return -1
}

// String names the protocol.
func (t *OrderTest) String() string {
	return fmt.Sprintf("%s of one sitting in %s, then one like off the path", plural.Of(t.Options.Likes, "like"), plural.Of(t.Options.Orders, "order"))
}

// Cases returns the questions: for each person their orders, then, where they
// have a stranger, the same with its like as the last event. Nothing is relevant.
func (t *OrderTest) Cases() []Case {
	var cases []Case
	for _, p := range t.People {
		for _, order := range p.Orders {
			cases = append(cases, Case{User: p.User, History: Sitting(order, t.start)})
		}
		if p.Stranger < 0 {
			continue
		}
		for _, order := range p.Orders {
			cases = append(cases, Case{User: p.User, History: Sitting(append(slices.Clone(order), p.Stranger), t.start)})
		}
	}
	return cases
}

// Measure asks m and returns, as means over people with their intervals, of the first
// k of its lists:
//
//	Stay      items that two orders of the same likes have in common, over all pairs of orders; 0 to k
//	Replaced  items of a list that are gone once the stranger's like is added, over all orders; 0 to k
//	NewKind   items of the list with the stranger's like that share a genre with it, over all orders; 0 to k
//
// and among [Result.More] KindBefore, which is NewKind of the lists without it. Places
// in a list do not count, nor do ties: a list is the set of its first k. A recommender
// that is blind to order has a Stay of k where its lists are full. Replaced, NewKind
// and KindBefore are over people who have a stranger, and missing where none has.
func (t *OrderTest) Measure(ctx context.Context, m Method, k int, progress func(done, total int)) (Result, error) {
	cases := t.Cases()
	lists, err := Ask(ctx, m, cases, nil, k, t.catalog.Len(), progress)
	if err != nil {
		return Result{}, err
	}
	n := len(t.People)
	values := map[string][]float64{}
	names := []string{"Stay", "Replaced", "NewKind", "KindBefore"}
	for _, name := range names {
		values[name] = slices.Repeat([]float64{math.NaN()}, n)
	}
	for i, p := range t.People {
		plain := lists[:len(p.Orders)]
		lists = lists[len(p.Orders):]
		values["Stay"][i] = stay(plain)
		if p.Stranger < 0 {
			continue
		}
		added := lists[:len(p.Orders)]
		lists = lists[len(p.Orders):]
		replaced, kind, before := 0, 0, 0
		for j := range plain {
			replaced += len(plain[j]) - common(plain[j], added[j])
			kind += t.kin(added[j], p.Stranger)
			before += t.kin(plain[j], p.Stranger)
		}
		orders := float64(len(p.Orders))
		values["Replaced"][i], values["NewKind"][i], values["KindBefore"][i] = float64(replaced)/orders, float64(kind)/orders, float64(before)/orders
	}
	r := Result{
		Method: m.Name, Cases: n, Users: n, Intervals: "normal approximation", cases: casesHash(cases),
		units: unitsOf(n, func(i int) int { return t.People[i].User }),
	}
	for _, name := range names {
		metric, ok := meanOf(fmt.Sprintf("%s@%d", name, k), values[name], r.units)
		switch {
		case !ok:
		case name == "KindBefore":
			r.More = append(r.More, metric)
		default:
			r.Metrics = append(r.Metrics, metric)
		}
	}
	return r, nil
}

// stay returns how many items two lists have in common, as a mean over all pairs.
func stay(lists [][]catalog.Row) float64 {
	sum, pairs := 0, 0
	for i, a := range lists {
		for _, b := range lists[:i] {
			sum += common(a, b)
			pairs++
		}
	}
	return float64(sum) / float64(pairs)
}

// common returns how many items of a are in b.
func common(a, b []catalog.Row) int {
	n := 0
	for _, r := range a {
		if slices.Contains(b, r) {
			n++
		}
	}
	return n
}

// kin returns how many items of list share a genre with one.
func (t *OrderTest) kin(list []catalog.Row, one catalog.Row) int {
	n := 0
	for _, r := range list {
		if slices.ContainsFunc(t.catalog.Genres[r], func(g uint8) bool { return slices.Contains(t.catalog.Genres[one], g) }) {
			n++
		}
	}
	return n
}
