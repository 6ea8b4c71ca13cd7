package baseline

import (
	"context"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// TestTimelessBaselines: where the data have no times, a history in another order
// is the same one to every baseline, and trending is popularity.
func TestTimelessBaselines(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 60, Items: 40, Interactions: 900, Groups: 2})
	for i := range d.Interactions {
		d.Interactions[i].At = 0
	}
	d.Order = dataset.Order{Times: dataset.NoTimes, Random: true}
	ctx, n := context.Background(), d.Catalog.Len()
	ials, err := TrainIALS(ctx, d, DefaultIALSOptions(d), nil)
	if err != nil {
		t.Fatal(err)
	}
	ease, err := TrainEASE(ctx, d, DefaultEASEOptions(d), nil)
	if err != nil {
		t.Fatal(err)
	}
	cf, err := TrainItemCF(ctx, d, DefaultItemCFOptions(d), nil)
	if err != nil {
		t.Fatal(err)
	}
	trending := NewTrending(d, DefaultTrendingOptions(d))
	there := feature.History{{Row: 1}, {Row: 4}, {Row: 9}}
	back := slices.Clone(there)
	slices.Reverse(back)
	a, b := make([]float32, n), make([]float32, n)
	for name, scores := range map[string]func([]float32, feature.History){
		"iALS": ials.Scores, "EASE": ease.Scores, "ItemCF": cf.Scores, "trending": trending.Scores,
	} {
		scores(a, there)
		scores(b, back)
		for r := range a {
			if diff := a[r] - b[r]; diff > 1e-4 || diff < -1e-4 {
				t.Errorf("%s: item %d scores %g, backwards %g", name, r, a[r], b[r])
			}
		}
	}
	Popularity(d).Scores(b, there)
	trending.Scores(a, there)
	for r := range b {
		if diff := a[r] - b[r]; diff > 1e-4 || diff < -1e-4 {
			t.Errorf("trending gives item %d %g, popularity %g", r, a[r], b[r])
		}
	}
}
