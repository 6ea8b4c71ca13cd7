package command

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTwoSpacesBecomeOne: in the first space items are of three kinds, in the second even or odd. Of both
// the four that are of the kind of 978-4 and even are most similar to it; an item that the first lacks stands
// where the second says.
func TestTwoSpacesBecomeOne(t *testing.T) {
	items, vectors := shelf(t)
	dir := t.TempDir()
	var also strings.Builder
	for i := range 30 {
		fmt.Fprintf(&also, "978-%d %d %d 0.1\n", i, 1-i%2, i%2)
	}
	also.WriteString("978-30 0 1 0.1\n")
	text, err := os.ReadFile(items)
	if err != nil {
		t.Fatal(err)
	}
	second, more, out := filepath.Join(dir, "also.vec"), filepath.Join(dir, "items.csv"), filepath.Join(dir, "mixed.bundle")
	for path, text := range map[string]string{second: also.String(), more: string(text) + "978-30,odd\n"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, said := call(t, "import", "--vectors", vectors, "--also", second, "--items", more, "--out", out)
	if !strings.Contains(said, "31 vectors of 3 numbers, mixed in: 50 % of a cosine; 30 items of both spaces, 0 without this one, 1 of this one alone") {
		t.Errorf("import says %s", said)
	}
	first := func(item string, k int) (numbers []int) {
		printed, _ := call(t, "similar", "--bundle", out, "--item", item, "--k", fmt.Sprint(k), "--json")
		var list []similarFigure
		if err := json.Unmarshal([]byte(printed), &list); err != nil || len(list) != k {
			t.Fatalf("similar prints %s", printed)
		}
		for _, s := range list {
			var i int
			fmt.Sscanf(s.ID, "978-%d", &i)
			numbers = append(numbers, i)
		}
		return numbers
	}
	for _, i := range first("978-4", 4) {
		if i%6 != 4 {
			t.Errorf("%d is among the first of 978-4, %v", i, first("978-4", 4))
		}
	}
	for _, i := range first("978-30", 5) {
		if i%2 != 1 {
			t.Errorf("%d is among the first of 978-30, which is odd", i)
		}
	}
}
