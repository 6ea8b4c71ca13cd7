package command

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/evaluation"
)

// evaluatedSmall returns the report of an evaluate command on the small data set, and
// what it told people.
func evaluatedSmall(t *testing.T, args ...string) (evaluation.Report, string) {
	t.Helper()
	out, said := call(t, append([]string{"evaluate", "--bundle", trainedSmall(t), "--input", written(t, small), "--json"}, args...)...)
	var r evaluation.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("evaluate: %v in %s", err, out)
	}
	return r, said
}

// TestEvaluateProtocols measures by the protocols that no golden file keeps.
func TestEvaluateProtocols(t *testing.T) {
	full, _ := evaluatedSmall(t, "--resamples", "200")
	if len(full.Comparisons) != len(full.Results)-1 || !strings.HasPrefix(full.Results[0].Intervals, "bootstrap") {
		t.Errorf("evaluate --resamples: %d comparisons of %d methods, intervals by %s", len(full.Comparisons), len(full.Results), full.Results[0].Intervals)
	}
	for _, c := range full.Comparisons {
		if c.B == "random" && c.Holm > 0.05 {
			t.Errorf("evaluate --resamples: the bundle is no better than random: %+v", c)
		}
	}
	if len(full.Results[0].Groups) != 6 {
		t.Errorf("evaluate --json: %d groups, want 3 of users and 3 of items", len(full.Results[0].Groups))
	}
	sampled, _ := evaluatedSmall(t, "--protocol", "leave-one-out-sampled")
	if !strings.Contains(sampled.Protocol, "sampled") || sampled.Results[0].Metrics[0].Name != "NDCG@10 sampled 99" {
		t.Errorf("sampled negatives are not named: %s, %s", sampled.Protocol, sampled.Results[0].Metrics[0].Name)
	}
	for i, r := range sampled.Results { // of 90 items the negatives are what the user does not have
		if f, s := full.Results[i].Metrics[0].Mean, r.Metrics[0].Mean; s < f-0.02 {
			t.Errorf("%s: NDCG@10 %.3f among few items and %.3f among all", r.Method, s, f)
		}
	}
	held, _ := evaluatedSmall(t, "--protocol", "hold-out", "--no-baselines")
	if r := held.Results[0]; r.Cases < 100 || r.Metrics[1].Mean < 0.5 {
		t.Errorf("hold-out: %d cases, %+v", r.Cases, r.Metrics)
	}
}

// TestEvaluateAnew trains for every fold, and for a bootstrap, and judges what was left out.
func TestEvaluateAnew(t *testing.T) {
	folds, said := evaluatedSmall(t, "--protocol", "k-fold", "--folds", "2", "--no-baselines")
	if r := folds.Results[0]; r.Cases < 300 || r.Metrics[0].Mean < 0.2 || !strings.Contains(said, "fold 2 of 2") || !strings.HasPrefix(folds.Protocol, "k-fold") {
		t.Errorf("k-fold of %s: %d cases, %+v", folds.Protocol, r.Cases, r.Metrics)
	}
	bag, _ := evaluatedSmall(t, "--protocol", "bootstrap", "--no-baselines")
	if r := bag.Results[0]; r.Cases < 150 || r.Cases > 200 || r.Metrics[0].Mean < 0.2 {
		t.Errorf("bootstrap: %d cases, %+v", r.Cases, r.Metrics)
	}
}

// TestEvaluateWithoutOrder measures strangers, the random ratio and orders, whose
// answers of several draws count together, and compares methods person by person.
func TestEvaluateWithoutOrder(t *testing.T) {
	strangers, said := evaluatedSmall(t, "--protocol", "strangers", "--draws", "2", "--no-baselines", "--resamples", "200")
	r := strangers.Results[0]
	if r.Users != 38 || r.Cases != 190 || !strings.Contains(said, "draw 2 of 2") || r.Metrics[1].Name != "Recall@20" {
		t.Errorf("strangers: %d cases of %d users by %s, want 190 of 38 by Recall@20 among others; said %s", r.Cases, r.Users, r.Metrics[1].Name, said)
	}
	if len(strangers.Comparisons) != len(strangers.Results)-1 {
		t.Errorf("strangers: %d comparisons of %d methods", len(strangers.Comparisons), len(strangers.Results))
	}
	ratio, _ := evaluatedSmall(t, "--protocol", "random-ratio", "--no-baselines", "--stage", "retrieval")
	if r := ratio.Results[0]; r.Users < 150 || r.Metrics[1].Name != "Recall@10" || r.Metrics[0].Mean < 0.1 || !strings.Contains(ratio.Protocol, "8:1:1") {
		t.Errorf("random ratio: %d users by %s: %+v", r.Users, ratio.Protocol, r.Metrics)
	}
	orders, _ := evaluatedSmall(t, "--protocol", "orders", "--likes", "5", "--users", "50")
	if !strings.Contains(orders.Protocol, "5 likes of one sitting in 6 orders") {
		t.Errorf("orders are called %s", orders.Protocol)
	}
	for _, m := range orders.Results {
		stay, _ := m.Get("Stay@10")
		_, replaced := m.Get("Replaced@10")
		_, kind := m.Get("NewKind@10")
		baseline := m.Method == "EASE" || m.Method == "iALS" // sums in another order may tie otherwise
		if baseline && stay.Mean < 9.9 {
			t.Errorf("orders: %s fades older events of a set: it keeps %v of 10", m.Method, stay.Mean)
		}
		engine := m.Method == "retrieval + ranking" || m.Method == "retrieval"
		if engine && stay.Mean != 10 {
			t.Errorf("orders: %s owes something to the order of a set: it keeps %v of 10", m.Method, stay.Mean)
		}
		set := baseline || engine
		if blind := m.Method == "popularity"; m.Users != 50 || !replaced || !kind || !set && blind != (stay.Mean == 10) {
			t.Errorf("orders: %s with %d people: %+v", m.Method, m.Users, m.Metrics)
		}
	}
}

// TestEvaluateGiven lets somebody else's files say what is looked for, and among what.
func TestEvaluateGiven(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	// No one in the data set is called ann or bob: they get what is popular.
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("user_id,item_id,timestamp\nann,1,7\nbob,2,8\n"))
	z.Close()
	answers := file("T.csv.gz", packed.String())
	items := file("I.csv", "item_id\n2\n1\n3\n")
	r, said := evaluatedSmall(t, "--test-file", answers, "--items-file", items, "--k", "3")
	if !strings.Contains(said, "without a history: 2 of 2 users of T.csv.gz") {
		t.Errorf("evaluate says nothing of users without a history:\n%s", said)
	}
	if !strings.Contains(r.Protocol, "T.csv.gz") || !strings.Contains(r.Protocol, "3 items of I.csv") {
		t.Errorf("the protocol is called %s", r.Protocol)
	}
	for _, m := range r.Results {
		// All three items are recommended, so both answers are among them; transition
		// lists have nothing to follow, but still order all items.
		if e, _ := m.Get("HitRate@3"); e.Mean != 1 {
			t.Errorf("%s: HitRate@3 among 3 items is %g", m.Method, e.Mean)
		}
		if e, _ := m.Get("Coverage@3"); e.Mean != 3.0/90 {
			t.Errorf("%s: Coverage@3 among 3 of 90 items is %g", m.Method, e.Mean)
		}
	}
	if _, said := evaluatedSmall(t, "--items-file", items, "--no-baselines"); !strings.Contains(said, "left out, since it may not be recommended: ") {
		t.Errorf("evaluate says nothing of answers that are left out:\n%s", said)
	}
	for _, tt := range []struct{ flag, text, want string }{
		{"--test-file", "user_id,item_id\nann,1\nann,404\n", `bad.csv:3: item "404" is not in the catalog`},
		{"--items-file", "item_id\n1\n404\n", `bad.csv:3: item "404" is not in the catalog`},
		{"--test-file", "user,item\n", "bad.csv:1: no column user_id"},
	} {
		var out, err bytes.Buffer
		code := Run(context.Background(), []string{"evaluate", "--bundle", trainedSmall(t), "--input", written(t, small), tt.flag, file("bad.csv", tt.text)}, &out, &err)
		if code != exitFailure || !strings.Contains(err.String(), tt.want) {
			t.Errorf("%s with %q: exit code %d, says %q, want %q", tt.flag, tt.text, code, err.String(), tt.want)
		}
	}
}
