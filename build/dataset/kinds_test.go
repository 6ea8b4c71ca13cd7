package dataset

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// openEvents reads a log of events of five items, the rows below their header.
func openEvents(t *testing.T, o Options, header string, rows ...string) (*Dataset, *Report) {
	t.Helper()
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv":        "item_id,title\na,A\nb,B\nc,C\nd,D\ne,E\n",
		"interactions.csv": header + "\n" + strings.Join(rows, "\n") + "\n",
	}), o)
	if err != nil {
		t.Fatal(err)
	}
	return d, r
}

// counted writes what user u did as item, time, what it counts for, and its stars.
func counted(d *Dataset, u int) string {
	var list []string
	for _, e := range d.Of(u) {
		list = append(list, fmt.Sprintf("%s %d %.2f %d", d.Catalog.IDs[e.Row], e.At, e.Counted(), e.Stars))
	}
	return strings.Join(list, " · ")
}

// TestKindsByHand: a purchase counts in full and all that led to it says how sure it is;
// two views count .2 and a cart .5, and both are in the profile.
func TestKindsByHand(t *testing.T) {
	d, r := openEvents(t, Options{}, "user_id,item_id,timestamp,kind,quantity",
		"u,a,1,view,", "u,a,2,add_to_cart,", "u,a,3,purchase,2", "u,b,4,view,", "u,b,5,View,", "u,c,6,cart,", "u,d,7,buy,1")
	if got, want := counted(d, 0), "a 3 1.00 0 · b 5 0.20 0 · c 6 0.50 0 · d 7 1.00 0"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	e := d.Of(0)
	// Sums of 2.6 and 1, of which 1 is the median: ln(1 + 2.6) / ln 2.
	if got, want := e[0].Weight()/e[3].Weight(), math.Log(3.6)/math.Log(2); math.Abs(got-want) > .003*want {
		t.Errorf("a cart and two pieces weigh %.3f times one piece, want %.3f", got, want)
	}
	for _, x := range e {
		if !x.InProfile() {
			t.Errorf("%+v is not in the profile", x)
		}
	}
	for _, want := range []string{"interactions.csv: events purchase: count in full, and are what a bundle is measured by: 2", "interactions.csv: events cart: count 0.5: 2", "interactions.csv: events view: count 0.1: 3"} {
		if !slices.Contains(notes(r), want) {
			t.Errorf("said %q, and not %q", notes(r), want)
		}
	}
	if (Interaction{Part: 64}).InProfile() {
		t.Error("a click of the app's visitors is in the profile")
	}
}

// TestWeightsOfKinds: weights are against that of what counts in full, whatever their size;
// what weighs nothing is left out, and all=1 takes the kinds away.
func TestWeightsOfKinds(t *testing.T) {
	rows := []string{"u,a,1,view", "u,b,2,cart", "u,c,3,purchase", "u,d,4,click"}
	for _, c := range []struct {
		weights map[string]float64
		want    string
	}{
		{nil, "a 1 0.10 0 · b 2 0.50 0 · c 3 1.00 0 · d 4 0.20 0"},
		{map[string]float64{"purchase": 10, "cart": 5, "view": 2, "click": 0}, "a 1 0.20 0 · b 2 0.50 0 · c 3 1.00 0"},
		{map[string]float64{"add_to_cart": 1}, "a 1 0.10 0 · b 2 1.00 0 · c 3 1.00 0 · d 4 0.20 0"},
		{map[string]float64{"all": 1}, "a 1 1.00 0 · b 2 1.00 0 · c 3 1.00 0 · d 4 1.00 0"},
		{map[string]float64{"all": .25, "purchase": .5}, "a 1 0.50 0 · b 2 0.50 0 · c 3 1.00 0 · d 4 0.50 0"},
	} {
		d, r := openEvents(t, Options{Weights: c.weights}, "user_id,item_id,timestamp,event", rows...)
		if got := counted(d, 0); got != c.want {
			t.Errorf("%v: read %s, want %s", c.weights, got, c.want)
		}
		if left := len(d.Of(0)) == 3; left != slices.ContainsFunc(r.Drops, func(x Drop) bool { return strings.Contains(x.Reason, "counts nothing") && x.Count == 1 }) {
			t.Errorf("%v: dropped %+v", c.weights, r.Drops)
		}
	}
	for _, c := range []struct {
		weights map[string]float64
		days    float64
		want    string
	}{
		{map[string]float64{"gaze": 1}, 0, "no kind of event"},
		{map[string]float64{"return": 1}, 0, "takes a purchase back"},
		{map[string]float64{"view": -1}, 0, "0 to 1000"},
		{map[string]float64{"view": math.NaN()}, 0, "0 to 1000"},
		{map[string]float64{"buy": 1, "order": 2}, 0, "both of the kind purchase"},
		{nil, -1, "--half-life"},
	} {
		if err := CheckWeights(c.weights, c.days); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, %g days: %v, want %q", c.weights, c.days, err, c.want)
		}
	}
}

// TestWhatCountsInFull: a log of views alone is one of choices, and a few purchases among
// thousands of visitors are too few to measure by; they weigh more than a cart all the same.
func TestWhatCountsInFull(t *testing.T) {
	d, r := openEvents(t, Options{}, "user_id,item_id,timestamp,event", "u,a,1,view", "u,b,2,view")
	if got := counted(d, 0); got != "a 1 1.00 0 · b 2 1.00 0" || len(notes(r)) > 0 {
		t.Errorf("views alone: %s, said %q", got, notes(r))
	}
	var rows []string
	for u := range 1200 {
		rows = append(rows, fmt.Sprintf("u%d,a,1,view", u), fmt.Sprintf("u%d,b,2,cart", u))
		if u < 3 {
			rows = append(rows, fmt.Sprintf("u%d,c,3,purchase", u))
		}
	}
	d, _ = openEvents(t, Options{}, "user_id,item_id,timestamp,event", rows...)
	if got := counted(d, 0); got != "a 1 0.20 0 · b 2 1.00 0 · c 3 1.00 0" {
		t.Errorf("three of 1200 buy: %s", got)
	}
	if e := d.Of(0); e[2].Weight() <= e[1].Weight() {
		t.Errorf("a purchase weighs %g, a cart %g", e[2].Weight(), e[1].Weight())
	}
}

// TestReturns: a return takes the pieces of the purchase before it back and nothing else.
func TestReturns(t *testing.T) {
	d, r := openEvents(t, Options{}, "user_id,item_id,timestamp,event,quantity",
		"u,a,1,view,", "u,a,2,purchase,1", "u,a,9,return,", // the view stays
		"u,b,3,purchase,3", "u,b,8,refund,1", // two pieces stay
		"u,c,4,return,", "u,c,5,purchase,1", // the purchase came later
		"u,d,6,purchase,2", "u,d,6,return,2", // in the same second
		"u,e,7,purchase,1", "v,e,9,return,1") // somebody else
	if got, want := counted(d, 0), "a 1 0.10 0 · b 3 1.00 0 · c 5 1.00 0 · e 7 1.00 0"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	if e := d.Of(0); e[1].Weight() <= e[2].Weight() || e[2].Weight() != e[3].Weight() {
		t.Errorf("weights %v, %v, %v: two pieces weigh more than one", e[1].Weight(), e[2].Weight(), e[3].Weight())
	}
	for _, want := range []string{"interactions.csv: purchases that a return took back, left out: 2", "interactions.csv: returns of what was not bought before, left out: 2"} {
		if !slices.Contains(notes(r), want) {
			t.Errorf("said %q, and not %q", notes(r), want)
		}
	}
	if len(d.Users) != 2 || len(d.Of(1)) != 0 {
		t.Errorf("who only returns has %v", d.Of(1))
	}
}

// TestValuesOfEvents: a play of some seconds and a text that was not read count as clicks,
// money is summed and changes nothing, and what is out of range is named.
func TestValuesOfEvents(t *testing.T) {
	d, r := openEvents(t, Options{}, "user_id,item_id,timestamp,kind,value",
		"u,a,1,play,29", "u,b,2,play,30", "u,c,3,read,.4", "u,d,4,read,80%", "u,e,5,view,3", "v,a,1,read,1.5", "v,a,2,play,-1", "v,a,3,play,long", "v,b,4,play,")
	if got, want := counted(d, 0), "a 1 0.40 0 · b 2 1.00 0 · c 3 0.40 0 · d 4 1.00 0 · e 5 0.20 0"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	for _, want := range []string{"interactions.csv: plays under 30 seconds and texts read less than half, which count as clicks: 2", "interactions.csv: values of events that are neither purchase, play nor read, not used: 1"} {
		if !slices.Contains(notes(r), want) {
			t.Errorf("said %q, and not %q", notes(r), want)
		}
	}
	if _, bad := r.Rows(); bad != 3 {
		t.Errorf("%d rows are bad, want 3: %q", bad, lines(r))
	}
	d, r = openEvents(t, Options{}, "user_id,item_id,timestamp,event,revenue,currency", "u,a,1,purchase,\"12,50\",EUR", "u,b,2,purchase,1000,eur", "u,c,3,purchase,7,", "u,d,4,purchase,-7,EUR")
	if e := d.Of(0); len(e) != 3 || e[0] != (Interaction{At: 1}) || e[1].Weight() != 1 {
		t.Errorf("money changed weights: %+v", e)
	}
	for _, want := range []string{"interactions.csv: purchases worth 1012.50 EUR in all, which changes no weight: 2", "interactions.csv: purchases worth 7.00 without a currency in all, which changes no weight: 1"} {
		if !slices.Contains(notes(r), want) {
			t.Errorf("said %q, and not %q", notes(r), want)
		}
	}
	if _, bad := r.Rows(); bad != 1 {
		t.Errorf("%d rows are bad, want 1: %q", bad, lines(r))
	}
	_, r = openEvents(t, Options{}, "user_id,item_id,timestamp,value", "u,a,1,3")
	if !slices.Contains(notes(r), "interactions.csv: columns not used, as there is no column event: value") {
		t.Errorf("a value without an event: said %q", notes(r))
	}
}

// TestOldRepeatsFade: of two purchases the older counts half when it is as old as the
// half-life, and in full where nothing fades; a rating keeps its stars.
func TestOldRepeatsFade(t *testing.T) {
	const day = 24 * 3600
	for days, want := range map[float64]float64{30: 1.5, 0: 2, 15: 1.25} {
		// The median of 1, 1 and the sum is 1.
		d, _ := openEvents(t, Options{HalfLife: days}, "user_id,item_id,timestamp,event",
			fmt.Sprintf("u,a,%d,purchase", 1000*day), fmt.Sprintf("u,a,%d,purchase", 1030*day), fmt.Sprintf("u,b,%d,purchase", 1031*day), fmt.Sprintf("u,c,%d,purchase", 1032*day))
		e := d.Of(0)
		if got, want := e[0].Weight()/e[1].Weight(), math.Log1p(want)/math.Log(2); math.Abs(got-want) > .003 {
			t.Errorf("half-life %g days: %.3f times one purchase, want %.3f", days, got, want)
		}
	}
	d, _ := openEvents(t, Options{}, "user_id,item_id,timestamp,event,rating", "u,a,1,rate,2", "u,a,2,view,", "u,b,3,purchase,")
	if got, want := counted(d, 0), "a 2 1.00 4 · b 3 1.00 0"; got != want {
		t.Errorf("a view after a rating: %s, want %s", got, want)
	}
}

// TestHistoriesCountInFull: what someone viewed is all that is known of them.
func TestHistoriesCountInFull(t *testing.T) {
	dir := folder(t, map[string]string{"items.csv": "item_id,title\na,A\nb,B\nc,C\n", "interactions.csv": "user_id,item_id\nu,a\n",
		"h.csv": "user_id,item_id,timestamp,event\nv,a,1,view\nv,b,2,purchase\nv,b,3,return\nv,c,4,cart\n"})
	d, _, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	h, _, err := Histories(context.Background(), dir+"/h.csv", d.Catalog, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counted(h, 0), "a 1 1.00 0 · c 4 1.00 0"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
}
