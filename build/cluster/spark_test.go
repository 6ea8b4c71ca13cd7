//go:build cluster

package cluster

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"sparrow/build/spark"
)

// TestSparkAgrees prepares a made-up log by both engines and holds every row of every
// table against each other, bit by bit.
func TestSparkAgrees(t *testing.T) {
	dir := t.TempDir()
	made{items: 300, users: 400, rows: 30_000, odd: true}.write(t, dir)
	agree(t, dir, sparkCluster(t, "1g"), "--repeats", "newest")
}

// TestSparkAgreesOnMovieLens does so with MovieLens 1M, where SPARROW_DATA has it.
func TestSparkAgreesOnMovieLens(t *testing.T) {
	dir := filepath.Join(os.Getenv("SPARROW_DATA"), "ml-1m")
	if os.Getenv("SPARROW_DATA") == "" {
		t.Skip("SPARROW_DATA names no folder")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, dir, sparkCluster(t, "2g"))
}

// TestSparkScale does so with as many made-up rows as SPARROW_SPARK_ROWS says, as
// 25000000.
func TestSparkScale(t *testing.T) {
	rows, _ := strconv.Atoi(os.Getenv("SPARROW_SPARK_ROWS"))
	if rows == 0 {
		t.Skip("SPARROW_SPARK_ROWS says no number of rows")
	}
	dir := t.TempDir()
	made{items: max(100, rows/400), users: max(100, rows/150), rows: rows}.write(t, dir)
	agree(t, dir, sparkCluster(t, "3g"), "--repeats", "newest")
}

// TestSparkLogs reads the same rows in each form that a log may have.
func TestSparkLogs(t *testing.T) {
	dir := t.TempDir()
	type row struct {
		User   int64   `parquet:"user_id"`
		Item   string  `parquet:"item_id"`
		Moment int64   `parquet:"timestamp"`
		Rating float64 `parquet:"rating"`
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	table := filepath.Join(dir, "log.parquet")
	if err := parquet.WriteFile(table, []row{{7, "a", 1_000_000_000, 3.5}, {8, "b", 1_000_000_001, 4}}); err != nil {
		t.Fatal(err)
	}
	script := ""
	for form, path := range map[string]string{
		"csv.sql":       write("interactions.csv", "rating,user_id,item_id,timestamp\n3.5,7,a,1000000000\n4.0,8,b,1000000001\n"),
		"movielens.sql": write("ratings.csv", "userId,movieId,rating,timestamp\n7,a,3.5,1000000000\n8,b,4.0,1000000001\n"),
		"dat.sql":       write("ratings.dat", "7::a::3.5::1000000000\n8::b::4.0::1000000001\n"),
		"parquet.sql":   table,
	} {
		text, err := os.ReadFile(filepath.Join(root, "build", "spark", form))
		if err != nil {
			t.Fatal(err)
		}
		script += "SET sparrow.log=" + path + ";\n" + string(text) +
			"SELECT '" + form + "', array_join(array_sort(collect_list(concat_ws(' ', user_id, item_id, timestamp, rating))), ', ') FROM log;\nDROP VIEW log;\n"
	}
	out := run(t, dir, filepath.Join(sparkHome(t), "bin", "spark-sql"), "--master", "local[1]", "--conf", "spark.sql.catalogImplementation=in-memory", "-f", write("all.sql", script))
	for _, form := range []string{"csv", "movielens", "dat", "parquet"} {
		if want := form + ".sql\t7 a 1000000000 3.5, 8 b 1000000001 4.0"; !strings.Contains(out, want) {
			t.Errorf("%s.sql: got\n%s\nwant the line %q", form, out, want)
		}
	}
}

// TestSparkRefuses gives Spark logs that it must not make samples of, and holds that it
// says why and that nothing of the run stays.
func TestSparkRefuses(t *testing.T) {
	submit := filepath.Join(sparkHome(t), "bin", "spark-sql")
	sparkDefaults(t, "spark.sql.shuffle.partitions 1\nspark.ui.enabled false\n")
	for name, c := range map[string]struct{ row, want string }{
		"bad rows":      {"%d,1,yesterday,3\n", "go on without them with a larger --max-bad"},
		"unknown items": {"%d,none,1000000000,3\n", "go on without them with a larger --max-unknown"},
		"repeats":       {"%[1]d,1,1000000000,\n%[1]d,1,1000000001,\n", "--repeats newest drops the older ones"},
		"equal times":   {"%[1]d,1,1000000000,3\n%[1]d,2,1000000000,3\n", "give the log a timestamp with the moments"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log := "user_id,item_id,timestamp,rating\n"
			for u := range 30 {
				log += fmt.Sprintf(c.row, u)
			}
			for name, text := range map[string]string{"items.csv": "item_id,title\n1,One\n2,Two\n", "interactions.csv": log} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			out := filepath.Join(dir, "out")
			said, err := exec.CommandContext(t.Context(), program(t, "build"), "prepare", "--input", dir, "--out", out, "--shards", "1",
				"--engine", "spark", "--master", "local[1]", "--submit", submit).CombinedOutput()
			if err == nil || !strings.Contains(string(said), c.want) {
				t.Errorf("%v, and it said\n%s\nwant %q", err, said, c.want)
			}
			for _, table := range spark.Tables {
				if _, err := os.Stat(filepath.Join(out, table)); err == nil {
					t.Errorf("%s stays", table)
				}
			}
		})
	}
}

// agree prepares the data in dir by both engines and compares all tables.
func agree(t *testing.T, dir string, e engine, flags ...string) {
	t.Helper()
	out := t.TempDir()
	build := program(t, "build")
	prepare := func(to string, more ...string) string {
		began := time.Now()
		args := slices.Concat([]string{"prepare", "--input", dir, "--out", filepath.Join(out, to), "--shards", "4"}, flags, more)
		said := run(t, out, build, args...)
		t.Logf("%s: %.1f s", to, time.Since(began).Seconds())
		return said
	}
	prepare("go")
	t.Log(prepare("spark", "--engine", "spark", "--master", e.master, "--submit", e.submit))
	a, b := filepath.Join(out, "go"), filepath.Join(out, "spark")
	same[spark.User](t, a, b, "users/shard=*")
	same[spark.Sequence](t, a, b, "sequences/shard=*")
	same[spark.Transform](t, a, b, "transforms")
	same[spark.Sample](t, a, b, "samples/shard=*")
}

// same compares the rows of a table, a shard at a time: by the hash of their sorted hashes.
func same[T any](t *testing.T, a, b, table string) {
	t.Helper()
	shards, err := filepath.Glob(filepath.Join(a, table))
	if err != nil || len(shards) == 0 {
		t.Fatalf("%s has no %s", a, table)
	}
	of := 0
	for _, shard := range shards {
		name, _ := filepath.Rel(a, shard)
		left, right := hashes[T](t, shard), hashes[T](t, filepath.Join(b, name))
		of += len(left)
		if hashOf(left) == hashOf(right) {
			continue
		}
		t.Errorf("%s: %d and %d rows, which differ", name, len(left), len(right))
		only(t, "in Go alone", left, right)
		only(t, "in Spark alone", right, left)
	}
	if !t.Failed() {
		t.Logf("%s: %d rows are the same, bit by bit", table, of)
	}
}

// hashed is a row as text and its hash.
type hashed struct {
	sum  [16]byte
	text string // of the first rows only
}

// hashes returns the rows of all files in a folder, sorted.
func hashes[T any](t *testing.T, folder string) (all []hashed) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		reader := parquet.NewGenericReader[T](f)
		batch := make([]T, 1000)
		for {
			clear(batch)
			n, err := reader.Read(batch)
			for _, row := range batch[:n] {
				text := fmt.Sprintf("%+v", row)
				sum := sha256.Sum256([]byte(text))
				all = append(all, hashed{[16]byte(sum[:16]), ""})
				if len(all) <= 100_000 {
					all[len(all)-1].text = text
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
		reader.Close()
		f.Close()
	}
	slices.SortFunc(all, func(x, y hashed) int { return cmp.Compare(string(x.sum[:]), string(y.sum[:])) })
	return all
}

func hashOf(all []hashed) [32]byte {
	h := sha256.New()
	for _, x := range all {
		h.Write(x.sum[:])
	}
	return [32]byte(h.Sum(nil))
}

// only logs the first rows of a that b does not have.
func only(t *testing.T, what string, a, b []hashed) {
	t.Helper()
	there := map[[16]byte]bool{}
	for _, x := range b {
		there[x.sum] = true
	}
	var missing []string
	for _, x := range a {
		if !there[x.sum] {
			missing = append(missing, x.text)
		}
	}
	slices.Sort(missing)
	for i := range missing {
		missing[i] = missing[i][:min(len(missing[i]), 1500)]
	}
	t.Logf("%s: %d rows, first\n%s", what, len(missing), strings.Join(missing[:min(3, len(missing))], "\n"))
}
