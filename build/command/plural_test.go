package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// several finds "1 users" and the like: a single one with a noun, perhaps after another
// word, in the plural.
var several = regexp.MustCompile(`(?:^|[^\d.,-])1 (?:(?:dead|other|more|older|new|numeric|torn or damaged) )?(?:\w+[a-rtv-z]s|people)\b`)

// TestOneOfEach runs the verbs with one user, one item, one event and so on: no
// output says "1 users".
func TestOneOfEach(t *testing.T) {
	g, dir := usable(t), t.TempDir()
	for path, text := range map[string]string{
		"one/items.csv":        "item_id,title,genres\na,Heat,Crime\n",
		"one/interactions.csv": "user_id,item_id,timestamp\n1,a,1\n1,lost,2\n",
		"H.csv":                "user_id,item_id,timestamp\nann,2,10\nann,3,11\nann,lost,12\nann,5,12\n",
		"T.csv":                "user_id,item_id\nann,2\n",
		"I.csv":                "item_id\n2\n",
	} {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	log := filepath.Join(dir, "log.seg")
	if err := os.WriteFile(log, request(1, time.Now().UnixMilli(), event.Event{Kind: event.Like, Item: "3"}), 0o644); err != nil {
		t.Fatal(err)
	}
	on := []string{"--bundle", g["bundle"]}
	for _, args := range [][]string{
		{"prepare", "--input", filepath.Join(dir, "one"), "--work", filepath.Join(dir, "work"), "--max-unknown", "50%"},
		{"prepare", "--input", g["input"], "--work", filepath.Join(dir, "work"), "--feedback", log},
		append(on, "recommend", "--histories", filepath.Join(dir, "H.csv"), "--k", "1", "--out", filepath.Join(dir, "R.csv")),
		append(on, "evaluate", "--input", g["input"], "--no-baselines", "--test-file", filepath.Join(dir, "T.csv"), "--items-file", filepath.Join(dir, "I.csv")),
		append(on, "evaluate", "--input", g["input"], "--no-baselines", "--users", "1"),
		append(on, "simulate", "--visitors", "1", "--days", "1"),
		append(on, "bandits", "--users", "1", "--visits", "10", "--seeds", "1", "--arms", "1", "--length", "1"),
		{"feedback", "--from", log, "--out", filepath.Join(dir, "out.seg")},
		{"trending", "--from", log, "--out", g["bundle"], "--networks", "1"},
		{"experiment", "report", "--experiments", g["experiments"], "--feedback", log},
		append(on, "lists"), append(on, "inspect"), append(on, "neighbors", "--k", "1", "--cells", "1", "--tables", "1", "--hashes", "1"),
	} {
		if args[0] == "--bundle" {
			args = append([]string{args[2]}, append(args[3:], on...)...)
		}
		out, said := call(t, args...)
		for _, line := range strings.Split(out+said, "\n") {
			if wrong := several.FindString(line); wrong != "" {
				t.Errorf("build %s says %q in %q", strings.Join(args, " "), wrong, line)
			}
		}
	}
	for text, want := range map[string]bool{
		"1 users": true, "of 1 dead letters,": true, "(1 people": true, "11 users": false, "0.1 users": false, "1 user is": false, "1 of 2 users": false, "1 torn or damaged segments": true,
	} {
		if several.MatchString(text) != want {
			t.Errorf("%q is taken for a wrong plural: %v", text, !want)
		}
	}
}
