package command

import (
	"bytes"
	"context"
	"math"
	"path/filepath"
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
	} {
		var out, said bytes.Buffer
		args := append([]string{"export", "--bundle", demo}, strings.Fields(c.args)...)
		if code := Run(context.Background(), args, &out, &said); code != exitUsage || !strings.Contains(said.String(), c.want) {
			t.Errorf("build export %s: exit code %d, says %q, want %q", c.args, code, said.String(), c.want)
		}
	}
}
