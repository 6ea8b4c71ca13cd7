package changes

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const list = `{"bundle":"b","items":[{"id":"a","title":"A","year":1999,"why":[{"kind":"same-tags","names":["x"]}]},{"id":"b","title":"B"},{"id":"c","title":"C","url":"/c?x=1&y"}]}`

func TestObey(t *testing.T) {
	for _, c := range []struct {
		name, overlay string
		want          string // what the items are; "same" for the bytes as they were, "" for no list
	}{
		{"nothing of these", `{"items":{"z":{"stock":0}}}`, "same"},
		{"what changes no card", `{"items":{"a":{"stock":3,"boost":1}},"rules":{"r":{"do":"bury","where":"year<2000","by":1},"p":{"do":"pin","items":["c"]}}}`, "same"},
		{"sold out", `{"items":{"a":{"stock":0},"c":{"stock":-1}}}`, `[{"id":"b","title":"B"}]`},
		{"hidden", `{"items":{"b":{"hidden":true},"a":{"hidden":true}}}`, `[{"id":"c","title":"C","url":"/c?x=1&y"}]`},
		{"replaced", `{"items":{"b":{"title":"B & Co","image":"/b.jpg","url":"/b","price":12.5,"currency":"EUR"},"a":{"hidden":true},"c":{"stock":0}}}`,
			`[{"id":"b","title":"B & Co","image":"/b.jpg","url":"/b","price":12.5,"currency":"EUR"}]`},
		{"excluded now", `{"rules":{"r":{"do":"exclude","items":["a","c"],"from":"2026-11-30T12:00:00Z","until":"2026-12-01T00:00:00Z"}}}`, `[{"id":"b","title":"B"}]`},
		{"excluded later, and before", `{"rules":{"r":{"do":"exclude","items":["a"],"from":"2026-11-30T12:00:01Z"},"s":{"do":"exclude","where":"year<2000","until":"2026-11-30T12:00:00Z"}}}`, "same"},
		{"excluded by what a list does not know", `{"rules":{"r":{"do":"exclude","where":"brand=x"}}}`, ""},
		{"all of them", `{"items":{"a":{"stock":0},"b":{"stock":0},"c":{"stock":0}}}`, ""},
	} {
		f := folder(t, `{"version":1,`+strings.TrimPrefix(c.overlay, "{"))
		got, used, err := f.Obey([]byte(list))
		if err != nil || !used {
			t.Errorf("%s: Obey = %s, %v, %v", c.name, got, used, err)
			continue
		}
		if c.want == "same" || c.want == "" {
			if want := map[string]string{"same": list, "": ""}[c.want]; string(got) != want {
				t.Errorf("%s: Obey = %s, want %q", c.name, got, want)
			}
			continue
		}
		var have, want map[string]any
		if err := json.Unmarshal(got, &have); err != nil || strings.Contains(string(got), "\n") {
			t.Errorf("%s: Obey = %s, %v", c.name, got, err)
		}
		json.Unmarshal([]byte(`{"bundle":"b","items":`+c.want+`}`), &want)
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestObeyWithoutAnOverlay(t *testing.T) {
	f := folder(t, "")
	if got, used, err := f.Obey([]byte(list)); string(got) != list || used || err != nil {
		t.Errorf("Obey = %s, %v, %v", got, used, err)
	}
	write(t, f.dir, "{")
	if got, _, err := NewFolder(f.dir, time.Now).Obey([]byte(list)); got != nil || err == nil {
		t.Errorf("of a damaged one with none before: %s, %v; want no list", got, err)
	}
}

// BenchmarkObey is a list of 20 items under an overlay of 10,000.
func BenchmarkObey(b *testing.B) {
	cards := strings.Join(many(20, `{"id":"i%d","title":"A title","genres":["Drama"]}`), ",")
	f := folder(b, `{"version":1,"items":{`+strings.Join(many(10_000, `"i%d":{"stock":1,"price":2}`), ",")+`}}`)
	text := []byte(`{"items":[` + cards + `]}`)
	for b.Loop() {
		if _, _, err := f.Obey(text); err != nil {
			b.Fatal(err)
		}
	}
}
