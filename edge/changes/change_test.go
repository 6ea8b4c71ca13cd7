package changes

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/edge/overlay"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// folder returns a folder with an overlay, none where text is empty.
func folder(t testing.TB, text string) *Folder {
	t.Helper()
	dir := t.TempDir()
	if text != "" {
		write(t, dir, text)
	}
	return NewFolder(dir, func() time.Time { return noon })
}

func write(t testing.TB, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, Name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// held returns the overlay of a folder as a value.
func held(t testing.TB, f *Folder) (all map[string]any) {
	t.Helper()
	v, err := f.Now()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(v.Text, &all); err != nil {
		t.Fatalf("%v of %s", err, v.Text)
	}
	return all
}

// TestChange goes through what one change does to one overlay.
func TestChange(t *testing.T) {
	const before = `{"version":1,"at":"2026-11-29T00:00:00Z","items":{"a":{"stock":0,"price":12.90},"b":{"hidden":true}},"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`
	for _, c := range []struct {
		name, change string
		want         string // the overlay after it, without version and date; "" as it was
		err          string
	}{
		{"a field more", `{"items":{"a":{"stock":3}}}`, `{"items":{"a":{"stock":3,"price":12.9},"b":{"hidden":true}},"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`, ""},
		{"a field less", `{"items":{"a":{"stock":null}}}`, `{"items":{"a":{"price":12.9},"b":{"hidden":true}},"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`, ""},
		{"the last field of an item", `{"items":{"b":{"hidden":null}}}`, `{"items":{"a":{"stock":0,"price":12.9}},"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`, ""},
		{"all of an item, of what is new and a rule", `{"items":{"a":null},"new":{"n":null},"rules":{"r":null}}`, `{"items":{"b":{"hidden":true}}}`, ""},
		{"a whole part", `{"items":null}`, `{"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`, ""},
		{"a rule's list, which is replaced", `{"items":null,"new":null,"rules":{"r":{"items":["d","e"]}}}`, `{"rules":{"r":{"do":"exclude","items":["d","e"]}}}`, ""},
		{"what was not there", `{"items":{"x":null,"y":{"stock":null}}}`, `{"items":{"a":{"stock":0,"price":12.9},"b":{"hidden":true}},"new":{"n":{"title":"Night Ferry"}},"rules":{"r":{"do":"exclude","items":["c"]}}}`, ""},
		{"an id that means something to programs", `{"items":{"a":null,"b":null,"__proto__":{"stock":1}},"new":null,"rules":null}`, `{"items":{"__proto__":{"stock":1}}}`, ""},
		{"no JSON", "{\n\"items\":}", "", `line 2, column 9`},
		{"no object", `[1]`, "", `want an object`},
		{"null", `null`, "", `want an object`},
		{"another version", `{"version":2}`, "", `version: must be 1`},
		{"no such number", `{"items":{"a":{"price":-1}}}`, "", `items "a", price`},
		{"no such type", `{"items":{"b":{"stock":1}},"rules":{"r":{"do":"hide"}}}`, "", `rules "r"`},
		{"a rule that loses what it needs", `{"rules":{"r":{"items":null}}}`, "", `rules "r": a rule has either items or where`},
		{"an item that is none", `{"items":{"a":0}}`, "", `items "a": want an object, or null`},
		{"a part that is none", `{"items":[]}`, "", `items: want an object, or null`},
		{"too many rules", `{"rules":{` + strings.Join(many(100, `"r%d":{"do":"exclude","items":["c"]}`), ",") + `}}`, "", `after this change: live: rules: has 101 entries, and may have 100`},
	} {
		f := folder(t, before)
		made, err := f.Change([]byte(c.change))
		if got := fmt.Sprint(err); c.err != "" && !strings.Contains(got, c.err) || c.err == "" && err != nil {
			t.Errorf("%s: Change gives %v, want %q", c.name, err, c.err)
		}
		got, want := held(t, f), map[string]any{}
		if c.err != "" {
			var refused Refused
			if !errors.As(err, &refused) {
				t.Errorf("%s: %T is not Refused", c.name, err)
			}
			json.Unmarshal([]byte(before), &want)
		} else {
			json.Unmarshal([]byte(c.want), &want)
			want["version"], want["at"] = 1.0, "2026-11-30T12:00:00Z"
			if v, _ := f.Now(); v.Tag != made.Tag {
				t.Errorf("%s: made %s, and it is %s", c.name, made.Tag, v.Tag)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func many(n int, form string) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf(form, i))
	}
	return all
}

func TestWhatIsNotKnownIsNamed(t *testing.T) {
	f := folder(t, "")
	made, err := f.Change([]byte(`{"items":{"a":{"stok":0,"price":1}},"itmes":{"b":{}}}`))
	if err != nil || made.Remarks.Count != 2 || !strings.Contains(made.Remarks.String(), `items "a", stok`) || !strings.Contains(made.Remarks.String(), "itmes") {
		t.Errorf("Change = %+v, %v; want remarks on stok and itmes", made, err)
	}
	if made.Entries != 1 {
		t.Errorf("%d entries, want 1", made.Entries)
	}
}

// TestADateIsTaken holds that an overlay is as old as its maker says.
func TestADateIsTaken(t *testing.T) {
	f := folder(t, "")
	if _, err := f.Change([]byte(`{"at":"2026-11-30T11:59:00Z"}`)); err != nil {
		t.Fatal(err)
	}
	if got := held(t, f)["at"]; got != "2026-11-30T11:59:00Z" {
		t.Errorf("at is %v", got)
	}
}

// TestConcurrentChangesAreAllThere sends 100 changes at once, of which each tenth
// is refused.
func TestConcurrentChangesAreAllThere(t *testing.T) {
	f := folder(t, "")
	other := NewFolder(f.dir, f.now) // as another process has it
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			text := fmt.Sprintf(`{"items":{"i%d":{"stock":%d}}}`, i, i)
			if i%10 == 9 {
				text = fmt.Sprintf(`{"items":{"i%d":{"stock":"many"}}}`, i)
			}
			to := f
			if i%3 == 0 {
				to = other
			}
			if _, err := to.Change([]byte(text)); (err != nil) != (i%10 == 9) {
				t.Errorf("change %d: %v", i, err)
			}
		})
	}
	group.Wait()
	items := held(t, f)["items"].(map[string]any)
	for i := range 100 {
		if one, there := items[fmt.Sprintf("i%d", i)].(map[string]any); there != (i%10 != 9) || there && one["stock"] != float64(i) {
			t.Errorf("item %d is %v", i, one)
		}
	}
	history, err := f.History()
	if n := strings.Count(string(history), "\n"); n != 90 || err != nil {
		t.Errorf("the history has %d lines, %v; want 90", n, err)
	}
}

// TestADamagedFileIsNotWrittenOver holds that what is no overlay stays for its
// owner to mend, and that the last good one is handed out meanwhile.
func TestADamagedFileIsNotWrittenOver(t *testing.T) {
	const good = `{"version":1,"items":{"a":{"stock":0}}}`
	f := folder(t, good)
	if got := held(t, f)["items"]; got == nil {
		t.Fatal("no items")
	}
	for _, text := range []string{`{"version":1,"items":{"a":{"stock":`, `{"version":2}`, ""} {
		write(t, f.dir, text)
		v, err := f.Now()
		if err == nil || v == nil || string(v.Text) != good || !strings.Contains(err.Error(), Name) {
			t.Errorf("%q: Now = %+v, %v; want the last good one, and why", text, v, err)
		}
		_, err = f.Change([]byte(`{"items":{"b":{"stock":1}}}`))
		var damaged Damaged
		if !errors.As(err, &damaged) {
			t.Errorf("%q: Change gives %v, want that it is damaged", text, err)
		}
		if kept, _ := os.ReadFile(f.path()); string(kept) != text {
			t.Errorf("%q became %q", text, kept)
		}
	}
	if v, err := NewFolder(f.dir, f.now).Now(); v != nil || err == nil {
		t.Errorf("with none before: %v, %v; want none", v, err)
	}
	write(t, f.dir, good)
	if v, err := f.Now(); err != nil || string(v.Text) != good {
		t.Errorf("mended: %v, %v", v, err)
	}
}

// FuzzChange: no panic, and what was taken is an overlay.
func FuzzChange(f *testing.F) {
	for _, text := range []string{`{"items":{"a":{"stock":0}}}`, `{"items":null,"new":{"n":{"title":"N"}}}`, `{"rules":{"r":{"do":"pin","items":["a"]}},"at":null,"x":[{}]}`, `{"version":null}`, `[`} {
		f.Add(`{"version":1,"items":{"a":{"price":1}},"rules":{"r":{"do":"exclude","items":["b"]}}}`, text)
	}
	folder := NewFolder("", func() time.Time { return noon })
	f.Fuzz(func(t *testing.T, before, text string) {
		if _, _, err := overlay.Decode([]byte(before)); err != nil {
			return
		}
		d, err := parse([]byte(before))
		if err != nil {
			t.Fatalf("parse of an overlay: %v", err)
		}
		c := &change{text: []byte(text)}
		if len(folder.merge(&d, []*change{c})) == 0 {
			if c.err == nil {
				t.Errorf("%q is not taken, and no reason given", text)
			}
			return
		}
		compact(c.text)
		if _, _, err := overlay.Decode(d.text()); err != nil && !strings.Contains(err.Error(), "may have") {
			t.Errorf("%s with %s becomes %s: %v", before, text, d.text(), err)
		}
	})
}
