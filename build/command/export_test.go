package command

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

const demo = "../../data/demo"

// TestAModelGoesOutAndComesBack: DIN of the demo, in ONNX and read again by the file beside it, gives
// a thousand items the scores that it gave, though its table of items is of int8 twice.
func TestAModelGoesOutAndComesBack(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "back.bundle")
	_, said := call(t, "export", "--bundle", demo, "--onnx", filepath.Join(dir, "din.onnx"), "--model", "DIN")
	if !strings.Contains(said, "din.genres.txt, din.items.txt, din.json, din.onnx") {
		t.Errorf("export says %s", said)
	}
	call(t, "ranker", "--model", filepath.Join(dir, "din.onnx"), "--bind", filepath.Join(dir, "din.json"), "--bundle", demo, "--out", out)
	before, _, err := bundledir.Open(demo)
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := bundledir.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	score := func(b *bundle.Bundle) []feature.Candidate {
		m, err := furtherModel(b, "DIN")
		if err != nil {
			t.Fatal(err)
		}
		list := make([]feature.Candidate, 1000)
		for i := range list {
			list[i].Row = catalog.Row(i)
		}
		h := feature.History{{Row: 10, Stars: 4, At: 1e9}, {Row: 20, Stars: 2, At: 1e9 + 60}, {Row: 30, At: 1e9 + 120}}
		ranking.NewPointwiseRanker(m, b.Catalog, &b.Statistics).Score(h, list, b.Statistics.AsOf)
		return list
	}
	x, y := score(before), score(after)
	worst := 0.0
	for i := range x {
		worst = max(worst, math.Abs(float64(x[i].Score-y[i].Score)))
	}
	if worst > 1e-4 {
		t.Errorf("scores are off by %v", worst)
	}
	if x[0].Score == x[1].Score {
		t.Error("all items have one score")
	}
}

// TestExportMisuse: what cannot be written is said with what can.
func TestExportMisuse(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--onnx /tmp/x.onnx --model DIEN", `no model "DIEN": it has DIN`},
		{"--model DIN --npy x.npy --ids x.txt", "--model names what --onnx writes"},
		{"", "nothing to write"},
		{"--tfrecord /tmp/x", "--work goes with --rows, --tfrecord or --parquet"},
	} {
		var out, said bytes.Buffer
		args := append([]string{"export", "--bundle", demo}, strings.Fields(c.args)...)
		if code := Run(context.Background(), args, &out, &said); code != exitUsage || !strings.Contains(said.String(), c.want) {
			t.Errorf("build export %s: exit code %d, says %q, want %q", c.args, code, said.String(), c.want)
		}
	}
}

// TestTheRowsOfTheTraining: the rows of a work folder have the columns that the ranker in ONNX reads, as
// many lists and as large a share with what was chosen as the training said, and one choice a list at most.
func TestTheRowsOfTheTraining(t *testing.T) {
	in, dir := written(t, small), t.TempDir()
	work, file := filepath.Join(dir, "work"), filepath.Join(dir, "rows.csv")
	call(t, "prepare", "--input", in, "--work", work)
	_, trained := call(t, "train", "--work", work, "--ship", "measured", "--retrieval", "pool")
	_, said := call(t, "export", "--work", work, "--rows", file)
	var lists int
	var found float64
	at := strings.Index(trained, "\nranking: ")
	if n, err := fmt.Sscanf(trained[at+1:], "ranking: %d lists, %f", &lists, &found); n != 2 {
		t.Fatalf("train says %s (%v)", trained, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := strings.Join(rows[0], " ")
	if !strings.HasPrefix(header, "list item_id chosen weight releaseYear ") || !strings.HasSuffix(header, " userRatedMovie4 userRatedMovie5") {
		t.Errorf("columns: %s", header)
	}
	chosen := map[string]int{}
	for _, r := range rows[1:] {
		n, err := strconv.Atoi(r[2])
		if err != nil || (n == 1) != (r[3] != "0") {
			t.Fatalf("chosen %s, weight %s", r[2], r[3])
		}
		chosen[r[0]] += n
	}
	with := 0
	for list, n := range chosen {
		if with += n; n > 1 {
			t.Errorf("list %s has %d choices", list, n)
		}
	}
	if share := 100 * float64(with) / float64(len(chosen)); len(chosen) != lists || math.Abs(share-found) > 0.06 {
		t.Errorf("%d lists, %.1f %% with what was chosen; train said %d and %.1f", len(chosen), share, lists, found)
	}
	if want := fmt.Sprintf("%d rows in %d lists, of which %d have", len(rows)-1, lists, with); !strings.Contains(said, want) {
		t.Errorf("export says %q, want %q", said, want)
	}
	call(t, "export", "--work", work, "--rows", filepath.Join(dir, "rows.jsonl"))
	text, err = os.ReadFile(filepath.Join(dir, "rows.jsonl"))
	if n := bytes.Count(text, []byte("\n")); err != nil || n != len(rows)-1 || !bytes.Contains(text[:2000], []byte(`"movieId":`)) {
		t.Errorf("%d objects, want %d (%v)", n, len(rows)-1, err)
	}
}
