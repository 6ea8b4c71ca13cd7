package command

import (
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

// TestAnIDThatIsNearlyOne: programs write 5 as 5.0, people type ids in another case.
func TestAnIDThatIsNearlyOne(t *testing.T) {
	c := &catalog.Catalog{IDs: []catalog.ID{"5.0", "Tt7", "9"}}
	c.Index()
	for id, want := range map[string]string{"5": `there is "5.0"`, "tt7": `there is "Tt7"`, "9.0": `there is "9"`, "8": `no item has the item id "8"`} {
		if _, err := rowOf(c, id); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
	}
	if row, err := rowOf(c, "9"); err != nil || row != 2 {
		t.Errorf("9 is row %d, %v", row, err)
	}
}
