//go:build cluster

package cluster

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestSparkVectors makes vectors by MLlib of what prepare wrote, where every user likes
// items of one half alone: an item's nearest vector is of its half, and import reads them.
func TestSparkVectors(t *testing.T) {
	home := sparkHome(t)
	python := filepath.Join(installed(t, "spark"), "venv", "bin", "python")
	t.Setenv("PYSPARK_PYTHON", python)
	run(t, root, python, "-m", "pip", "install", "-q", "numpy==2.4.6")
	dir := t.TempDir()
	halves(t, dir)
	features, out := filepath.Join(dir, "features"), filepath.Join(dir, "vectors")
	run(t, dir, program(t, "build"), "prepare", "--input", dir, "--out", features, "--shards", "2")
	job, err := filepath.Abs(filepath.Join(root, "build", "spark", "embed.py"))
	if err != nil {
		t.Fatal(err)
	}
	said := run(t, dir, filepath.Join(home, "bin", "spark-submit"), "--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=2", job, features, out)
	if !strings.Contains(said, "by LSH: ") {
		t.Errorf("no neighbours by LSH in\n%s", said)
	}
	type row struct {
		Item   string    `parquet:"item_id"`
		User   string    `parquet:"user_id"`
		Vector []float32 `parquet:"vector,list"`
	}
	for name, n := range map[string]int{"word2vec": 40, "als": 40, "users": 60} {
		files, _ := filepath.Glob(filepath.Join(out, name, "*.parquet"))
		if len(files) != 1 {
			t.Fatalf("%d files of %s", len(files), name)
		}
		rows, err := parquet.ReadFile[row](files[0])
		if err != nil || len(rows) != n || len(rows[0].Vector) != 10 {
			t.Fatalf("%s: %d rows, want %d of 10 numbers: %v", name, len(rows), n, err)
		}
		if name != "word2vec" {
			continue
		}
		same := 0
		for _, a := range rows {
			best, nearest := -2., row{}
			for _, b := range rows {
				if c := cosine(a.Vector, b.Vector); a.Item != b.Item && c > best {
					best, nearest = c, b
				}
			}
			if a.Item[0] == nearest.Item[0] {
				same++
			}
		}
		if same < 36 {
			t.Errorf("the nearest vector of %d of 40 items is of its half, want 36", same)
		}
		run(t, dir, program(t, "build"), "import", "--vectors", files[0], "--items", filepath.Join(dir, "items.csv"), "--out", filepath.Join(dir, "bundle")+"/")
	}
}

// cosine returns that of two vectors, which are not 0.
func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

// halves writes a log of 60 users and 40 items, a0 to a19 and b0 to b19.
func halves(t *testing.T, dir string) {
	t.Helper()
	items, log := "item_id,title\n", "user_id,item_id,timestamp,rating\n"
	for i := range 20 {
		items += fmt.Sprintf("a%d,Title a%[1]d\nb%[1]d,Title b%[1]d\n", i)
	}
	for u := range 60 {
		for k := range 15 {
			log += fmt.Sprintf("u%d,%c%d,%d,4\n", u, "ab"[u%2], (u*7+k*(1+u%3*2))%20, 1_000_000_000+1000*u+k)
		}
	}
	for name, text := range map[string]string{"items.csv": items, "interactions.csv": log} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
