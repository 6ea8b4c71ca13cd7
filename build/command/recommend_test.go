package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/answers"
)

// TestRerank: without reranking a list is what it was, with it another one of as many
// items, more varied by dpp and nearer to the history's genres when calibrated.
func TestRerank(t *testing.T) {
	b, dir := trainedSmall(t), t.TempDir()
	histories := filepath.Join(dir, "H.csv")
	if err := os.WriteFile(histories, []byte("user_id,item_id,timestamp,rating\nann,2,10,5\nann,5,20,5\nann,9,30,4.5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	recommend := func(args ...string) (list string, v answers.Variety) {
		out := filepath.Join(dir, "R.csv")
		said, _ := call(t, append([]string{"recommend", "--bundle", b, "--histories", histories, "--out", out, "--json"}, args...)...)
		var f struct{ Variety answers.Variety }
		if err := json.Unmarshal([]byte(said), &f); err != nil {
			t.Fatalf("%v in %s", err, said)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n != 11 {
			t.Errorf("recommend %v: %d lines, want a header and 10 items", args, n)
		}
		return string(text), f.Variety
	}
	plain, before := recommend()
	if same, _ := recommend("--rerank", "none"); same != plain {
		t.Errorf("--rerank none: %s, want %s", same, plain)
	}
	for _, way := range []string{"mmr", "dpp", "calibrated"} {
		if same, _ := recommend("--rerank", way, "--strength", "0"); same != plain {
			t.Errorf("--rerank %s --strength 0: %s, want %s", way, same, plain)
		}
		list, v := recommend("--rerank", way, "--strength", "1")
		if list == plain {
			t.Errorf("--rerank %s changes nothing", way)
		}
		if way != "calibrated" && v.IntraListDistance <= before.IntraListDistance || way == "calibrated" && v.Divergence > before.Divergence {
			t.Errorf("--rerank %s: %+v, want it better than %+v", way, v, before)
		}
	}
	if _, said := call(t, "recommend", "--bundle", b, "--histories", histories, "--out", filepath.Join(dir, "R.csv")); !strings.Contains(said, "intra-list distance") {
		t.Errorf("the summary says nothing of variety:\n%s", said)
	}
}

// TestRepeat: with --repeat a list may have what the user bought, which it has nothing of without, and
// nothing else of their history, with times and without; without purchases it is said that nothing comes again.
func TestRepeat(t *testing.T) {
	b, dir := trainedSmall(t), t.TempDir()
	histories, out := filepath.Join(dir, "H.csv"), filepath.Join(dir, "R.csv")
	recommend := func(text string, args ...string) (items map[string]bool, said string) {
		if err := os.WriteFile(histories, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, said = call(t, append([]string{"recommend", "--bundle", b, "--histories", histories, "--out", out, "--k", "200"}, args...)...)
		list, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		items = map[string]bool{}
		for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n")[1:] {
			fields := strings.Split(line, ",")
			items[fields[0]+" "+fields[2]] = true
		}
		return items, said
	}
	const dated = "user_id,item_id,timestamp,event\nann,2,10,view\nann,5,20,purchase\nann,9,30,cart\nbob,2,40,purchase\n"
	for _, c := range []struct {
		args []string
		want string
	}{{nil, ""}, {[]string{"--repeat"}, "ann 5, bob 2"}, {[]string{"--repeat", "--stage", "retrieval"}, "ann 5, bob 2"}} {
		got, _ := recommend(dated, c.args...)
		var again []string
		for _, one := range []string{"ann 2", "ann 5", "ann 9", "bob 2"} {
			if got[one] {
				again = append(again, one)
			}
		}
		if strings.Join(again, ", ") != c.want {
			t.Errorf("recommend %v: %v again, want %s", c.args, again, c.want)
		}
	}
	if got, _ := recommend("user_id,item_id,event\nann,5,purchase\nann,9,view\n", "--repeat"); !got["ann 5"] || got["ann 9"] {
		t.Errorf("without times: 5 comes again %v, 9 %v", got["ann 5"], got["ann 9"])
	}
	if _, said := recommend("user_id,item_id\nann,5\n", "--repeat"); !strings.Contains(said, "has no purchase, so nothing is recommended again") {
		t.Errorf("without purchases it says\n%s", said)
	}
}
