package examples

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// TestFit works the transforms of four values out by hand.
func TestFit(t *testing.T) {
	for _, c := range []struct {
		name   string
		column feature.Column
		values []float32
		want   feature.Column
	}{
		{"standardized", Standardized("x"), []float32{1, 1, 5, 5},
			feature.Column{Low: 1, High: 5, Mean: 3, Deviation: 2}},
		{"a constant", Standardized("x"), []float32{7, 7, 7},
			feature.Column{Low: 7, High: 7, Mean: 7, Deviation: 1}},
		{"between 0 and 1", feature.Column{Name: "x", Source: "x", Kind: feature.MinMax}, []float32{2, 3, 10},
			feature.Column{Low: 2, High: 10, Mean: 2, Deviation: 8}},
		{"log-scaled", LogScaled("x"), []float32{0, float32(math.E*math.E) - 1},
			feature.Column{Low: 0, High: 2, Mean: 1, Deviation: 1}},
	} {
		got := c.column
		standardize(&got, c.values)
		for name, v := range map[string][2]float32{"Low": {got.Low, c.want.Low}, "High": {got.High, c.want.High},
			"Mean": {got.Mean, c.want.Mean}, "Deviation": {got.Deviation, c.want.Deviation}} {
			if math.Abs(float64(v[0]-v[1])) > 1e-6 {
				t.Errorf("%s: %s = %g, want %g", c.name, name, v[0], v[1])
			}
		}
	}
}

func TestBuckets(t *testing.T) {
	for _, c := range []struct {
		name    string
		buckets int
		values  []float32
		want    []float32
	}{
		{"equally many in each", 4, []float32{8, 7, 6, 5, 4, 3, 2, 1}, []float32{3, 5, 7}},
		{"ties make one bucket", 4, []float32{1, 2, 2, 2, 2, 2, 2, 9}, []float32{2}},
		{"no bucket below the least", 3, []float32{1, 1, 1, 1, 5, 5}, []float32{5}},
		{"a constant", 3, []float32{1, 1, 1}, nil},
	} {
		got := Bucketized("x", c.buckets)
		cut(&got, c.values)
		if diff := cmp.Diff(c.want, got.Edges); diff != "" || int(got.Size) != len(c.want)+1 {
			t.Errorf("%s: %d buckets, edges (-want +got):\n%s", c.name, got.Size, diff)
		}
	}
}

// TestFitSchema checks vocabularies, and that all columns of the laboratory are
// about standardized on the rows they were fitted on.
func TestFitSchema(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 3, Users: 60, Items: 50, Interactions: 1500, Groups: 3})
	s := New(d, between(d, 0, Never, 4), Never)
	schema, err := Fit(append(everyColumn(10), OneHot("userId"), Bucketized("movieRatingCount", 10), feature.Column{Name: "movieIdHash", Source: "movieId", Kind: feature.Hashed, Size: 7}), s)
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := map[string]int{}
	for _, f := range schema.Fields() {
		vocabulary[f.Name] = f.Vocabulary
	}
	for name, want := range map[string]int{"movieId": 50, "movieGenre1": 3, "userGenre5": 3, "userRatedMovie1": 50, "userId": 60, "movieGenres": 3,
		"movieId*userRatedMovie1": 10_000, "userHistory": 50, "userHistoryStars": 11, "userHistoryGenre": 3, "movieRatingCountBucket": 10, "movieIdHash": 7} {
		if vocabulary[name] != want {
			t.Errorf("%d values of %s, want %d", vocabulary[name], name, want)
		}
	}
	rows := make([]int32, s.Len())
	for i := range rows {
		rows[i] = int32(i)
	}
	var b feature.Batch
	s.Encoder(schema).Encode(rows, &b)
	width := len(schema.Numerics())
	for f, name := range schema.Numerics() {
		var sum, squares float64
		for i := range rows {
			v := float64(b.Numeric[i*width+f])
			sum += v
			squares += v * v
		}
		mean, n := sum/float64(len(rows)), float64(len(rows))
		if v := squares/n - mean*mean; math.Abs(mean) > 1e-3 || v > 1e-9 && math.Abs(v-1) > 1e-3 {
			t.Errorf("%s has mean %g and variance %g, want 0 and 1", name, mean, v)
		}
	}
	e := s.Encoder(schema)
	e.Encode(rows, &b)
	if allocated := testing.AllocsPerRun(10, func() { e.Encode(rows, &b) }); allocated != 0 {
		t.Errorf("Encode allocates %g times", allocated)
	}
}

func TestFitRefuses(t *testing.T) {
	d := two()
	s := New(d, between(d, 0, Never, 4), Never)
	for _, c := range []struct {
		name    string
		columns []feature.Column
		set     *Set
		want    string
	}{
		{"no rows", nil, s.Select(nil), "no rows"},
		{"an unknown feature", []feature.Column{OneHot("shoeSize")}, s, `unknown feature "shoeSize"`},
		{"a feature of candidate lists", []feature.Column{Standardized("retrievalRank")}, s, `unknown feature "retrievalRank"`},
		{"a number as one of many", []feature.Column{OneHot("releaseYear")}, s, "cannot read"},
		{"the same column twice", []feature.Column{OneHot("movieId"), ItemID(3)}, s, "no name of its own"},
	} {
		if _, err := Fit(c.columns, c.set); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Fit, %s: %v, want %q", c.name, err, c.want)
		}
	}
}
