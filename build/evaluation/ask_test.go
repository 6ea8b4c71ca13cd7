package evaluation

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// TestAskAmongPools keeps two recommenders of the same order, 4, 3, 2, 1, 0, to the
// items of pools: one can be told so, of the other the list is thinned out.
func TestAskAmongPools(t *testing.T) {
	told := Scored("told", 5, func() Scores {
		return func(dst []float32, _ feature.History) {
			for r := range dst {
				dst[r] = float32(r)
			}
		}
	})
	thinned := Method{"thinned", func() Recommender { return always{4, 3, 2, 1, 0} }}
	cases := []Case{{User: 0}, {User: 1}, {User: 2}}
	pools := [][]catalog.Row{{0, 1, 3}, {4}, {2, 0}}
	for _, m := range []Method{told, thinned} {
		got, err := Ask(context.Background(), m, cases, pools, 2, 5, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]catalog.Row{{3, 1}, {4}, {2, 0}}, got); diff != "" {
			t.Errorf("Ask %s (-want +got):\n%s", m.Name, diff)
		}
	}
	seen := []Case{{User: 0, History: history(3)}}
	got, err := Ask(context.Background(), told, seen, pools, 2, 5, nil)
	if diff := cmp.Diff([][]catalog.Row{{1, 0}}, got); diff != "" || err != nil {
		t.Errorf("Ask with movie 3 in the history: error %v (-want +got):\n%s", err, diff)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Ask(ctx, told, cases, nil, 2, 5, nil); err == nil {
		t.Error("Ask after it was stopped returned no error")
	}
}
