//go:build cluster

package cluster

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
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
		titles, err := os.ReadFile(filepath.Join(given, "movies.csv"))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(data, "movies.csv"), titles)
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
