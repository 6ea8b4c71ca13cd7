//go:build cluster

package cluster

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
)

// most is by how much an answer of the engine may be another one than that of Keras or ONNX Runtime, and least
// how far apart the answers of a model are, so that this says something.
const most, least = 1e-4, 0.01

// TestKeras trains each of the course's models in Keras for two epochs, puts it into a bundle, and asks it on the
// rows that Keras and ONNX Runtime were asked on, and as a visitor does.
func TestKeras(t *testing.T) {
	python, build, dir := python(t), program(t, "build"), t.TempDir()
	data, rows, tables := opinions(t, dir)
	if said := run(t, tensorflow, python, "-c", sameRows, rows, tables); !strings.Contains(said, "alike") {
		t.Errorf("TFRecord and Parquet: %s", said)
	}
	plain, out := filepath.Join(dir, "plain"), filepath.Join(dir, "keras")
	run(t, dir, build, "bundle", "--input", data, "--out", plain, "--retrieval", "pool", "--epochs", "1", "--ship", "measured")
	for _, name := range []string{"embedding_mlp", "wide_and_deep", "neural_cf", "two_towers", "deepfm", "din", "dien"} {
		t.Run(name, func(t *testing.T) {
			said := run(t, dir, python, tensorflowFile(t, name+".py"), "--rows", rows, "--out", out, "--epochs", "2", "--batch", "32")
			t.Log(lastLine(said))
			model := filepath.Join(out, name+".onnx")
			next := filepath.Join(dir, name+".bundle")
			said = run(t, dir, build, "ranker", "--model", model, "--bind", filepath.Join(out, name+".json"), "--bundle", plain, "--out", next)
			t.Log(strings.Split(said, "\n")[0])
			b, _, err := bundledir.Open(next)
			if err != nil || len(b.Pointwise) != 1 {
				t.Fatalf("%d models, %v", len(b.Pointwise), err)
			}
			p := &b.Pointwise[0]
			asked := checked(t, filepath.Join(out, name+".check.json"))
			got := forward(t, p, asked.batch(t, p))
			t.Logf("on rows: off Keras by %.1e and ONNX Runtime by %.1e, at most", farthest(t, got, asked.Keras), farthest(t, got, asked.ONNX))
			t.Logf("as a visitor: off ONNX Runtime by %.1e", visited(t, python, b, p, model))
		})
	}
	t.Run("towers", func(t *testing.T) {
		of := func(name string) string { return filepath.Join(out, "two_towers", name) }
		next := filepath.Join(dir, "towers") + "/"
		said := run(t, dir, build, "import", "--vectors", of("items.npy"), "--ids", of("ids.txt"), "--user-tower", of("user.onnx"), "--bind", of("user.json"), "--items", data, "--out", next)
		if !strings.Contains(said, "Two towers in Keras: a network of") {
			t.Errorf("import says %s", said)
		}
	})
}

// TestOwnModelsInONNXRuntime asks the models that the builder writes, the bundle's ranker among them.
func TestOwnModelsInONNXRuntime(t *testing.T) {
	python, dir := python(t), t.TempDir()
	run(t, root, "go", "test", "-count=1", "-run", "Written", "./build/onnx", "-written", dir)
	t.Log(run(t, root, python, "build/onnx/testdata/check.py", dir)) // fails where one is off by more than 1e-4
	demo, model := filepath.Join(root, "data", "demo"), filepath.Join(dir, "din.onnx")
	run(t, root, program(t, "build"), "export", "--bundle", "data/demo", "--onnx", model, "--model", "DIN")
	b, _, err := bundledir.Open(demo)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(b.Pointwise, func(p ranking.Pointwise) bool { return p.Name == "DIN" })
	t.Logf("DIN of the demo: off by %.1e", visited(t, python, b, &b.Pointwise[at], model))
}

// sameRows reads both forms of the rows and compares them.
const sameRows = `
import sys, rows
a, b = [rows.Schema(folder) for folder in sys.argv[1:]]
for part in ["fit", "valid", "test"]:
    (x, liked), (y, also) = rows.read(a, part), rows.read(b, part)
    assert x.keys() == y.keys() and (liked == also).all() and 0 < liked.mean() < 1, part
    for name in x:
        assert x[name].shape == y[name].shape and (x[name] == y[name]).all(), name
print("alike")
`

func tensorflowFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(tensorflow, name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// check is what Keras and ONNX Runtime answered on rows.
type check struct {
	Inputs map[string]json.RawMessage `json:"inputs"`
	Keras  []float32                  `json:"keras"`
	ONNX   []float32                  `json:"onnxruntime"`
}

func checked(t *testing.T, path string) (c check) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || len(c.Keras) == 0 {
		t.Fatalf("%d answers, %v", len(c.Keras), err)
	}
	return c
}

// batch returns the inputs as p reads them: the numbers, and the ids of each field.
func (c *check) batch(t *testing.T, p *ranking.Pointwise) *nn.Batch {
	t.Helper()
	b := &nn.Batch{Rows: len(c.Keras)}
	if len(p.Schema.Numerics()) > 0 {
		b.Numeric = flat[float32](t, c.Inputs["numbers"])
	}
	for _, f := range p.Schema.Fields() {
		b.IDs = append(b.IDs, flat[int32](t, c.Inputs[f.Name]))
	}
	return b
}

func flat[T any](t *testing.T, text json.RawMessage) (all []T) {
	t.Helper()
	var rows [][]T
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(rows...)
}

// forward runs the graph of p, as the bundle has it.
func forward(t *testing.T, p *ranking.Pointwise, b *nn.Batch) []float32 {
	t.Helper()
	r, err := nn.NewRunner(p.Graph, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(r.Forward(b))
}

// visited has the engine's ranker score items for a visitor who rated seven, asks the model in ONNX Runtime about the same
// columns, and returns by how much the two differ, at most.
func visited(t *testing.T, python string, b *bundle.Bundle, p *ranking.Pointwise, model string) float64 {
	t.Helper()
	now := b.Statistics.AsOf
	var h feature.History
	for i := range 7 {
		h = append(h, feature.Event{Row: catalog.Row(i * b.Catalog.Len() / 11), Stars: float32(1 + i%5), At: now - int64(600*(7-i))})
	}
	list := make([]feature.Candidate, 50)
	for i := range list {
		list[i].Row = catalog.Row(i * b.Catalog.Len() / len(list))
	}
	ranking.NewPointwiseRanker(p, b.Catalog, &b.Statistics).Score(h, list, now)

	e, totals := feature.NewEncoder(&p.Schema, b.Catalog), b.Statistics.Totals()
	var bias feature.Bias
	bias.Read(b.Catalog, h, &b.Statistics, &totals)
	e.SetUser(h, -1, now)
	var scores []float32
	var batch feature.Batch
	batch.Reset(&p.Schema, len(list))
	for i, c := range list {
		scores = append(scores, c.Score)
		crowd := b.Statistics.Crowd(c.Row, &totals)
		bias.Of(b.Catalog.Genres[c.Row], &crowd)
		e.SetItem(c.Row, crowd)
		e.Encode(&batch, i)
	}
	inputs := map[string][]any{}
	names, fields := p.Schema.Numerics(), p.Schema.Fields()
	for i := range list {
		numbers := batch.Numeric[i*len(names):][:len(names)]
		inputs["numbers"] = append(inputs["numbers"], numbers) // side by side, as our models in Keras have them
		for k, name := range names {
			inputs[name] = append(inputs[name], numbers[k:k+1])
		}
		for k, f := range fields {
			inputs[f.Name] = append(inputs[f.Name], batch.IDs[k][i*f.Slots:][:f.Slots])
		}
	}
	text, err := json.Marshal(inputs)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "inputs.json")
	put(t, file, text)
	var answers []float32
	if err := json.Unmarshal([]byte(lastLine(run(t, root, python, tensorflowFile(t, "ask.py"), model, file))), &answers); err != nil {
		t.Fatal(err)
	}
	return farthest(t, scores, answers)
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// farthest returns by how much got is off, at most, and fails the test where that is too much or where all
// answers are much the same.
func farthest(t *testing.T, got, want []float32) (worst float64) {
	t.Helper()
	if len(got) != len(want) || slices.Max(got)-slices.Min(got) < least {
		t.Fatalf("%d answers from %v to %v, want %d", len(got), slices.Min(got), slices.Max(got), len(want))
	}
	for i := range got {
		worst = max(worst, math.Abs(float64(got[i]-want[i])))
	}
	if !(worst <= most) {
		t.Errorf("off by %v at most, want %v", worst, most)
	}
	return worst
}
