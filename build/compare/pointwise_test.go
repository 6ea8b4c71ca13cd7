package compare

import (
	"context"
	"math"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/examples"
	"sparrow/build/pointwise"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// TestPointwiseServesWhatItWasTrainedOn: the logit that the engine's pointwise
// ranker gives a user and an item is the one that the training rows of the same
// moment give.
func TestPointwiseServesWhatItWasTrainedOn(t *testing.T) {
	quiet := func(string) func(done, total int) { return func(int, int) {} }
	d := dataset.Synthetic(dataset.Shape{Seed: 3, Users: 80, Items: 60, Interactions: 2500, Groups: 3})
	models, err := Pointwise(context.Background(), d, []string{"DIN", "Wide & Deep"}, 1, quiet)
	if err != nil || len(models) != 2 {
		t.Fatalf("Pointwise trained %d models, error %v", len(models), err)
	}
	last, user := latest(d)
	now := int64(d.Interactions[last].At)
	stream := examples.NewStream(d)
	stream.Advance(now)
	for r := range catalog.Row(d.Catalog.Len()) {
		stream.Refresh(r)
	}
	var h feature.History
	for i := d.Start[user]; i < last; i++ {
		e := d.Interactions[i]
		h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
	}
	for i := range models {
		m := &models[i]
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		set := newSet(&evaluation.Split{Data: d}, []evaluation.Example{{User: user, At: last}}, now)
		want := pointwise.Logits(m.Graph, &rows{set: set, schema: &m.Schema})
		got := []feature.Candidate{{Row: d.Interactions[last].Row}}
		ranking.NewPointwiseRanker(m, d.Catalog, stream.Statistics()).Score(h, got, now)
		if math.Abs(float64(got[0].Score-want[0])) > 1e-4 {
			t.Errorf("%s: the ranker says %g, the training row %g", m.Name, got[0].Score, want[0])
		}
	}
	again, err := Pointwise(context.Background(), d, []string{"DIN"}, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range again[0].Graph.Params {
		if !slices.Equal(p.Data, models[slices.IndexFunc(models, func(m ranking.Pointwise) bool { return m.Name == "DIN" })].Graph.Params[i].Data) {
			t.Errorf("the same seed gives other values of %s", p.Name)
		}
	}
}

// latest returns the interaction with the latest moment, and its user.
func latest(d *dataset.Dataset) (at, user int) {
	for u := range d.Start {
		for i := d.Start[u]; i < d.End[u]; i++ {
			if d.Interactions[i].At >= d.Interactions[at].At {
				at, user = i, u
			}
		}
	}
	return at, user
}
