package feedback

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// tag is that of a numbered network on a day; networks begin at 1.
func tag(day, network int) (n event.Network) {
	binary.BigEndian.PutUint32(n[:], uint32(day))
	binary.BigEndian.PutUint32(n[4:], uint32(network))
	return n
}

// from lets visitor v do something on a day after noon's, from a network.
func from(v, days, network int, events ...event.Event) []Event {
	all := did(v, events...)
	for i := range all {
		all[i].At += int64(days) * day
		all[i].Received = all[i].At
		all[i].Network = tag(days, network)
	}
	return all
}

func like(item catalog.ID) event.Event { return on(event.Like, item) }

// visitorsOf returns the numbers of the visitors of a log.
func visitorsOf(l *Log) (list []int) {
	for events := range l.Visitors() {
		list = append(list, int(binary.BigEndian.Uint32(events[0].Visitor[12:])))
	}
	return list
}

// TestGuardByHand has a network of five visitors, who come in the order 5, 4, 3, 2,
// 1; one of two; one of whom one comes again from the crowded network; and one
// unknown visitor.
func TestGuardByHand(t *testing.T) {
	l := new(Log)
	for v := 1; v <= 5; v++ {
		events := from(v, 0, 1, like("a"), like("b"))
		for i := range events {
			events[i].Received -= int64(v) * minute
		}
		l.Events = append(l.Events, events...)
	}
	l.Events = append(l.Events, from(6, 0, 2, like("a"))...)
	l.Events = append(l.Events, from(7, 0, 2, like("a"))...)
	again := from(7, 1, 1, like("c"))
	again[0].Network = tag(0, 1)
	l.Events = append(l.Events, again...)
	l.Events = append(l.Events, did(8, like("a"))...)
	before := slices.Clone(l.Events)
	kept, g := l.Guard(Guard{Visitors: 3})
	if got := visitorsOf(kept); !slices.Equal(got, []int{3, 4, 5, 6, 7, 8}) {
		t.Errorf("visitors %v stay, want the first three of the first network, who are 5, 4 and 3, and all others", got)
	}
	if g.Visitors != 8 || g.Unknown != 1 || g.Networks != 2 || g.Crowded != 1 || g.Left != 2 || g.Events != 4 {
		t.Errorf("Guard reports %+v", g)
	}
	words := strings.Join(g.Words(), "\n")
	if !strings.Contains(words, "left out: 2 of 8 visitors, with 4 events") || !strings.Contains(words, "of an unknown network: 1 of 8 visitors") || !strings.Contains(words, "--network-visitors") || !strings.Contains(words, "--trusted-proxy") {
		t.Errorf("it says %s", words)
	}
	if !slices.EqualFunc(before, l.Events, func(a, b Event) bool { return a.ID == b.ID }) {
		t.Error("Guard changed the log")
	}
	if open, g := l.Guard(Guard{}); len(open.Events) != len(l.Events) || g.Left != 0 {
		t.Errorf("no guard leaves %d visitors out", g.Left)
	}
	if _, g := new(Log).Guard(DefaultGuard); len(g.Words()) > 0 {
		t.Errorf("of nothing it says %q", g.Words())
	}
}

// TestNetworksOfManyVisitors: what one network may bring grows with the others, not
// with what few of them make up.
func TestNetworksOfManyVisitors(t *testing.T) {
	l := new(Log)
	for v := range 8000 {
		l.Events = append(l.Events, from(v, 0, 100+v, like("a"))...)
	}
	for v := 8000; v < 108_000; v++ { // far more than all others
		l.Events = append(l.Events, from(v, 0, 1+v%3, like("b"))...)
	}
	// .001 · (8000 + 3·3) = 8.0 each.
	if _, g := l.Guard(DefaultGuard); g.Visitors-g.Left != 8000+3*8 {
		t.Errorf("%d visitors stay, want 8,000 and eight of each crowded network", g.Visitors-g.Left)
	}
}

// TestATrendNeedsTenNetworks: networks of one day are counted, since the tags of
// another day could be those of the same networks.
func TestATrendNeedsTenNetworks(t *testing.T) {
	for _, test := range []struct {
		name           string
		networks, days int
		each           int // visitors
		want           bool
	}{
		{"a hundred visitors of one network", 1, 1, 100, false},
		{"three networks, every day for a month", 3, 30, 3, false},
		{"nine networks", 9, 1, 20, false},
		{"ten networks", 10, 1, 1, true},
		{"ten networks on the second of two days", 10, 2, 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := new(Log)
			v := 0
			for days := range test.days {
				for network := range test.networks {
					for range test.each {
						v++
						l.Events = append(l.Events, from(v, days, network+1, like("a"))...)
					}
				}
			}
			got := l.Trending(TrendingOptions{})
			if trends := len(got.Items) == 1; trends != test.want || got.Few == len(got.Items) {
				t.Errorf("Trending = %+v, want it to trend: %v", got, test.want)
			}
			if less := l.Trending(TrendingOptions{Networks: 1}); len(less.Items) != 1 || less.Few != 0 {
				t.Errorf("with one network Trending = %+v, want it to trend", less)
			}
		})
	}
	unknown := everybody(10, like("a")) // as before there were tags
	if got := unknown.Trending(TrendingOptions{}); len(got.Items) != 1 {
		t.Errorf("ten visitors of unknown networks: %+v, want each to count as a network", got)
	}
}

// TestOneNetworkMovesATrendLittle: a hundred visitors, who came before one by one,
// turn to an item on one day from one network.
func TestOneNetworkMovesATrendLittle(t *testing.T) {
	l := new(Log)
	for v := range 12 {
		l.Events = append(l.Events, from(1+v, 60, 10+v, like("a"), like("b"))...)
	}
	for v := range 100 {
		l.Events = append(l.Events, from(100+v, v%50, 500+v, on(event.View, "c"))...)
		l.Events = append(l.Events, from(100+v, 60, 7, like("b"))...)
	}
	kept, g := l.Guard(DefaultGuard)
	if g.Left != 0 {
		t.Fatalf("%d visitors are left out, want none of those who came one by one", g.Left)
	}
	long := 1000 * 24 * time.Hour
	if open := kept.Trending(TrendingOptions{HalfLife: long}); open.Items[0] != (Trend{"b", 112, 112}) {
		t.Fatalf("without the guard: %+v", open.Items)
	}
	got := kept.Trending(TrendingOptions{HalfLife: long, Guarded: g})
	if got.Items[0].Item != "b" || got.Items[0].Score != 15 {
		t.Errorf("Trending = %+v, want b with the 12 others and 3 of the network", got.Items)
	}
}

// TestHold has twenty networks of ten interactions and one of three visitors with
// 500 each: the fence is 100, of 1500, so each of the three keeps 33.
func TestHold(t *testing.T) {
	var people []person
	add := func(network event.Network, n int) {
		p := person{arrival{network: network}, make([]interaction, n)}
		for i := range p.list {
			p.list[i].At = uint32(i)
		}
		people = append(people, p)
	}
	for i := range 20 {
		add(tag(1, 10+i), 10)
	}
	for range 3 {
		add(tag(1, 1), 500)
	}
	add(event.Network{}, 400) // unknown
	if left := hold(people); left != 3*467 || len(people[20].list) != 33 || people[20].list[0].At != 467 || len(people[0].list) != 10 || len(people[23].list) != 400 {
		t.Errorf("%d interactions left out, %d stay of each of three, %d of an honest visitor, %d of an unknown one", left, len(people[20].list), len(people[0].list), len(people[23].list))
	}
}

// TestForgedTraining: visitors of three networks view all they can of 500 items.
// They are a fiftieth of what is learned from; without networks nine tenths.
func TestForgedTraining(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 500, Interactions: 15, Groups: 2})
	l := new(Log)
	for v := range 2000 {
		var events []event.Event
		for i := range 10 {
			events = append(events, like(d.Catalog.IDs[(v+i)%250]))
		}
		l.Events = append(l.Events, from(1+v, 0, 10+v, events...)...)
	}
	var all []event.Event
	for i := range 500 {
		all = append(all, like(d.Catalog.IDs[i]))
	}
	for v := range 500 {
		l.Events = append(l.Events, from(10_000+v, 0, 1+v%3, all...)...)
	}
	first := fmt.Sprintf("visitor:%x", visitor(10_000)) // of the forged, who come last
	share := func(l *Log) float64 {
		j, _ := l.Join(d, JoinOptions{})
		forged, sum := 0, 0
		for u := len(d.Users); u < len(j.Users); u++ {
			n := len(j.Of(u))
			if sum += n; j.Users[u] >= first {
				forged += n
			}
		}
		return float64(forged) / float64(sum)
	}
	open := &Log{Events: slices.Clone(l.Events)}
	for i := range open.Events {
		open.Events[i].Network = event.Network{}
	}
	got := share(open)
	t.Logf("%.3f is forged without networks", got)
	if got < 0.9 {
		t.Errorf("without networks %.3f of all is forged, want nine tenths: else this shows nothing", got)
	}
	kept, _ := l.Guard(DefaultGuard)
	got = share(kept)
	t.Logf("%.3f with the guard", got)
	if got > 0.02 {
		t.Errorf("%.3f of what is learned from is forged, want a fiftieth at most", got)
	}
}

// TestForgedImpressions: the impressions that one network forges bend the model of
// positions no more than those of one visitor.
func TestForgedImpressions(t *testing.T) {
	var events []event.Event
	for range trialsEach {
		events = append(events, card(event.Impression, "a", "for-you", 1))
	}
	l := new(Log)
	for v := range 3 {
		l.Events = append(l.Events, from(1+v, 0, 1, events...)...)
	}
	if got := l.Examinations()[0].Impressions[0]; got != trialsEach {
		t.Errorf("%d impressions of a network count, want %d", got, trialsEach)
	}
}

// TestGuardCostsLittle draws days of a site whose visitors come from 100,000 networks
// of households, 2,000 of offices and 300 of mobile carriers, of which few have
// most: the table of the README.
func TestGuardCostsLittle(t *testing.T) {
	mobile, offices := crowded(300), crowded(2000)
	for _, test := range []struct{ visitors, want int }{{100, 2}, {1000, 8}, {10_000, 22}, {100_000, 22}} {
		r := rand.New(rand.NewPCG(1, uint64(test.visitors)))
		l := new(Log)
		for v := range test.visitors {
			network := 0
			switch x := r.Float64(); {
			case x < 0.55:
				network = 10_000 + r.IntN(100_000)
			case x < 0.65:
				network = 1000 + offices(r)
			default:
				network = 1 + mobile(r)
			}
			l.Events = append(l.Events, Event{Event: event.Event{Visitor: visitor(v)}, Received: noon + int64(v), Network: tag(1, network)})
		}
		_, g := l.Guard(DefaultGuard)
		_, strict := l.Guard(Guard{1, 0.001})
		left, lost := 100*g.Left/test.visitors, 100*strict.Left/test.visitors
		t.Logf("%d visitors a day of %d networks: %d %% are left out, %d %% with one a network", test.visitors, g.Networks, left, lost)
		if left > test.want {
			t.Errorf("of %d visitors %d %% are left out, want %d %% at most", test.visitors, left, test.want)
		}
	}
}

// crowded draws one of n networks, of which the k-th has k^-.7 of the first's visitors.
func crowded(n int) func(r *rand.Rand) int {
	sums, sum := make([]float64, n), 0.0
	for i := range sums {
		sum += math.Pow(float64(i+1), -0.7)
		sums[i] = sum
	}
	return func(r *rand.Rand) int {
		i, _ := slices.BinarySearch(sums, r.Float64()*sum)
		return i
	}
}
