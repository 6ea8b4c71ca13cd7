package examples

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// TestStreamEndsWhereTheBundleBegins checks that the statistics of the stream,
// past the last interaction, are those that a bundle holds, also when some
// interactions count in part.
func TestStreamEndsWhereTheBundleBegins(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 5, Users: 200, Items: 90, Interactions: 4000, Groups: 3})
	for i := range d.Interactions {
		if i%3 == 0 {
			d.Interactions[i].Part = uint8(40 + i%100)
		}
	}
	want := crowd.Statistics(d, TrendHalfLife)
	s := NewStream(d)
	s.Advance(want.AsOf + 1)
	s.now = want.AsOf
	for row := range want.Count {
		s.Refresh(catalog.Row(row))
	}
	if diff := cmp.Diff(want.Count, s.stats.Count); diff != "" {
		t.Errorf("counts (-bundle +stream):\n%s", diff)
	}
	near := cmpopts.EquateApprox(0.01, 0.005)
	for _, c := range []struct {
		name      string
		want, got []float32
	}{
		{"mean", want.Mean, s.stats.Mean}, {"deviation", want.Stddev, s.stats.Stddev}, {"trend", want.Trend, s.stats.Trend},
	} {
		if diff := cmp.Diff(c.want, c.got, near); diff != "" {
			t.Errorf("%s (-bundle +stream):\n%s", c.name, diff)
		}
	}
	wantTotals := s.stats.Totals()
	if diff := cmp.Diff(wantTotals, s.totals, cmpopts.EquateApprox(0.01, 0.01)); diff != "" {
		t.Errorf("totals (-summed +streamed):\n%s", diff)
	}
}
