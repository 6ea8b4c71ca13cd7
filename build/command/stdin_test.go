package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// from makes a file the standard input of the program.
func from(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = f
	t.Cleanup(func() { os.Stdin = before; f.Close() })
}

// TestHistoriesFromStandardInput recommends from a pipe what a file gives.
func TestHistoriesFromStandardInput(t *testing.T) {
	b, dir := trainedSmall(t), t.TempDir()
	t.Setenv("TMPDIR", dir)
	h := filepath.Join(t.TempDir(), "H.csv")
	if err := os.WriteFile(h, []byte("user_id,item_id,timestamp\nann,2,10\nann,5,20\nann,8,20\nann,404,30\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	want, _ := call(t, "recommend", "--bundle", b, "--histories", h, "--out", "-")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(h)
	go func() { w.Write(text); w.Close() }()
	before := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = before }()
	got, said := call(t, "recommend", "--bundle", b, "--histories", "-", "--out", "-")
	if got != want || strings.Count(got, "\n") != 11 {
		t.Errorf("from the standard input: %s\nfrom a file: %s", got, want)
	}
	if !strings.Contains(said, "stdin") {
		t.Errorf("a row of the standard input is not said to be there:\n%s", said)
	}
	if all, _ := os.ReadDir(dir); len(all) > 0 {
		t.Errorf("left behind: %v", all)
	}
}

// TestStandardInputOfOtherVerbs reads test answers and experiments from it.
func TestStandardInputOfOtherVerbs(t *testing.T) {
	g := usable(t)
	from(t, g["experiments"])
	if out, _ := call(t, "experiment", "check", "-"); !strings.Contains(out, "valid") {
		t.Errorf("experiment check - prints %q", out)
	}
	from(t, g["histories"])
	if out, _ := call(t, "evaluate", "--bundle", g["bundle"], "--input", g["input"], "--test-file", "-", "--no-baselines"); !strings.Contains(out, "NDCG") {
		t.Errorf("evaluate --test-file - prints %q", out)
	}
}

// TestLengthsAreSaid asks for longer lists than there are: it is said once, with the
// reason, and not where they are as long as asked for.
func TestLengthsAreSaid(t *testing.T) {
	g := usable(t)
	for args, want := range map[string]string{
		"recommend --histories " + g["histories"] + " --out - --k 1000":                   "--k 1000: the catalog has only 90 items",
		"recommend --histories " + g["histories"] + " --out - --k 90":                     "",
		"evaluate --input " + g["input"] + " --k 91 --no-baselines":                       "--k 91: the catalog has only 90 items",
		"simulate --visitors 2 --length 91":                                               "--length 91: the catalog has only 90 items",
		"neighbors --cells 91":                                                            "--cells 91: as many as items at most, 90",
		"similar --item 2 --k 90":                                                         "--k 90: the catalog has only 89 other items",
		"similar --item 2 --k 89":                                                         "",
		"neighbors --k 90":                                                                "--k 90: there are only",
		"recommend --histories " + g["histories"] + " --out - --k 1000 --stage retrieval": "the catalog has only 90 items",
	} {
		_, said := call(t, append(strings.Fields(args), "--bundle", g["bundle"])...)
		if n := strings.Count(said, " only ") + strings.Count(said, " at most"); want == "" && n > 0 || want != "" && (n != 1 || !strings.Contains(said, want)) {
			t.Errorf("build %s says\n%s\nwant %q once", args, said, want)
		}
	}
	var out, said bytes.Buffer
	if code := Run(context.Background(), []string{"recommend", "--bundle", g["bundle"], "--histories", g["histories"], "--out", "-", "--k", "0"}, &out, &said); code != exitUsage {
		t.Errorf("--k 0: exit code %d", code)
	}
}
