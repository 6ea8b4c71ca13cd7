package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// TestSimulate fills an edge twice with the same people, under an experiment.
func TestSimulate(t *testing.T) {
	var taken, exposures atomic.Int64
	edge := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		_, batch, err := event.CheckBatch(body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		for _, f := range batch {
			if e, err := event.Decode(f.Raw); err != nil {
				t.Errorf("event: %v", err)
			} else if e.Kind == event.Exposure {
				exposures.Add(1)
			}
		}
		taken.Add(int64(len(batch)))
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprintf(w, `{"stored":%d,"dead":0}`, len(batch))
	}))
	defer edge.Close()
	file := filepath.Join(t.TempDir(), "experiments.json")
	now := time.Now().UTC()
	text := fmt.Sprintf(`{"version":1,"layers":[{"name":"mix","salt":"mix-1","share":1,"start":%q,"end":%q,
		"arms":[{"name":"control","weight":1},{"name":"varied","weight":1,"variety":0.8}]}]}`,
		now.AddDate(0, 0, -30).Format(time.RFC3339), now.AddDate(0, 0, 1).Format(time.RFC3339))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	bundle := trainedSmall(t)
	visit := func(flags ...string) (f simulated) {
		out, _ := call(t, append([]string{"simulate", "--bundle", bundle, "--visitors", "40", "--length", "6", "--json"}, flags...)...)
		if err := json.Unmarshal([]byte(out), &f); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		f.Seconds = 0
		return f
	}
	f := visit("--edge", edge.URL, "--experiments", file)
	if f.Events < 500 || int64(f.Events) != f.Stored || f.Stored != taken.Load() || f.Sharers < 20 || f.Sharers >= f.Visitors {
		t.Errorf("%+v, and the edge took %d events: want all of at least 500, of most of 40 people", f, taken.Load())
	}
	if exposures.Load() < int64(f.Sharers) {
		t.Errorf("%d exposures of %d people who share", exposures.Load(), f.Sharers)
	}
	if f.Value <= 0 || f.Positions[0].CTR <= f.Positions[5].CTR {
		t.Errorf("a visit is worth %v; CTR %v at the first position and %v at the sixth, want it to fall", f.Value, f.Positions[0].CTR, f.Positions[5].CTR)
	}
	one, two := visit(), visit()
	if fmt.Sprint(one) != fmt.Sprint(two) || one.Stored != 0 {
		t.Errorf("the same seed gives %+v, then %+v", one, two)
	}
	if other := visit("--seed", "2"); fmt.Sprint(other) == fmt.Sprint(one) {
		t.Error("another seed gives the same")
	}
	table, _ := call(t, "simulate", "--bundle", bundle, "--visitors", "5", "--edge", edge.URL)
	if !strings.Contains(table, "stored") || !strings.Contains(table, "position") {
		t.Errorf("the table lacks what was stored or the positions:\n%s", table)
	}
}

// TestSimulateWithoutAnEdge fails at once, not after all tries of a first batch.
func TestSimulateWithoutAnEdge(t *testing.T) {
	bundle := trainedSmall(t)
	gone := httptest.NewServer(nil)
	gone.Close()
	var out, said bytes.Buffer
	code := Run(t.Context(), []string{"simulate", "--bundle", bundle, "--edge", gone.URL, "--visitors", "20"}, &out, &said)
	if code != exitFailure || !strings.Contains(said.String(), "start the edge first") {
		t.Errorf("exit code %d, says %q", code, said.String())
	}
}

func TestSimulateRefuses(t *testing.T) {
	bundle := trainedSmall(t)
	for flags, want := range map[string]string{
		"--days 14": "1 to 13", "--visitors 0": "at least 1", "--shift 2": "0 to 1", "--edge localhost:8080": "address of an edge",
	} {
		var out, said bytes.Buffer
		args := append([]string{"simulate", "--bundle", bundle}, strings.Fields(flags)...)
		if code := Run(context.Background(), args, &out, &said); code != exitUsage || !strings.Contains(said.String(), want) {
			t.Errorf("%s: exit code %d, says %q, want %q in it", flags, code, said.String(), want)
		}
	}
}
