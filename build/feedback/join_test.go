package feedback

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

func TestWeigh(t *testing.T) {
	for _, test := range []struct {
		name  string
		u     []float64
		click float64
		want  []float64
	}{
		{"nothing to correct", []float64{1, 1, 1}, 0.25, []float64{0.25, 0.25, 0.25}},
		{"in proportion", []float64{1, 2, 3}, 0.25, []float64{0.125, 0.25, 0.375}}, // s = 3·¼/6
		{"no more than 1", []float64{1, 1, 8}, 0.5, []float64{0.25, 0.25, 1}},      // s = 0.15, then ½/2
		{"two in turn", []float64{1, 4, 10}, 0.7, []float64{0.22, 0.88, 1}},        // s = 0.14, then 1.1/5
		{"two in turn, full", []float64{1, 4, 10}, 0.8, []float64{0.4, 1, 1}},      // s = 0.16, then 1.4/5 = 0.28, then 0.4
		{"all in full", []float64{1, 5}, 1, []float64{1, 1}},
		{"none", nil, 0.25, []float64{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, weigh(test.u, test.click), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Errorf("weigh(%v, %g) (-want +got):\n%s", test.u, test.click, diff)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SliceOfN(rapid.Float64Range(1, 10), 1, 30).Draw(t, "u")
		click := rapid.Float64Range(0.01, 1).Draw(t, "click")
		sum := 0.0
		for _, w := range weigh(u, click) {
			if sum += w; w <= 0 || w > 1 {
				t.Errorf("a weight of %g", w)
			}
		}
		if math.Abs(sum/float64(len(u))-click) > 1e-9 {
			t.Errorf("mean weight %g, want %g", sum/float64(len(u)), click)
		}
	})
}

// TestJoin has two visitors beside the users of a data set of ten items,
// called 1 to 10.
func TestJoin(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 10, Interactions: 15, Groups: 2})
	l := &Log{Events: slices.Concat(
		did(1, rated("4", 3.5), on(event.View, "2"), on(event.Like, "1"), on(event.NotInterested, "7"), on(event.Like, "no such movie")),
		did(2, on(event.Dislike, "1")),
		did(3, on(event.View, "9")))}
	j, r := l.Join(d, JoinOptions{Click: 0.2})
	at := uint32(noon / 1000)
	want := map[string][]dataset.Interaction{
		"visitor:" + "ee000000000000000000000000000001": {{Row: 3, At: at + 60, Stars: 7}, {Row: 1, At: at + 120, Part: 51}, {Row: 0, At: at + 180, Stars: 10}},
		"visitor:" + "ee000000000000000000000000000003": {{Row: 8, At: at + 60, Part: 51}},
	}
	got := make(map[string][]dataset.Interaction)
	for u := len(d.Users); u < len(j.Users); u++ {
		got[j.Users[u]] = j.Of(u)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("visitors (-want +got):\n%s", diff)
	}
	report := &Joined{Visitors: 2, Opinions: 2, Clicks: 2, Weight: 0.4, Disliked: 2, Unknown: 1, UnknownItems: 1, Lists: []Examination{}}
	if diff := cmp.Diff(report, r, cmpopts.EquateApprox(0, 1e-9), cmpopts.IgnoreUnexported(Joined{})); diff != "" {
		t.Errorf("Joined (-want +got):\n%s", diff)
	}
	if j.Catalog != d.Catalog || len(d.Users) != 3 {
		t.Error("Join changed the data set")
	}
}

// TestMachine has a visitor who views 600 items, as no human does in a month.
func TestMachine(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 700, Interactions: 15, Groups: 2})
	var events []event.Event
	for i := range 600 {
		events = append(events, on(event.View, d.Catalog.IDs[i]))
	}
	j, r := (&Log{Events: did(1, events...)}).Join(d, JoinOptions{})
	list := j.Of(len(d.Users))
	if len(list) != maxPerVisitor || list[0].Row != 100 || r.Excess != 100 || r.Clicks != maxPerVisitor {
		t.Errorf("%d interactions from movie %d on, report %+v; want the newest %d", len(list), list[0].Row, r, maxPerVisitor)
	}
}

// TestPositionsWeigh clicks on cards in front and far behind: the click on
// what few see counts more, and all of them count what clicks count.
func TestPositionsWeigh(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 200, Interactions: 15, Groups: 2})
	l := world([]float64{1, 0.5, 0.25}, 2)
	for i := range l.Events {
		l.Events[i].Item = d.Catalog.IDs[int(l.Events[i].Item[0])]
	}
	j, r := l.Join(d, JoinOptions{})
	if mean := r.Weight / float64(r.Clicks); math.Abs(mean-DefaultClick) > 0.005 {
		t.Errorf("clicks count %.3f on average, want %.2f", mean, DefaultClick)
	}
	var least, most uint8 = 255, 0
	for u := len(d.Users); u < len(j.Users); u++ {
		for _, i := range j.Of(u) {
			least, most = min(least, i.Part), max(most, i.Part)
		}
	}
	if ratio := float64(most) / float64(least); ratio < 3 || ratio > 5 {
		t.Errorf("the weightiest click counts %.1f times the lightest, want about 4", ratio)
	}
	if j, _ := l.Join(d, JoinOptions{Click: 1}); slices.ContainsFunc(j.Interactions, func(i dataset.Interaction) bool { return i.Stars == 0 && i.Part != 254 }) {
		t.Error("a click that counts as much as it can is an opinion, or less than it can")
	}
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil || !strings.Contains(b.String(), "for-you") {
		t.Errorf("the table says nothing of the list (%v):\n%s", err, b.String())
	}
}

// TestJoinOfAnotherCatalog asks where more than a share of what visitors did was of
// unknown items, and not where they did little.
func TestJoinOfAnotherCatalog(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 10, Interactions: 15, Groups: 2})
	join := func(visitors int) *Joined {
		l := new(Log)
		for v := range visitors {
			l.Events = append(l.Events, did(v+1, on(event.Like, "1"), on(event.Like, "old"), on(event.Like, catalog.ID("gone "+string(rune('a'+v%3)))))...)
		}
		_, r := l.Join(d, JoinOptions{})
		return r
	}
	r := join(40)
	if r.Unknown != 80 || r.UnknownItems != 4 {
		t.Errorf("%d words on %d unknown items, want 80 on 4", r.Unknown, r.UnknownItems)
	}
	if err := r.CheckUnknown(0.66); err == nil || !strings.Contains(err.Error(), "66.7 %") || !strings.Contains(err.Error(), "--max-unknown 67%") || !strings.Contains(err.Error(), "old") {
		t.Errorf("two of three at 66 %%: %v", err)
	}
	if err := r.CheckUnknown(0.67); err != nil {
		t.Errorf("two of three at 67 %%: %v", err)
	}
	if err := join(3).CheckUnknown(0.25); err != nil {
		t.Errorf("six words of three visitors stop the night: %v", err)
	}
	var table strings.Builder
	if err := r.WriteTable(&table); err != nil || !strings.Contains(table.String(), "of 4 items not in the catalog: old, gone") && !strings.Contains(table.String(), "of 4 items not in the catalog: gone") {
		t.Errorf("the table says\n%s (%v)", table.String(), err)
	}
}

// TestJoinOfIDsWithAnEnding: a model that was made before the .0 of a file's ids
// was taken off named items 4.0, and what its visitors said is kept.
func TestJoinOfIDsWithAnEnding(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 10, Interactions: 15, Groups: 2})
	j, r := (&Log{Events: did(1, on(event.Like, "4.0"), on(event.Like, "5"))}).Join(d, JoinOptions{})
	if got := j.Of(len(d.Users)); r.Unknown != 0 || len(got) != 2 || got[0].Row != 3 || got[1].Row != 4 {
		t.Errorf("%d unknown, of %+v", r.Unknown, got)
	}
}

// TestCartsAloneAreNoBaskets: where no one bought anything, as far as is known.
func TestCartsAloneAreNoBaskets(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 9, Interactions: 15, Groups: 2})
	if j, _ := (&Log{Events: did(1, on(event.Cart, "1"), on(event.Cart, "2"))}).Join(d, JoinOptions{}); len(j.Bought) > 0 {
		t.Errorf("%v is bought", j.Bought)
	}
}

// TestJoinPurchases: a purchase counts in full without stars, a cart half by default and as the
// weights say, and what was sent back does not count; an opinion is said last.
func TestJoinPurchases(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 9, Interactions: 15, Groups: 2})
	l := &Log{Events: did(1, on(event.Purchase, "1"), on(event.Cart, "2"), on(event.Purchase, "3"), on(event.Return, "3"), on(event.Play, "4"), on(event.Purchase, "5"), on(event.Like, "5"))}
	at := uint32(noon / 1000)
	for weights, part := range map[*map[string]float64]uint8{{}: 128, {"cart": .2}: 51, {"cart": 1}: 0} {
		j, r := l.Join(d, JoinOptions{Weights: *weights})
		want := []dataset.Interaction{{Row: 0, At: at + 60}, {Row: 1, At: at + 120, Part: part}, {Row: 3, At: at + 300, Part: 128}, {Row: 4, At: at + 420, Stars: 10}}
		if diff := cmp.Diff(want, j.Of(len(d.Users))); diff != "" {
			t.Errorf("%v: interactions (-want +got):\n%s", *weights, diff)
		}
		if r.Bought != 1 || r.Taken != 2 || r.Opinions != 1 || r.Clicks != 0 {
			t.Errorf("%v: report %+v", *weights, r)
		}
		var baskets [][]dataset.Bought
		for u, basket := range j.Baskets() {
			if u != len(d.Users) {
				t.Errorf("user %d has a basket", u)
			}
			baskets = append(baskets, slices.Clone(basket))
		}
		day := dataset.DayOf(at)
		if diff := cmp.Diff([][]dataset.Bought{{{Row: 0, Day: day}, {Row: 1, Day: day, Cart: true}, {Row: 4, Day: day}}}, baskets); diff != "" {
			t.Errorf("%v: baskets (-want +got):\n%s", *weights, diff)
		}
		var b strings.Builder
		if err := r.WriteTable(&b); err != nil || !strings.Contains(b.String(), "bought") {
			t.Errorf("the table says nothing of purchases (%v):\n%s", err, b.String())
		}
	}
}
