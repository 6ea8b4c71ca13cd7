package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTinyData makes a bundle of what a newcomer might begin with.
func TestTinyData(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"items.csv":        "item_id,title,genres,price\na,Heat,Crime,5\nb,Alien,Horror,\nc,Clerks,Comedy,7\nd,Fargo,Crime,6.50\n",
		"interactions.csv": "user_id,item_id,timestamp\n1,a,1\n1,b,2\n1,c,3\n1,d,4\n2,b,1\n2,c,2\n2,d,3\n3,a,5\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "tiny.bundle")
	if _, said := call(t, "bundle", "--input", dir, "--out", out, "--attributes", "price:number"); !strings.Contains(said, "which is too little to learn a taste from") {
		t.Errorf("bundle does not tell that there was too little to learn from:\n%s", said)
	}
	if list, _ := call(t, "similar", "--bundle", out, "--item", "a"); strings.Count(list, "\n") != 5 || !strings.Contains(list, "not like it, but popular") {
		t.Errorf("similar to a in a catalog of four:\n%s", list)
	}
	if list, _ := call(t, "similar", "--bundle", out, "--item", "a", "--filter", "price<=6.5"); strings.Count(list, "\n") != 2 || !strings.Contains(list, "Fargo") {
		t.Errorf("what is like a and costs at most 6.50, want Fargo alone:\n%s", list)
	}
}
