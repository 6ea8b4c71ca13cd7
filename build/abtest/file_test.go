package abtest

import (
	"strings"
	"testing"
)

const good = `{"version": 1, "layers": [
 {"name": "mix", "salt": "mix-1", "share": 0.5,
  "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z",
  "arms": [
   {"name": "control", "weight": 1},
   {"name": "other", "weight": 1, "mix": {"transition": 0.5, "popular": 0.05}},
   {"name": "both", "weight": 1, "interleave": ["control", "other"]}]}]}
`

func TestParse(t *testing.T) {
	f, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if l := f.Layers[0]; l.Start != 1793491200 || len(l.Arms) != 3 || l.Arms[1].Mix.Transition != 0.5 {
		t.Errorf("Parse: %+v, want start 1793491200 and three arms", l)
	}
	change := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("%q is not in the file", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"unknown name", change(`"share"`, `"portion"`), "line 2: layers[0].portion: there is no such name here; known are name, salt, share"},
		{"name in another case", change(`"weight"`, `"Weight"`), "line 5: layers[0].arms[0].Weight: there is no such name"},
		{"name twice", change(`"salt": "mix-1"`, `"salt": "mix-1", "salt": "mix-2"`), "line 2: layers[0].salt: it stands here twice"},
		{"name missing", change(`"salt": "mix-1",`, ``), "layers[0]: salt is missing: add it"},
		{"no such day", change("2026-11-01", "2026-11-31"), `line 3: layers[0].start: "2026-11-31T00:00:00Z" is no moment`},
		{"date without zone", change("2026-12-01T00:00:00Z", "2026-12-01"), "line 3: layers[0].end: \"2026-12-01\" is no moment"},
		{"text for a number", change(`0.5,`, `"0.5",`), "line 2: layers[0].share: this must be a number"},
		{"number for a list", change(`["control", "other"]`, `7`), "line 7: layers[0].arms[2].interleave: this must be a list"},
		{"cut off", good[:200], "the file ends in the middle of it"},
		{"no JSON", change(`"layers": [`, `"layers": [,`), "this is no JSON"},
		{"two objects", good + "{}", "line 8: the file: there is more after the end"},
		{"a rule of the layers", change(`"other", "weight": 1`, `"control", "weight": 1`), `layer "mix": arm "control": another arm has the same name`},
		{"end before start", change("2026-12-01", "2026-10-01"), "its start must be before its end"},
		{"a number too large for its place", change(`"version": 1`, `"version": 1.5`), "version"},
		{"nothing", "", "the file ends in the middle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Parse([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse: error %v, want %q in it", err, tt.want)
			}
		})
	}
}

// FuzzParse looks for panics, and for files that are let through but are not valid.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"version":1,"layers":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, err := Parse(data); err == nil && file.Validate() != nil {
			t.Errorf("Parse let through what Validate refuses: %s", data)
		}
	})
}
