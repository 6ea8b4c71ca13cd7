package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// towers writes the items of a tower of build/onnx/testdata, their vectors and the file that binds
// it, and returns what it was asked and what ONNX Runtime answered.
func towers(t *testing.T, name, dir string) (histories [][]int, vectors, answers [][]float32) {
	t.Helper()
	text, err := os.ReadFile("../onnx/testdata/towers/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var x struct {
		Bind             json.RawMessage
		Vectors, Answers [][]float32
		Histories        [][]int
	}
	if err := json.Unmarshal(text, &x); err != nil {
		t.Fatal(err)
	}
	ids, items, lines := "", "item_id,title\n", ""
	for i, v := range x.Vectors {
		ids += fmt.Sprintf("i%d\n", i)
		items += fmt.Sprintf("i%d,Title %d\n", i, i)
		lines += fmt.Sprintf("i%d %s\n", i, strings.Trim(fmt.Sprint(v), "[]"))
	}
	for file, text := range map[string]string{"items.txt": ids, "items.csv": items + "late,Without a vector\n", "vectors.vec": lines, "bind.json": string(x.Bind)} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return x.Histories, x.Vectors, x.Answers
}

// TestTwoTowersRetrieve: a bundle of a model of two towers makes the vectors of users that ONNX Runtime
// makes, but for 8 bits; its best item is that of their products, and what has no vector is in no list.
func TestTwoTowersRetrieve(t *testing.T) {
	for _, name := range []string{"torch", "keras", "sklearn"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			histories, vectors, answers := towers(t, name, dir)
			out := filepath.Join(dir, "towers.bundle")
			_, said := call(t, "import", "--vectors", filepath.Join(dir, "vectors.vec"), "--user-tower", "../onnx/testdata/towers/"+name+".onnx",
				"--bind", filepath.Join(dir, "bind.json"), "--items", filepath.Join(dir, "items.csv"), "--out", out)
			if !strings.Contains(said, "of the ten best items, for 100 made-up histories") {
				t.Errorf("import says %s", said)
			}
			b, _, err := bundledir.Open(out)
			if err != nil {
				t.Fatal(err)
			}
			e, encoder, u := engine.New(b), retrieval.NewEncoder(&b.Retrieval), make([]float32, b.Retrieval.Out.Cols)
			right, asked := 0, 0
			for i, rows := range histories {
				var h feature.History
				for k := len(rows) - 1; k >= 0; k-- { // oldest first
					if rows[k] >= 0 {
						r, _ := b.Catalog.Row(catalog.ID(fmt.Sprint("i", rows[k])))
						h = append(h, feature.Event{Row: r, Stars: 5, At: int64(1000 - k)})
					}
				}
				encoder.UserVector(u, h)
				for k, want := range answers[i] {
					if math.Abs(float64(u[k]-want)) > 0.05 {
						t.Errorf("history %v: the vector is %v, want %v", rows, u[:4], answers[i])
						break
					}
				}
				best, top := -1, math.Inf(-1)
				for item, v := range vectors {
					score := 0.0
					for k := range v {
						score += float64(v[k] * answers[i][k])
					}
					if r, _ := b.Catalog.Row(catalog.ID(fmt.Sprint("i", item))); score > top && !contains(h, r) {
						best, top = item, score
					}
				}
				list := e.Recommend(engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: 5})
				asked++
				if b.Catalog.IDs[list[0].Row] == catalog.ID(fmt.Sprint("i", best)) {
					right++
				}
				for _, x := range list {
					if b.Catalog.IDs[x.Row] == "late" {
						t.Errorf("history %v: an item without a vector is recommended", rows)
					}
				}
			}
			if right < asked-2 { // two may be as good
				t.Errorf("the best item is that of ONNX Runtime for %d of %d histories", right, asked)
			}
			if printed, _ := call(t, "inspect", "--bundle", out); !strings.Contains(printed, "network (retrieval)") {
				t.Errorf("inspect prints\n%s", printed)
			}
		})
	}
}

func contains(h feature.History, r catalog.Row) bool {
	for _, e := range h {
		if e.Row == r {
			return true
		}
	}
	return false
}

// TestTowersMisuse: what does not fit is said with what to do.
func TestTowersMisuse(t *testing.T) {
	dir := t.TempDir()
	towers(t, "torch", dir)
	tower := " --user-tower ../onnx/testdata/towers/torch.onnx"
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{tower, exitUsage, "--user-tower and --bind go together"},
		{tower + " --width 4 --bind " + dir + "/bind.json", exitUsage, "--width is of vectors that are compared by their cosine"},
		{" --user-tower ../onnx/testdata/torch.onnx --bind " + dir + "/bind.json", exitFailure, `input "x" of a user's tower`},
	} {
		var out, said bytes.Buffer
		args := strings.Fields("import --vectors " + dir + "/vectors.vec --items " + dir + "/items.csv --out " + dir + "/b.bundle" + c.args)
		if code := Run(context.Background(), args, &out, &said); code != c.code || !strings.Contains(said.String(), c.want) {
			t.Errorf("build import%s: exit code %d, says %q, want %q", c.args, code, said.String(), c.want)
		}
	}
}
