package dataset

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"unsafe"
)

// openRows reads a generic data set of five items and the rows, below their header.
func openRows(t *testing.T, repeats, header string, rows ...string) (*Dataset, *Report) {
	t.Helper()
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv":        "item_id,title\na,A\nb,B\nc,C\nd,D\ne,E\n",
		"interactions.csv": header + "\n" + strings.Join(rows, "\n") + "\n",
	}), Options{Name: "made up", Repeats: repeats})
	if err != nil {
		t.Fatal(err)
	}
	return d, r
}

// TestConfidenceByHand: of the weights 1, 3 and 10 the median is 3, and the
// confidences are ln(1 + w/3) over their mean.
func TestConfidenceByHand(t *testing.T) {
	d, r := openRows(t, "", "user_id,item_id,timestamp,weight", "u,a,1,1", "u,b,2,10", "v,a,1,3")
	gains := []float64{math.Log(1 + 1./3), math.Log(1 + 10./3), math.Log(2)}
	mean := (gains[0] + gains[1] + gains[2]) / 3
	for i, e := range d.Interactions {
		if got, want := e.Weight(), gains[i]/mean; math.Abs(got-want) > 0.001*want {
			t.Errorf("interaction %d weighs %.4f, want %.4f", i, got, want)
		}
		if e.Counted() != 1 {
			t.Errorf("interaction %d counts %g people", i, e.Counted())
		}
	}
	if r.Weights == nil || r.Weights.Interactions != 3 || !strings.Contains(r.Weights.String(), "weights of 3 interactions, 1 to 10, half of them up to 3,") {
		t.Errorf("the report says %v", r.Weights)
	}
}

// TestConfidenceHasNoUnit reads hours, minutes and seconds, and weights that are
// all equal: those say nothing.
func TestConfidenceHasNoUnit(t *testing.T) {
	of := func(unit float64) *Dataset {
		var rows []string
		for i := range 200 {
			rows = append(rows, fmt.Sprintf("u%d,%c,%d,%g", i/5, 'a'+i%5, i, unit*math.Exp(float64(i*37%200)/25)))
		}
		d, _ := openRows(t, "", "user_id,item_id,timestamp,weight", rows...)
		return d
	}
	hours, sum := of(1), 0.0
	for _, unit := range []float64{60, 3600, 1e-6} {
		for i, e := range of(unit).Interactions {
			if a, b := hours.Interactions[i].Weight(), e.Weight(); math.Abs(a-b) > 0.004*a+1./mean {
				t.Fatalf("interaction %d weighs %g in hours, %g in units of %g", i, a, b, unit)
			}
		}
	}
	for _, e := range hours.Interactions {
		sum += e.Weight()
	}
	if got := sum / 200; math.Abs(got-1) > 0.001 {
		t.Errorf("the mean weight is %g, want 1", got)
	}
	equal, r := openRows(t, "", "user_id,item_id,timestamp,weight", "u,a,1,250", "u,b,2,250")
	for _, e := range equal.Interactions {
		if e.Confidence != 0 || r.Weights != nil {
			t.Errorf("equal weights: confidence %d, report %v", e.Confidence, r.Weights)
		}
	}
}

// TestRepeats: n plays weigh n, ratings replace each other, and either can be chosen.
func TestRepeats(t *testing.T) {
	plays := []string{"u,a,30", "u,a,10", "u,a,20", "u,b,5", "v,c,6", "v,d,7"}
	rated := []string{"u,a,30,4", "u,a,10,2", "u,b,5,3", "u,b,9,"}
	weighed := []string{"u,a,30,2.5", "u,a,10,0.5", "u,b,40,3", "v,a,1,9", "v,a,2,0"}
	const times, stars, weights = "user_id,item_id,timestamp", "user_id,item_id,timestamp,rating", "user_id,item_id,timestamp,weight"
	for _, c := range []struct {
		name, mode, header string
		rows               []string
		want               string // of each pair its time, stars and weight against the first
		added              int
	}{
		{"plays are added", RepeatsAuto, times, plays, "b 5 0 1 · a 30 0 2 · c 6 0 1 · d 7 0 1", 2}, // ln 4 / ln 2
		{"plays, the newest", RepeatsNewest, times, plays, "b 5 0 1 · a 30 0 1 · c 6 0 1 · d 7 0 1", 0},
		{"ratings, the newest", RepeatsAuto, stars, rated[:3], "b 5 6 1 · a 30 8 1", 0},
		{"a view after a rating", RepeatsAuto, stars, rated, "b 9 0 1 · a 30 8 0.63", 1}, // ln 2 / ln 3
		{"ratings are added when asked", RepeatsSum, stars, rated[:3], "b 5 6 1 · a 30 8 1.6", 1},
		{"weights are added", RepeatsAuto, weights, weighed, "a 30 0 1 · b 40 0 1 · a 1 0 2", 1}, // 3, 3, 9: ln 4 / ln 2
	} {
		d, r := openRows(t, c.mode, c.header, c.rows...)
		var got []string
		for _, e := range d.Interactions {
			got = append(got, fmt.Sprintf("%s %d %d %.2g", d.Catalog.IDs[e.Row], e.At, e.Stars, e.Weight()/d.Interactions[0].Weight()))
		}
		if s := strings.Join(got, " · "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
		added := 0
		for _, drop := range r.Drops {
			if strings.Contains(drop.Reason, "weights are added") {
				added = drop.Count
			}
		}
		if added != c.added {
			t.Errorf("%s: %d rows are said to be added, want %d: %v", c.name, added, c.added, r.Drops)
		}
	}
}

// TestManyPlays: a thousand times a little is added up in full.
func TestManyPlays(t *testing.T) {
	e := make([]Interaction, 5001)
	s := newSums(1, RepeatsAuto, new(weighing), nil)
	s.keep(e, 5000)
	for range 5000 {
		s.add(e, Interaction{})
	}
	s.flush(e)
	if got := weightOf(e[5000].Confidence); math.Abs(got-5001) > 5 {
		t.Errorf("5001 plays weigh %g", got)
	}
}

// TestInteractionIs12Bytes: 25 million of them are in memory.
func TestInteractionIs12Bytes(t *testing.T) {
	if got := unsafe.Sizeof(Interaction{}); got != 12 {
		t.Errorf("an interaction takes %d bytes, want 12", got)
	}
}

// TestCodes: any weight has a code that gives it back, extreme ones the nearest.
func TestCodes(t *testing.T) {
	for _, w := range []float64{1e-300, 1e-9, 0.37, 1, 2, 1000, 5e12, math.Inf(1)} {
		got, want := weightOf(codeOf(w)), min(max(w, math.Exp2(-63.99)), math.Exp2(63.99))
		if math.Abs(got/want-1) > 0.001 && (w > 1e-18 && w < 1e18) || got <= 0 || math.IsInf(got, 0) {
			t.Errorf("weight %g comes back as %g", w, got)
		}
	}
}
