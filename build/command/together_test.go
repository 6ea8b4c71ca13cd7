package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corner is a shop in which bread is bought with butter and knives with boards, and in
// which all look at the same poster.
func corner(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	rows := []string{"user_id,item_id,timestamp,event"}
	day := 1_700_000_000
	for u := range 24 {
		pair := [][2]string{{"bread", "butter"}, {"knife", "board"}, {"pen", "ink"}}[u%3]
		for k, item := range pair {
			rows = append(rows, fmt.Sprintf("u%d,%s,%d,purchase", u, item, day+86_400*u+k))
		}
		rows = append(rows, fmt.Sprintf("u%d,poster,%d,view", u, day+86_400*u+9))
	}
	for name, text := range map[string]string{
		"items.csv":        "item_id,title,genres\nbread,Bread,Food\nbutter,Butter,Food\nknife,Knife,Tool\nboard,Board,Wood\npen,Pen,Desk\nink,Ink,Art\nposter,Poster,Art\ntea,Tea,Food\n",
		"interactions.csv": strings.Join(rows, "\n") + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestTogether: a bundle of purchases knows what is bought together, lists it first and says
// where similar items follow; no basket holds what is in its list.
func TestTogether(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.bundle")
	_, said := call(t, "bundle", "--input", corner(t), "--out", file)
	if want := "bought together: 24 baskets of two items or more"; strings.Count(said, want) != 1 {
		t.Errorf("said %q, want once %q", said, want)
	}
	for _, c := range []struct {
		items  []string
		bought string // ids, with spaces between
	}{
		{[]string{"bread"}, "butter"},
		{[]string{"knife", "bread"}, "board butter"},
		{[]string{"bread", "butter"}, ""},
		{[]string{"tea"}, ""},
	} {
		args := []string{"together", "--bundle", file, "--k", "4"}
		for _, id := range c.items {
			args = append(args, "--item", id)
		}
		out, _ := call(t, append(args, "--json")...)
		var list []togetherFigure
		if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 4 {
			t.Fatalf("%v in %s", err, out)
		}
		bought := map[string]bool{}
		for i, f := range list {
			if f.Bought {
				bought[f.ID] = true
			}
			if i > 0 && f.Bought && !list[i-1].Bought || f.Bought && (f.Times > 1) != (len(c.items) == 1) {
				t.Errorf("%v: %+v behind %+v", c.items, f, list[i-1])
			}
			for _, id := range c.items {
				if f.ID == id {
					t.Errorf("%v lists %s", c.items, id)
				}
			}
		}
		for id := range strings.FieldsSeq(c.bought) {
			if !bought[id] {
				t.Errorf("%v: %s is not bought together in %+v", c.items, id, list)
			}
		}
		if len(bought) != len(strings.Fields(c.bought)) {
			t.Errorf("%v: bought together are %v, want %q", c.items, bought, c.bought)
		}
		text, _ := call(t, args...)
		if strings.Contains(text, "bought together:") != (c.bought != "") || strings.Count(text, "but similar:") != 1 {
			t.Errorf("%v:\n%s", c.items, text)
		}
	}
	out, _ := call(t, "inspect", "--bundle", file)
	if !strings.Contains(out, "bought together: 8 lists, 6 neighbours") || !strings.Contains(out, "section together") {
		t.Errorf("inspect does not show what is bought together:\n%s", out)
	}
}

// TestTogetherWithoutPurchases lists what is similar, and says why.
func TestTogetherWithoutPurchases(t *testing.T) {
	out, said := call(t, "together", "--bundle", trainedSmall(t), "--item", "1", "--k", "3")
	if !strings.Contains(said, "does not know what is bought together") || strings.Contains(out, "bought together:\n  1") || strings.Count(out, "\n") != 5 {
		t.Errorf("said %q, printed\n%s", said, out)
	}
	for args, want := range map[string]string{
		"--item 1 --item 1":    "comes twice",
		"--item 1 --k 0":       "--k must be",
		"--item 1 --item none": `no item has the item id "none"`,
	} {
		var o, e bytes.Buffer
		if code := Run(context.Background(), append([]string{"together", "--bundle", trainedSmall(t)}, strings.Fields(args)...), &o, &e); code == 0 || !strings.Contains(e.String(), want) {
			t.Errorf("%s: exit code %d, says %q, want %q", args, code, e.String(), want)
		}
	}
}
