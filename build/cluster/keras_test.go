//go:build cluster

package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
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

// tensorflow is the folder of the models in Keras.
const tensorflow = root + "/build/tensorflow"

// python returns a Python with what the models in Keras need, installed once for each list of versions.
func python(t testing.TB) string {
	t.Helper()
	folder := installed(t, "keras")
	needs, err := os.ReadFile(filepath.Join(tensorflow, "requirements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	path, mark := filepath.Join(folder, "venv", "bin", "python"), filepath.Join(folder, "requirements.txt")
	if has, err := os.ReadFile(mark); err == nil && string(has) == string(needs) {
		return path
	}
	run(t, folder, "python3", "-m", "venv", "venv")
	run(t, tensorflow, path, "-m", "pip", "install", "-q", "-r", "requirements.txt")
	if err := os.WriteFile(mark, needs, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// opinions prepares ratings and returns the folder of the data and those of the rows: TFRecord and Parquet.
func opinions(t *testing.T, dir string) (data, rows, tables string) {
	t.Helper()
	build, data := program(t, "build"), filepath.Join(dir, "data")
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	given := filepath.Join(os.Getenv("SPARROW_DATA"), "ml-latest-small")
	if ratings, err := os.ReadFile(filepath.Join(given, "ratings.csv")); err == nil {
		movies, err := os.ReadFile(filepath.Join(given, "movies.csv"))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(data, "movies.csv"), movies)
		put(t, filepath.Join(data, "ratings.csv"), ratings[:bytes.Index(ratings, []byte("\n41,"))+1]) // of forty people
	} else {
		items, interactions := madeUp()
		put(t, filepath.Join(data, "items.csv"), items)
		put(t, filepath.Join(data, "interactions.csv"), interactions)
	}
	work, rows, tables := filepath.Join(dir, "work"), filepath.Join(dir, "rows"), filepath.Join(dir, "tables")
	run(t, dir, build, "prepare", "--input", data, "--work", work)
	run(t, dir, build, "export", "--work", work, "--tfrecord", rows, "--parquet", tables)
	return data, rows, tables
}

// madeUp returns items of two genres and the ratings of forty people, who like one of them.
func madeUp() (items, interactions []byte) {
	items, interactions = []byte("item_id,title,year,genres\n"), []byte("user_id,item_id,rating,timestamp\n")
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 150
	for i := range n {
		items = fmt.Appendf(items, "i%d,Title %d,%d,%s\n", i, i, 1960+i%60, []string{"Crime", "Travel"}[i%2])
	}
	for u := range 40 {
		for k, i := range rng.Perm(n)[:80] {
			stars := 2 + rng.IntN(2)
			if i%2 == u%2 {
				stars += 2
			}
			interactions = fmt.Appendf(interactions, "u%d,i%d,%d,%d\n", u, i, stars, 1_500_000_000+u*1000+k*86_400)
		}
	}
	return items, interactions
}

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
			scores, inputs := visited(t, b, p)
			file := filepath.Join(dir, name+".inputs.json")
			put(t, file, inputs)
			var answers []float32
			if err := json.Unmarshal([]byte(lastLine(run(t, dir, python, tensorflowFile(t, "ask.py"), model, file))), &answers); err != nil {
				t.Fatal(err)
			}
			t.Logf("as a visitor: off ONNX Runtime by %.1e", farthest(t, scores, answers))
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

// visited has the engine's ranker score items for a visitor who rated seven, and returns the scores with what
// the columns of p are for each item, by input, as JSON.
func visited(t *testing.T, b *bundle.Bundle, p *ranking.Pointwise) (scores []float32, inputs []byte) {
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
	var batch feature.Batch
	batch.Reset(&p.Schema, len(list))
	for i, c := range list {
		scores = append(scores, c.Score)
		crowd := b.Statistics.Crowd(c.Row, &totals)
		bias.Of(b.Catalog.Genres[c.Row], &crowd)
		e.SetItem(c.Row, crowd)
		e.Encode(&batch, i)
	}
	of := map[string]any{}
	if n := len(p.Schema.Numerics()); n > 0 {
		of["numbers"] = slices.Collect(slices.Chunk(batch.Numeric, n))
	}
	for i, f := range p.Schema.Fields() {
		of[f.Name] = slices.Collect(slices.Chunk(batch.IDs[i], f.Slots))
	}
	text, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	return scores, text
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
