package command

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/quant"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestQuality fails when the quality of the whole way changes, on a small
// synthetic data set and by four protocols. If that is meant, run
// go test ./build/command -run TestQuality -update, so that the change can be seen in
// the review. The figures have two digits: different machines agree on them.
func TestQuality(t *testing.T) {
	in, b := written(t, small), trainedSmall(t)
	var got strings.Builder
	for _, protocol := range []string{"leave-one-out", "time-split", "strangers", "orders"} {
		out, said := call(t, "evaluate", "--bundle", b, "--input", in, "--protocol", protocol, "--json")
		var r struct {
			Results []struct {
				Method  string
				Metrics []struct {
					Name string
					Mean float64
				}
			}
		}
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatalf("%s: %v in %s", protocol, err, out)
		}
		if strings.Contains(said, "warning: the bundle knows") {
			t.Errorf("%s: %s", protocol, said)
		}
		ndcg := make(map[string]float64)
		fmt.Fprintln(&got, protocol)
		for _, m := range r.Results {
			fmt.Fprintf(&got, "  %-20s", m.Method)
			for _, x := range m.Metrics {
				fmt.Fprintf(&got, "  %s %.2f", x.Name, x.Mean)
			}
			fmt.Fprintln(&got)
			ndcg[m.Method] = m.Metrics[0].Mean
		}
		for _, weaker := range []string{"popularity", "random"} {
			if protocol != "orders" && ndcg["retrieval + ranking"] <= ndcg[weaker] {
				t.Errorf("%s: NDCG@10 %.4f, no better than %s with %.4f", protocol, ndcg["retrieval + ranking"], weaker, ndcg[weaker])
			}
		}
	}
	asRecorded(t, "metrics.txt", got.String())
}

// TestTablesOfABundleHaveFewLevels: the tables of retrieval in a bundle as it was
// written hold no value beyond 31, for which the builder pays with nothing that can
// be measured.
func TestTablesOfABundleHaveFewLevels(t *testing.T) {
	data, err := os.ReadFile(trainedSmall(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*quant.Matrix{"in": &b.Retrieval.In, "out": &b.Retrieval.Out} {
		if low, high := slices.Min(m.Data), slices.Max(m.Data); low < -31 || high > 31 || high < 30 {
			t.Errorf("%s holds values from %d to %d, want -31 to 31", name, low, high)
		}
	}
}

// asRecorded fails unless got is what the file of testdata says; with -update it writes it.
func asRecorded(t *testing.T, file, got string) {
	t.Helper()
	golden := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s has changed (-want +got):\n%s", file, diff)
	}
}
