package examples

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// two is a log of two users, in whose first a click stands.
func two() *dataset.Dataset {
	c := &catalog.Catalog{IDs: []catalog.ID{"a", "b", "c", "d"}, Years: make([]int16, 4), Genres: make([][]uint8, 4)}
	return (&dataset.Dataset{Catalog: c}).Join([]string{"u", "v"}, [][]dataset.Interaction{
		{{Row: 0, At: 10, Stars: 8}, {Row: 1, At: 20, Part: 51}, {Row: 2, At: 30, Stars: 2}, {Row: 3, At: 40, Stars: 7}, {Row: 1, At: 40}},
		{{Row: 3, At: 5, Stars: 10}, {Row: 0, At: 15}, {Row: 1, At: 40, Stars: 8}},
	})
}

// TestRowsKeepTheirOrder gives the wanted interactions in another order.
func TestRowsKeepTheirOrder(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 30, Items: 40, Interactions: 400, Groups: 2})
	wanted := between(d, 0, Never, 4)
	s := New(d, wanted, Never)
	backwards := make([]Wanted, len(wanted))
	for i, w := range wanted {
		backwards[len(wanted)-1-i] = w
	}
	if diff := cmp.Diff(s, New(d, backwards, Never), cmp.AllowUnexported(Set{}), cmpopts.IgnoreFields(Set{}, "d")); diff != "" {
		t.Errorf("the order of what is wanted changes the rows:\n%s", diff)
	}
	for i := 1; i < s.Len(); i++ {
		if d.Interactions[s.At[i]].At < d.Interactions[s.At[i-1]].At {
			t.Fatalf("row %d is older than the row before it", i)
		}
	}
	chosen := s.Select([]int32{5, 2})
	for name, got := range map[string][2]float32{
		"label": {chosen.Labels[0], s.Labels[5]}, "user": {float32(chosen.Users[1]), float32(s.Users[2])},
		"at":        {float32(chosen.At[0]), float32(s.At[5])},
		"ratingSum": {chosen.Scores("ratingSum")[1], s.Scores("ratingSum")[2]},
	} {
		if got[0] != got[1] {
			t.Errorf("Select takes another %s along", name)
		}
	}
}

// TestStrangersHaveNoNumber encodes rows of a user whom training did not see.
func TestStrangersHaveNoNumber(t *testing.T) {
	d := two()
	all := New(d, between(d, 0, Never, 4), Never) // one row of each user
	all.KnowUsersOf(all.Select([]int32{1}))
	schema, err := Fit([]feature.Column{OneHot("userId")}, all)
	if err != nil {
		t.Fatal(err)
	}
	var b feature.Batch
	all.Encoder(schema).Encode([]int32{0, 1}, &b)
	if diff := cmp.Diff([][]int32{{-1, 1}}, b.IDs); diff != "" {
		t.Errorf("userId (-want +got):\n%s", diff)
	}
}

// TestRowsAreWhatTheBrowserComputes encodes test rows the way a browser does:
// from the statistics that a bundle of the training part holds.
func TestRowsAreWhatTheBrowserComputes(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 3, Users: 60, Items: 50, Interactions: 1500, Groups: 3})
	cut := cuts(d, 0.7)[0]
	train := *d
	train.End = append([]int(nil), d.End...)
	for u := range d.Users {
		for train.End[u] > d.Start[u] && int64(d.Interactions[train.End[u]-1].At) >= cut {
			train.End[u]--
		}
	}
	statistics := crowd.Statistics(&train, TrendHalfLife)
	totals := statistics.Totals()
	columns := everyColumn(10)
	for i := range columns {
		if columns[i].Source == "transitionFromLast" { // a bundle holds other lists
			columns[i].Source = "releaseYear"
		}
	}
	rows := New(d, between(d, 0, cut, 4), Never)
	schema, err := Fit(columns, rows)
	if err != nil {
		t.Fatal(err)
	}
	test := New(d, between(d, cut, Never, 4), cut)
	all := make([]int32, test.Len())
	for i := range all {
		all[i] = int32(i)
	}
	var want, got feature.Batch
	test.Encoder(schema).Encode(all, &got)

	encoder := feature.NewEncoder(schema, d.Catalog)
	want.Reset(schema, test.Len())
	var bias feature.Bias
	for i := range all {
		at, start := int(test.At[i]), d.Start[test.Users[i]]
		var h feature.History
		for _, e := range d.Interactions[start:at] {
			h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
		}
		e := d.Interactions[at]
		crowd := statistics.Crowd(e.Row, &totals)
		bias.Read(d.Catalog, h, &statistics, &totals)
		bias.Of(d.Catalog.Genres[e.Row], &crowd)
		encoder.SetUser(h, -1, int64(e.At))
		encoder.SetItem(e.Row, crowd)
		encoder.Encode(&want, i)
	}
	if diff := cmp.Diff(want.IDs, got.IDs); diff != "" {
		t.Errorf("ids of test rows (-browser +builder):\n%s", diff)
	}
	names := schema.Numerics()
	for i, w := range want.Numeric {
		tolerance := 0.0
		if names[i%len(names)] == "movieTrend" {
			tolerance = 0.1 // a bundle's is that of its newest interaction, a row's that of the cut
		}
		if math.Abs(float64(got.Numeric[i]-w)) > tolerance {
			t.Errorf("row %d: %s = %g in the builder, %g in the browser", i/len(names), names[i%len(names)], got.Numeric[i], w)
		}
	}
}
