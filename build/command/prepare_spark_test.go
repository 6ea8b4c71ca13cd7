package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrepareFeatures writes features by the pass in Go and the statements for Spark, of
// flags that fit and of those that do not.
func TestPrepareFeatures(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in")
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"items.csv":        "item_id,title\na,Alpha\nb,Beta\n",
		"interactions.csv": "user_id,item_id,timestamp,rating\n1,a,1000000000,4\n1,b,1000000001,3\n2,b,1000000002,2\n",
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	if _, said := call(t, "prepare", "--input", in, "--out", out, "--shards", "2"); !strings.Contains(said, "3 samples, of which 2 older than the cut at 1000000002 are to train on") {
		t.Errorf("prepare --out said %s", said)
	}
	for _, name := range []string{"samples/shard=1", "sequences/shard=0", "users", "items", "transforms", "schema.json"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	bySpark := filepath.Join(dir, "spark")
	if _, said := call(t, "prepare", "--input", in, "--out", bySpark, "--engine", "spark"); !strings.Contains(said, "run it on Spark with: spark-sql --conf") {
		t.Errorf("prepare --engine spark said %s", said)
	}
	if _, err := os.Stat(filepath.Join(bySpark, "prepare.sql")); err != nil {
		t.Error(err)
	}
	for want, args := range map[string][]string{
		"give --work for train, or --out":                        {},
		"1 to 256, not 0":                                        {"--out", dir, "--shards", "0"},
		"are for --engine spark":                                 {"--out", dir, "--master", "local[1]"},
		"give --out in place of --work":                          {"--work", dir, "--engine", "spark"},
		"has no --rating-scale, --repeats sum: take --engine go": {"--out", dir, "--engine", "spark", "--rating-scale", "1-10", "--repeats", "sum"},
		"keep nothing of --name, --titles":                       {"--out", dir, "--name", "Mine", "--titles", filepath.Join(in, "items.csv")},
		"Spark prints its own figures":                           {"--out", dir, "--engine", "spark", "--json"},
		"--log: ":                                                {"--out", dir, "--engine", "spark", "--log", filepath.Join(dir, "none.csv")},
	} {
		var none, said bytes.Buffer
		if code := Run(t.Context(), append([]string{"prepare", "--input", in}, args...), &none, &said); code != 2 || !strings.Contains(said.String(), want) {
			t.Errorf("prepare %v: code %d and %s, want 2 and %q", args, code, said.String(), want)
		}
	}
}
