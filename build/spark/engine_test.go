package spark

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJobWrite(t *testing.T) {
	dir, d := "", read(t, smallItems, smallLog)
	j := Job{Form: "csv.sql", Log: "s3a://bucket/log.csv", Shards: 4, Bad: .001, Unknown: .25, Master: "spark://host:7077", Submit: "/opt/bin/spark-sql"}
	for submit, want := range map[string][]string{
		"/opt/bin/spark-sql":    {"/opt/bin/spark-sql", "--master", "spark://host:7077", "--conf", "spark.sql.catalogImplementation=in-memory", "-f"},
		"/opt/bin/spark-submit": {"/opt/bin/spark-submit", "--class", "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver", "--master", "spark://host:7077", "--conf", "spark.sql.catalogImplementation=in-memory", "spark-internal", "-f"},
	} {
		dir = t.TempDir()
		j.Submit, j.Out = submit, dir
		got, err := j.Write(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append(want, filepath.Join(dir, "prepare.sql")), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", submit, diff)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "prepare.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SET sparrow.out=" + dir + ";\n", "SET sparrow.log=s3a://bucket/log.csv;\n", "SET sparrow.shards=4;\n", "SET sparrow.repeats=auto;\n", "CREATE TABLE samples"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("prepare.sql lacks %q", want)
		}
	}
	// Every ${sparrow.NAME} is set.
	for _, part := range strings.Split(string(text), "${sparrow.")[1:] {
		name, _, _ := strings.Cut(part, "}")
		if !strings.Contains(string(text), "SET sparrow."+name+"=") {
			t.Errorf("sparrow.%s is used and not set", name)
		}
	}
	j.Log, j.Out = "/tmp/it's", filepath.Join(dir, "other")
	if _, err := j.Write(t.Context(), d); err == nil || !strings.Contains(err.Error(), "give another one") {
		t.Errorf("a path that ends a string: %v", err)
	}
	if _, err := os.Stat(j.Out); err == nil {
		t.Error("a folder was made all the same")
	}
}

// TestJobRun runs a program in place of Spark.
func TestJobRun(t *testing.T) {
	dir := t.TempDir()
	for _, name := range Tables {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var said []string
	j := Job{Out: dir}
	if err := j.Run(t.Context(), []string{"sh", "-c", "echo one; echo two"}, func(line string) { said = append(said, line) }); err != nil || !slices.Equal(said, []string{"one", "two"}) {
		t.Errorf("said %q, %v", said, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "samples")); err != nil {
		t.Errorf("after a run that ended well: %v", err)
	}
	err := j.Run(t.Context(), []string{"sh", "-c", "echo the reason >&2; exit 3"}, func(string) {})
	if err == nil || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("error %v, want what the program wrote", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v stays of a run that failed", left)
	}
}

func TestFormOf(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		form  string
		wrong string
	}{
		"ours":              {map[string]string{"items.csv": "", "interactions.csv": "user_id,item_id,rating,timestamp\r\n1,2,3,4"}, "csv.sql", ""},
		"MovieLens":         {map[string]string{"movies.csv": "", "ratings.csv": ""}, "movielens.sql", ""},
		"older MovieLens":   {map[string]string{"movies.dat": "", "ratings.dat": ""}, "dat.sql", ""},
		"events":            {map[string]string{"items.csv": "", "interactions.csv": "user_id,item_id,timestamp,event\n"}, "", "events and weights are for --engine go"},
		"a catalog alone":   {map[string]string{"items.csv": ""}, "", "--log names one elsewhere"},
		"nothing it can be": {nil, "", "--log names one elsewhere"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range c.files {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			form, _, err := FormOf(dir)
			if form != c.form || (err != nil) != (c.wrong != "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("form %q, %v; want %q and %q", form, err, c.form, c.wrong)
			}
		})
	}
	for log, want := range map[string]string{"s3a://b/x.csv.gz": "csv.sql", "hdfs://h/x.csv": "csv.sql", "/data/log": "parquet.sql"} {
		if got := FormAt(log); got != want {
			t.Errorf("FormAt(%s) = %s, want %s", log, got, want)
		}
	}
}
