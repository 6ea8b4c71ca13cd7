package command

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// acting are what a terminal would obey: the window's title, colours, a screen
// wiped, text turned around.
const acting = "\x1b]0;owned\a\x1b[31m\x1b[2J\u202e\u009b1m"

// TestVerbsPrintWhatShows runs every verb that prints titles, ids, genres or
// errors over data full of escape sequences: none of them comes out.
func TestVerbsPrintWhatShows(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	items, log := "item_id,title,genres\n", "user_id,item_id,timestamp\n"
	for i := range 12 {
		n := strconv.Itoa(i)
		items += n + acting + ",Heat" + acting + n + ",Crime" + acting + "\n"
		for u := range 6 {
			log += "u" + strconv.Itoa(u) + acting + "," + strconv.Itoa((i+u)%12) + acting + "," + strconv.Itoa(i+1) + "\n"
		}
	}
	write("items.csv", items)
	write("interactions.csv", log+"u1,nothing"+acting+",x"+acting+"\n")
	histories := write("H.csv", "user_id,item_id,timestamp\n=1+1"+acting+",3"+acting+",5\nbob,none"+acting+",7\n")
	layers := write("experiments.json", `{"layers":[{"name":"a\u001b[31m","salt":"s","share":1,"arms":[{"name":"x\u202e","weight":1},{"name":"y","weight":1}]}]}`)
	work, feedback := filepath.Join(dir, "work"), filepath.Join(dir, "feedback")
	if err := os.Mkdir(feedback, 0o755); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out") + string(filepath.Separator)
	item := "3" + acting
	worked, said := 0, ""
	for _, args := range [][]string{
		{"bundle", "--input", dir, "--out", out, "--epochs", "1", "--max-bad", "5%"},
		{"prepare", "--input", dir, "--work", work, "--max-bad", "5%"}, {"inspect", "--bundle", out}, {"inspect", "--bundle", out, "--json"},
		{"similar", "--bundle", out, "--item", item}, {"similar", "--bundle", out, "--item", item, "--json"}, {"similar", "--bundle", out, "--item", "no" + acting},
		{"neighbors", "--bundle", out}, {"lists", "--bundle", out}, {"evaluate", "--bundle", out, "--input", dir, "--no-baselines", "--max-bad", "5%"},
		{"recommend", "--bundle", out, "--histories", histories, "--out", filepath.Join(dir, "R.csv"), "--max-unknown", "50%"},
		{"experiment", "check", layers}, {"feedback", "--from", feedback}, {"feedback", "--from", feedback, "--dead"},
		{"trending", "--from", feedback, "--out", out}, {"bundle", "--input", dir + acting, "--out", out}, {"sing" + acting},
		{"inspect", "--bundle", write("broken"+acting+".bundle", "SPRW"+acting)},
	} {
		var stdout, stderr bytes.Buffer
		if Run(context.Background(), args, &stdout, &stderr) == 0 {
			worked++
		}
		said += stdout.String() + stderr.String()
		for _, r := range stdout.String() + stderr.String() {
			if strings.ContainsRune("\x1b\a\u202e\u009b", r) {
				t.Errorf("build %q prints %q:\n%q\n%q", args, r, stdout.String(), stderr.String())
				break
			}
		}
	}
	if n := strings.Count(said, `\u202e`); n < 20 {
		t.Errorf("%d escaped titles, ids and messages: the verbs no longer print what this test is about", n)
	}
	if worked < 8 {
		t.Errorf("%d command lines ran, want at least 8: the others print too little to show anything", worked)
	}

	file, err := os.Open(filepath.Join(dir, "R.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("R.csv: %v, %v", rows, err)
	}
	if got := rows[1][0]; got != "'=1+1"+acting {
		t.Errorf("R.csv names the user %q: a file keeps what it was given, behind an apostrophe", got)
	}
}

// TestOneWayOut holds that what the command line prints goes through the console,
// which makes it printable.
func TestOneWayOut(t *testing.T) {
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "../bench/") || strings.HasPrefix(file, "../slim/") { // programs of their own, which print their own words
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range []string{"os.Stdout", "os.Stderr", "fmt.Print"} {
			if bytes.Contains(text, []byte(way)) {
				t.Errorf("%s writes to %s: use the console", file, way)
			}
		}
	}
}
