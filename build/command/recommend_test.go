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
