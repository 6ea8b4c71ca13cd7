package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/pipeline"
	"sparrow/wasm/engine"
)

// bound writes a file that binds the five inputs of the model of linear regression.
func bound(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bind.json")
	text := `{"name": "` + name + `", "source": "made up", "inputs": {"X": [{"feature": "movieRatingCount", "log": true}, {"feature": "movieAvgRating", "mean": 3.5},
		{"feature": "userAvgRating"}, {"feature": "movieTrend", "deviation": 2, "high": 100}, {"feature": "releaseYear", "mean": 2000, "deviation": 10}]}}`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const linear = "../onnx/testdata/sklearn-linear.onnx"

// TestRankerIsAsked: a model that another program trained is in the bundle, answers, and takes
// the place of one of its name.
func TestRankerIsAsked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "next") + "/"
	printed, _ := call(t, "ranker", "--model", linear, "--bind", bound(t, "Linear"), "--bundle", trainedSmall(t), "--out", dir, "--json")
	var f struct {
		pipeline.Packed
		Rounding pipeline.Rounding
	}
	if err := json.Unmarshal([]byte(printed), &f); err != nil || f.Rounding.Histories == 0 || f.Rounding.Kept < 0.9 || f.Rounding.Most > 0.1 {
		t.Errorf("ranker prints %s (%v)", printed, err)
	}
	_, said := call(t, "ranker", "--model", linear, "--bind", bound(t, "Linear"), "--bundle", dir, "--out", dir)
	if !strings.Contains(said, "8 bits change a score by") {
		t.Errorf("ranker says %s", said)
	}
	b, _, err := bundledir.Open(dir)
	if err != nil || len(b.Pointwise) != 1 {
		t.Fatalf("%v, %d models", err, len(b.Pointwise))
	}
	list := engine.New(b).Recommend(engine.Query{Filter: engine.Filter{Genre: engine.AllGenres}, K: 10, Model: "Linear"})
	if len(list) != 10 {
		t.Errorf("the model lists %d items", len(list))
	}
	printed, _ = call(t, "inspect", "--bundle", dir)
	if !strings.Contains(printed, "Linear (pointwise): 5 columns") {
		t.Errorf("inspect prints\n%s", printed)
	}
}

// TestRankerMisuse: what does not fit is said with the place.
func TestRankerMisuse(t *testing.T) {
	bundle, bad := trainedSmall(t), filepath.Join(t.TempDir(), "bind.json")
	if err := os.WriteFile(bad, []byte(`{"name": "N", "inputs": {"x": {"featur": "movieTrend"}}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{"--model " + linear + " --bind " + bad, `unknown field "featur"`},
		{"--model " + bad + " --bind " + bound(t, "N"), "bind.json: it is no ONNX file"},
		{"--model ../onnx/testdata/sklearn-mlp.onnx --bind " + bound(t, "N"), "say which one is the answer"},
	} {
		var out, said bytes.Buffer
		args := append(strings.Fields("ranker --bundle "+bundle+" --out "+t.TempDir()+"/b"), strings.Fields(c.args)...)
		if code := Run(context.Background(), args, &out, &said); code != exitFailure || !strings.Contains(said.String(), c.want) {
			t.Errorf("build ranker %s: exit code %d, says %q, want %q", c.args, code, said.String(), c.want)
		}
	}
}
