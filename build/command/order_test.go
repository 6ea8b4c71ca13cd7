package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// timelessFolder writes made-up data without times and returns their folder.
func timelessFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var items, rows strings.Builder
	items.WriteString("item_id,title,genres\n")
	rows.WriteString("user_id,item_id,rating\n")
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 90, Items: 60, Interactions: 1800, Groups: 3})
	for r, id := range d.Catalog.IDs {
		fmt.Fprintf(&items, "%s,Item %d,Group %d\n", id, r+1, r%3)
	}
	for u, id := range d.Users {
		for _, i := range d.Of(u) {
			fmt.Fprintf(&rows, "%s,%s,%g\n", id, d.Catalog.IDs[i.Row], float64(i.Stars)/2)
		}
	}
	for name, text := range map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestTimelessData takes a file without a timestamp through the verbs: each says
// what the data are, measures at random and says so, or names what to take.
func TestTimelessData(t *testing.T) {
	dir := timelessFolder(t)
	out := filepath.Join(t.TempDir(), "b.bundle")
	text, said := call(t, "bundle", "--input", dir, "--out", out, "--json")
	var f struct {
		Data    struct{ Order dataset.Order }
		Metrics []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if want := (dataset.Order{Times: dataset.NoTimes, Users: 90, Unknown: 90, Random: true}); f.Data.Order != want {
		t.Errorf("bundle --json: order %+v, want %+v", f.Data.Order, want)
	}
	for _, m := range f.Metrics {
		if !strings.Contains(m.Name, "random hold-out") {
			t.Errorf("bundle --json: figure %q does not say how it was measured", m.Name)
		}
	}
	_, prepared := call(t, "prepare", "--input", dir, "--work", t.TempDir())
	table, evaluated := call(t, "evaluate", "--bundle", out, "--input", dir, "--no-baselines")
	if !strings.Contains(table, "random hold-out") {
		t.Errorf("evaluate does not say how it measured:\n%s", table)
	}
	sampled, _ := call(t, "evaluate", "--bundle", out, "--input", dir, "--no-baselines", "--protocol", "leave-one-out-sampled")
	if !strings.Contains(sampled, "random hold-out") {
		t.Errorf("evaluate with sampled negatives does not say how it measured:\n%s", sampled)
	}
	compared, told := call(t, "compare", "--input", dir, "--models", "popularity,FM", "--no-tune", "--preset", "random-rating")
	if !strings.Contains(compared, "random hold-out of one") {
		t.Errorf("compare does not say how it measured:\n%s", compared)
	}
	for verb, said := range map[string]string{"bundle": said, "prepare": prepared, "evaluate": evaluated, "compare": told} {
		if n := strings.Count(said, "the data have no times"); n != 1 {
			t.Errorf("%s says %d times that the data have no times:\n%s", verb, n, said)
		}
	}
	for _, c := range []struct{ args, want string }{
		{"evaluate --bundle " + out + " --input " + dir + " --protocol time-split", "hold-out, k-fold or bootstrap"},
		{"compare --input " + dir + " --models FM", "--preset random-rating or random-like"},
		{"compare --input " + dir + " --models FM --preset latest-rating", "--preset random-rating or random-like"},
		{"compare --input " + dir + " --models popularity,SASRec --no-tune", "(SASRec) learn in which order"},
		{"bundle --input " + dir + " --models DIEN --out " + out, "(DIEN) learn in which order"},
		{"bundle --input " + dir + " --retrieval sequence --out " + out, "--retrieval pool"},
	} {
		var stdout, stderr bytes.Buffer
		code := Run(context.Background(), strings.Fields(c.args), &stdout, &stderr)
		if code != 1 || !strings.Contains(stderr.String(), c.want) || !strings.Contains(stderr.String(), "have no times") {
			t.Errorf("build %s: exit code %d, want 1 with the reason and %q:\n%s", c.args, code, c.want, stderr.String())
		}
	}
}

// TestHistoriesWithoutTimes: every user of the file gets a list, who has no usable
// row a newcomer's, and both are counted.
func TestHistoriesWithoutTimes(t *testing.T) {
	b, dir := trainedSmall(t), t.TempDir()
	lists := func(file string, args ...string) (map[string]string, string, string) {
		path, out := filepath.Join(dir, "H.csv"), filepath.Join(dir, "R.csv")
		if err := os.WriteFile(path, []byte(file), 0o644); err != nil {
			t.Fatal(err)
		}
		stdout, said := call(t, append([]string{"recommend", "--bundle", b, "--histories", path, "--k", "5", "--out", out}, args...)...)
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		of := make(map[string]string)
		for _, line := range strings.Split(string(text), "\n")[1:] {
			if user, rest, ok := strings.Cut(line, ","); ok {
				of[user] += rest + "\n"
			}
		}
		return of, stdout, said
	}
	timed, _, _ := lists("user_id,item_id,timestamp\nann,2,10\nann,5,20\nbob,9,30\nnew,nothing,1\n")
	for name, file := range map[string]string{
		"no column":   "user_id,item_id\nann,2\nann,5\nbob,9\nnew,nothing\n",
		"empty cells": "user_id,item_id,timestamp\nann,2,\nann,5,\nbob,9,\nnew,nothing,\n",
		"a bad time":  "user_id,item_id,timestamp\nann,2,\nann,5,\nbob,9,\nnew,9,soon\n",
	} {
		got, _, said := lists(file)
		for user, list := range timed {
			if got[user] != list || list == "" {
				t.Errorf("%s: %s gets\n%s, want\n%s", name, user, got[user], list)
			}
		}
		if !strings.Contains(said, "1 of 3 users have no usable row") || !strings.Contains(said, "no time; the history is in the order of the rows, oldest first: 3") {
			t.Errorf("%s: the counts are not said:\n%s", name, said)
		}
	}
	_, stdout, _ := lists("user_id,item_id\nann,2\nnew,nothing\n", "--json", "--max-unknown", "50%")
	if !strings.Contains(stdout, "\"newcomers\": 1") {
		t.Errorf("--json does not count newcomers:\n%s", stdout)
	}
}
