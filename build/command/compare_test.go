package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sparrow/build/autodiff"
	"sparrow/build/compare"
	"sparrow/build/dataset"
)

// TestCompareProtocols judges counting models by every protocol, with their settings
// chosen on data cut in the same way: none of them fades events where order means nothing.
func TestCompareProtocols(t *testing.T) {
	dir := written(t, dataset.Shape{Seed: 2, Users: 120, Items: 60, Interactions: 4000, Groups: 3})
	for protocol, metrics := range map[string][2]string{
		"time-split": {"NDCG@10", "HitRate@10"}, "strangers": {"NDCG@10", "Recall@20"}, "random-ratio": {"NDCG@10", "Recall@10"}, "orders": {"Stay@10", "Replaced@10"},
	} {
		text, _ := call(t, "compare", "--input", dir, "--json", "--models", "popularity,EASE,ItemCF", "--likes", "5", "--protocol", protocol)
		var r compare.Report
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		p := r.Parts[0]
		first := p.Rows[0]
		if p.Metric != metrics[0] || first.Result.Metrics[1].Name != metrics[1] || len(p.Rows) != 3 || len(p.Leads) != 2 {
			t.Errorf("%s: sorted by %s, then %s; %d models, %d leads", protocol, p.Metric, first.Result.Metrics[1].Name, len(p.Rows), len(p.Leads))
		}
		if protocol == "orders" { // all three know sets alone
			if least := p.Rows[2].Result.Metrics[0].Mean; least < 9.9 {
				t.Errorf("orders: %s keeps %v of 10", p.Rows[2].Name, least)
			}
		} else if first.Name == "popularity" {
			t.Errorf("%s: popularity is best", protocol)
		}
	}
}

// TestCompare compares a few models on made-up data: the table names them, best first, the
// page and the JSON are written, and the same seed gives the same figures.
func TestCompare(t *testing.T) {
	dir := written(t, dataset.Shape{Seed: 2, Users: 60, Items: 40, Interactions: 1500, Groups: 3})
	out := t.TempDir()
	args := []string{"compare", "--input", dir, "--no-tune", "--k", "5", "--models", "transitions,item2vec,Embedding+MLP,FM"}
	var reports [2]compare.Report
	for i := range reports {
		text, _ := call(t, append(args, "--json", "--out", out)...)
		if err := json.Unmarshal([]byte(text), &reports[i]); err != nil {
			t.Fatal(err)
		}
		for p := range reports[i].Parts {
			for r := range reports[i].Parts[p].Rows {
				reports[i].Parts[p].Rows[r].Seconds = 0
			}
		}
	}
	if !reflect.DeepEqual(reports[0], reports[1]) {
		t.Error("the same seed gives other figures")
	}
	if n := len(reports[0].Parts); n != 2 {
		t.Fatalf("%d parts, want retrieval and ranking", n)
	}
	for _, p := range reports[0].Parts {
		var values []float64
		for _, r := range p.Rows {
			e, ok := r.Result.Get(p.Metric)
			if !ok {
				t.Errorf("%s of %s is missing", p.Metric, r.Name)
			}
			values = append(values, e.Mean)
		}
		for i := range values[1:] {
			if values[i] < values[i+1] {
				t.Errorf("%s: %v are not sorted, best first", p.Name, values)
			}
		}
	}
	// Two digits, as in TestQuality: go test ./build -run TestCompare -update.
	var figures strings.Builder
	for _, p := range reports[0].Parts {
		fmt.Fprintf(&figures, "%s: %s\n", p.Name, p.Protocol)
		for _, r := range p.Rows {
			fmt.Fprintf(&figures, "  %-24s", r.Name)
			for _, m := range r.Result.Metrics[:3] {
				fmt.Fprintf(&figures, "  %s %.2f", m.Name, m.Mean)
			}
			fmt.Fprintln(&figures)
		}
	}
	asRecorded(t, "compare.txt", figures.String())
	// The baseline, which has no probabilities, leads here and must not hide their figures.
	if table, _ := call(t, "compare", "--input", dir, "--no-tune", "--models", "FM"); !strings.Contains(table, "LogLoss") || !strings.Contains(table, "RMSE") || !strings.Contains(table, "GAUC") {
		t.Errorf("the table lacks LogLoss, RMSE or GAUC:\n%s", table)
	}
	var drawn compare.Report
	text, _ := call(t, "compare", "--input", dir, "--no-tune", "--random", "3", "--models", "FM", "--json")
	if err := json.Unmarshal([]byte(text), &drawn); err != nil {
		t.Fatal(err)
	}
	for _, r := range drawn.Parts[0].Rows {
		if r.Name == "FM" && (len(r.Tried) != 4 || r.Tried[1].Setting == r.Tried[2].Setting) {
			t.Errorf("three random settings beside the default: tried %+v", r.Tried)
		}
	}
	var tuned compare.Report
	text, _ = call(t, "compare", "--input", dir, "--random", "2", "--models", "two towers,transitions,popularity,SASRec", "--json", "--out", out+"/tuned")
	if err := json.Unmarshal([]byte(text), &tuned); err != nil {
		t.Fatal(err)
	}
	for _, r := range tuned.Parts[0].Rows { // tried: the defaults, listed settings, two that are drawn
		want := map[string]int{"two towers": 5, "transitions": 3, "SASRec": 3}[r.Name]
		if len(r.Tried) != want {
			t.Errorf("%s: tried %+v, want %d settings", r.Name, r.Tried, want)
		}
		if passes := strings.Contains(r.Setting, ", pass "); passes != (r.Name == "two towers" || r.Name == "SASRec") {
			t.Errorf("%s is trained with %q", r.Name, r.Setting)
		}
		if strings.Contains(r.Setting, ", pass ") && (len(r.Curve) == 0 || r.Curve[r.Curve.Best()].Valid < 0 || !slices.ContainsFunc(r.Curve, func(p autodiff.Point) bool { return p.Valid > 0 })) {
			t.Errorf("the passes of %s on validation data: %+v", r.Name, r.Curve)
		}
	}
	page, err := os.ReadFile(filepath.Join(out, "tuned", "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "NDCG@10 on validation data") {
		t.Error("the page does not show how the passes did on validation data")
	}
	page, err = os.ReadFile(filepath.Join(out, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg", "transitions", "item2vec", "FM", "NDCG@5", "AUC", "GAUC", "PR-AUC", "LogLoss", "RMSE"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<script", "<link", "http://", "src=", "NaN", "%!"} {
		if strings.Contains(strings.ReplaceAll(string(page), "http://www.w3.org", ""), bad) {
			t.Errorf("the page has %q in it", bad)
		}
	}
	if _, err := os.Stat(filepath.Join(out, "report.json")); err != nil {
		t.Error(err)
	}
	table, _ := call(t, args...)
	for _, want := range []string{"Retrieval: leave-one-out", "Ranking: global time split", "item mean + user mean", "lead over Embedding+MLP"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	made := written(t, dataset.Shape{Seed: 1, Users: 20, Items: 10, Interactions: 100, Groups: 2})
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"compare --input . --k 0", 2, "--k must be at least 1"},
		{"compare --input . --preset tomorrow", 2, "must be one of"},
		{"compare --input " + made + " --models nobody", 1, `no model is called ["nobody"]`},
		{"compare --models FM --no-tune --input " + allLiked(t), 1, "are likes, so that no ranking model can be told from another"},
	} {
		var out, err bytes.Buffer
		if code := Run(context.Background(), strings.Fields(c.args), &out, &err); code != c.code || !strings.Contains(err.String(), c.want) {
			t.Errorf("%s: exit code %d, want %d; says %q, want %q in it", c.args, code, c.code, err.String(), c.want)
		}
	}
}

// allLiked writes a data set without a bad word.
func allLiked(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	items, log := "item_id,title,genres\n", "user_id,item_id,timestamp,rating\n"
	for i := range 10 {
		items += fmt.Sprintf("%d,Item %d,Kind %d\n", i, i, i%2)
		for u := range 20 {
			log += fmt.Sprintf("%d,%d,%d,5\n", u, i, 1_700_000_000+100*u+i)
		}
	}
	for name, text := range map[string]string{"items.csv": items, "interactions.csv": log} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
