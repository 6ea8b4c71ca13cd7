package command

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/build/lists"
	"sparrow/build/pipeline"
)

// small is a data set that trains in seconds, brief one for tests that train it several times.
var (
	small = dataset.Shape{Seed: 1, Users: 200, Items: 90, Interactions: 5000, Groups: 3}
	brief = dataset.Shape{Seed: 1, Users: 90, Items: 60, Interactions: 2200, Groups: 3}
)

func written(t *testing.T, s dataset.Shape) string {
	t.Helper()
	dir := t.TempDir()
	if err := s.Write(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// makeSmall trains small once for all tests that only ask it.
var makeSmall = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "sparrow-small-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := small.Write(context.Background(), dir); err != nil {
		return nil, err
	}
	var out, said bytes.Buffer
	path := filepath.Join(dir, "small.bundle")
	if code := Run(context.Background(), []string{"bundle", "--input", dir, "--out", path, "--ship", "measured"}, &out, &said); code != 0 {
		return nil, errors.New(said.String())
	}
	return os.ReadFile(path)
})

// trainedSmall returns the path of a bundle of small.
func trainedSmall(t *testing.T) string {
	t.Helper()
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "small.bundle")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// call runs a command line that must succeed and returns its standard output
// and what it told people.
func call(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	if code := Run(context.Background(), args, &out, &err); code != 0 {
		t.Fatalf("build %s: exit code %d\n%s", strings.Join(args, " "), code, err.String())
	}
	return out.String(), err.String()
}

func TestMisuse(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"", 0, ""},
		{"cook", 2, "cook"},
		{"fetch ml-1", 2, "must be one of"},
		{"bundle", 2, "--input"},
		{"bundle --input /no/such/folder --out x", 2, "no/such"},
		{"bundle --input . --out x --max-bad lots", 2, "is not a share"},
		{"bundle --input . --out x --width 257", 2, "--width must be"},
		{"bundle --input " + dir + " --out x", 1, "holds no data set"},
		{"train --work " + dir, 2, "run it first"},
		{"pack --work " + dir + " --out x", 2, "run it first"},
		{"evaluate --bundle command.go --input . --protocol guess", 2, "must be one of"},
		{"evaluate --bundle command.go --input . --test-file command.go --protocol time-split", 2, "leave --protocol out"},
		{"evaluate --bundle command.go --input . --items-file command.go --protocol leave-one-out-sampled", 2, "leave one out"},
		{"evaluate --bundle command.go --input . --resamples=-1", 2, "not negative"},
		{"similar --bundle " + dir + "/none --item 1", 2, "no such file"},
		{"recommend --bundle command.go --histories command.go --out - --strength 2", 2, "--strength must be"},
		{"recommend --bundle command.go --histories command.go --out - --stage retrieval --rerank dpp", 2, "leave --stage out"},
		{"neighbors --bundle command.go --hashes 33", 2, "--hashes must be"},
		{"neighbors --bundle command.go --probes 1,0", 2, "--probes must be"},
		{"inspect --bundle command.go", 1, "command.go: "},
		{"report --feedback . --bundle command.go --days 0", 2, "--days must be"},
		{"report --feedback . --bundle command.go --visitors=-1", 2, "--visitors must not"},
		{"report --feedback " + dir + "/none --bundle command.go", 2, "none"},
		{"feedback --from " + dir + "/none", 2, "no such file"},
		{"bundle --input . --out x --feedback . --click 0", 2, "--click must be"},
		{"lists --bundle " + dir, 1, "make a bundle there first"},
		{"lists --bundle " + dir + "/none", 2, "none"},
		{"trending --from . --out " + dir, 1, "make a bundle there first"},
		{"trending --from . --out " + dir + " --half-life soon", 2, "is not a span"},
	} {
		t.Run(c.args, func(t *testing.T) {
			var out, err bytes.Buffer
			code := Run(context.Background(), strings.Fields(c.args), &out, &err)
			if code != c.code || !strings.Contains(err.String(), c.want) {
				t.Errorf("exit code %d, want %d; says %q, want %q in it", code, c.code, err.String(), c.want)
			}
		})
	}
}

// TestBundle makes a bundle on one and on two processors, in one go and in
// steps: the bytes must be the same. It is trained twice, as it is by default.
func TestBundle(t *testing.T) {
	in, dir := written(t, brief), t.TempDir()
	make1 := func(procs int, name string) pipeline.Packed {
		t.Helper()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		out, _ := call(t, "bundle", "--input", in, "--out", filepath.Join(dir, name)+"/", "--name", "Small", "--json")
		var p pipeline.Packed
		if err := json.Unmarshal([]byte(out), &p); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		return p
	}
	one, two := make1(1, "one"), make1(2, "two")
	if one.SHA256 != two.SHA256 || one.SHA256 == "" {
		t.Errorf("the bundle is %s on one processor and %s on two", one.SHA256, two.SHA256)
	}
	if one.Data.Items != brief.Items || one.Data.Users != brief.Users || len(one.Metrics) == 0 {
		t.Errorf("figures of the run: %+v", one)
	}

	work := filepath.Join(dir, "work")
	steps := func() (said []string) {
		for _, args := range [][]string{
			{"prepare", "--input", in, "--work", work, "--name", "Small"},
			{"train", "--work", work},
			{"pack", "--work", work, "--out", dir},
		} {
			_, err := call(t, args...)
			said = append(said, err)
		}
		return said
	}
	for i, said := range steps() {
		if strings.Contains(said, "not run again") {
			t.Errorf("step %d was not run the first time", i)
		}
	}
	data, path, err := bundledir.Read(dir)
	if err != nil || filepath.Base(path) != one.SHA256+".bundle" || len(data) != one.Bytes {
		t.Errorf("in steps the bundle is %s of %d bytes, error %v; want %s of %d", path, len(data), err, one.SHA256, one.Bytes)
	}
	for i, said := range steps() {
		if !strings.Contains(said, "not run again") {
			t.Errorf("step %d was run again though nothing had changed", i)
		}
	}
	os.Remove(path)
	os.Remove(filepath.Join(work, "ranking.gob"))
	said := steps()
	if !strings.Contains(said[0], "not run again") || strings.Count(said[1], "not run again") != 5 || strings.Contains(said[2], "not run again") {
		t.Errorf("after the ranker and the bundle were lost the steps said %q", said)
	}
	if again, _, err := bundledir.Read(dir); err != nil || !bytes.Equal(again, data) {
		t.Errorf("the bundle that was lost did not come back as it was (%v)", err)
	}
	if !lists.Written(dir, one.SHA256) {
		t.Error("pack wrote no lists into the folder")
	}
	entries, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if len(entries) > 0 {
		t.Errorf("left behind: %q", entries)
	}
}

// TestInterrupted ends the run at different moments; no file may be left.
func TestInterrupted(t *testing.T) {
	in := written(t, brief)
	for _, sign := range []string{"", "90 users", "ranking:"} { // what is said at the moment; "" is before anything
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		if sign == "" {
			cancel()
		}
		w := writerFunc(func(p []byte) (int, error) {
			if sign != "" && bytes.Contains(p, []byte(sign)) {
				cancel()
			}
			return len(p), nil
		})
		if code := Run(ctx, []string{"bundle", "--input", in, "--out", filepath.Join(dir, "b.bundle")}, w, w); code != exitFailure {
			t.Errorf("interrupted at %q: exit code %d, want %d", sign, code, exitFailure)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("interrupted at %q: left %v", sign, entries)
		}
		cancel()
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestVerbsOverABundle asks a bundle of planted structure with every verb.
func TestVerbsOverABundle(t *testing.T) {
	in, dir := written(t, small), t.TempDir()
	b := trainedSmall(t)

	// A user who likes group 1 (items 2, 5, 8, …) is given group 1, once ranked.
	h := "user_id,item_id,timestamp,rating\nann,2,10,5\nann,5,20,5\nann,8,30,4.5\nbob,404,1,3\nann,404,1,3\n"
	if err := os.WriteFile(filepath.Join(dir, "H.csv"), []byte(h), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, stage := range []string{"ranking", "retrieval"} {
		out := filepath.Join(dir, stage+".csv")
		_, said := call(t, "recommend", "--bundle", b, "--histories", filepath.Join(dir, "H.csv"), "--k", "5", "--out", out, "--stage", stage, "--max-unknown", "50%")
		if !strings.Contains(said, "H.csv: left out, since not in the catalog: 2 rows of 1 item: 404") {
			t.Errorf("recommend says nothing of an unknown item:\n%s", said)
		}
		f, err := os.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(rows) != 11 || strings.Join(rows[0], ",") != "user_id,rank,item_id,score" || rows[6][0] != "bob" {
			t.Fatalf("%s: %v, error %v; want a header, 5 rows of ann, 5 of bob", stage, rows, err)
		}
		group := 0
		for i, r := range rows[1:6] {
			if r[2] == "2" || r[2] == "5" || r[2] == "8" || r[1] != string(rune('1'+i)) {
				t.Errorf("%s: row %v is of the history or has a wrong rank", stage, r)
			}
			if n := len(r[2]); n > 0 && (atoi(r[2])-1)%small.Groups == 1 {
				group++
			}
		}
		if stage == "ranking" && group < 4 {
			t.Errorf("%s: %d of 5 are of the group that was liked, want at least 4: %v", stage, group, rows[1:6])
		}
	}

	out, _ := call(t, "similar", "--bundle", b, "--item", "2", "--k", "4", "--json")
	var list []similarFigure
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 4 {
		t.Fatalf("similar: %v in %s", err, out)
	}
	for _, s := range list {
		if (atoi(s.ID)-1)%small.Groups != 1 {
			t.Errorf("similar to item 2: %+v is of another group", s)
		}
	}

	if out, _ := call(t, "inspect", "--bundle", b); !strings.Contains(out, "sha256") {
		t.Errorf("inspect shows no hash:\n%s", out)
	}

	b = filepath.Join(dir, "all.bundle")
	call(t, "bundle", "--input", in, "--out", b, "--holdout", "0", "--epochs", "1")
	if _, said := call(t, "evaluate", "--bundle", b, "--input", in, "--no-baselines"); !strings.Contains(said, "it has seen answers") {
		t.Errorf("evaluate does not notice that the bundle has seen the answers:\n%s", said)
	}
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}
