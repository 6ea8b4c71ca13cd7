package overlay

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/live"
)

// spelling is what two documents that say the same may differ in.
var spelling = cmpopts.IgnoreFields(live.New{}, "Written")

// example returns the document of FORMAT.md.
func example(t testing.TB) []byte {
	text, err := os.ReadFile("../../wasm/live/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(text)
	if found == nil {
		t.Fatal("FORMAT.md has no example")
	}
	return found[1]
}

func TestTheExampleIsADocumentAndComesBack(t *testing.T) {
	o, remarks, err := Decode(example(t))
	if err != nil || remarks.Count > 0 {
		t.Fatalf("Decode of FORMAT.md's example: %v, %v", remarks, err)
	}
	if len(o.Items) != 4 || len(o.New) != 1 || len(o.Rules) != 4 || o.Items[0].ID != "B-17" || !o.Items[0].SoldOut() || o.Items[0].Price != (live.Amount{Value: 12.9, Known: true}) {
		t.Errorf("Decode of FORMAT.md's example = %+v", o)
	}
	text := Encode(o)
	again, _, err := Decode(text)
	if diff := cmp.Diff(o, again, spelling); err != nil || diff != "" {
		t.Errorf("Encode writes\n%s\n%v %s", text, err, diff)
	}
	if !bytes.Contains(text, []byte(`"year<1990"`)) || !bytes.Contains(text, []byte(`"by":0.3,`)) && !bytes.Contains(text, []byte(`"by":0.3}`)) {
		t.Errorf("Encode writes\n%s", text)
	}
}

func TestAFaultOfTheTextIsNamedWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a comma too many", "{\n  \"version\": 1,,\n}", "live: line 2, column 16: invalid character ','"},
		{"nothing", "", "live: line 1, column 1: the document ends too early"},
		{"half of it", "{\"version\": 1", "live: line 1, column 14: the document ends too early"},
		{"two of them", "{\"version\": 1} {}", "live: line 1, column 15: something stands behind the end of the document"},
		{"no object", "[]", "live: this is not an object"},
		{"nesting", strings.Repeat("[", 20), "live: line 1, column 18: nested more than 16 deep"},
		{"no UTF-8", "{\"version\": 1, \"x\": \"\xff\"}", "live: the document is not UTF-8: save it as UTF-8"},
		{"an id twice", `{"version": 1, "items": {"a": {}, "a": {}}}`, `live: line 1, column 38: the name before this place is there twice`},
		{"too long", strings.Repeat(" ", live.MostBytes+1), "live: the document has 8388609 bytes, and may have 8388608"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := Decode([]byte(c.in)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("Decode(%.40q) = %v, want %s", c.in, err, c.want)
			}
		})
	}
}

// TestDocumentsAreInOrder, however they are written.
func TestDocumentsAreInOrder(t *testing.T) {
	o, _, err := Decode([]byte(`{"version": 1, "items": {"b": {"stock": 1}, "a": {"stock": 1}}, "new": {"z": {"title": "Z"}, "y": {"title": "Y"}},
		"rules": {"s": {"do": "exclude", "items": ["b"]}, "r": {"do": "exclude", "items": ["a"]}}}`))
	if err != nil || o.Items[0].ID != "a" || o.New[0].ID != "y" || o.Rules[0].Name != "r" {
		t.Errorf("Decode = %+v, %v, want ids and names to ascend", o, err)
	}
}

// FuzzDecode: no panic, and what was understood comes back.
func FuzzDecode(f *testing.F) {
	f.Add(string(example(f)))
	f.Add(`{"version": 1, "items": {"é": {"stock": 1e3, "title": "<b>&"}}}`)
	f.Add(`[[[[{"a":[1,2]}]]]]`)
	f.Fuzz(func(t *testing.T, text string) {
		o, _, err := Decode([]byte(text))
		if err != nil {
			return
		}
		again, remarks, err := Decode(Encode(o))
		if err != nil || remarks.Count > 0 || !cmp.Equal(o, again, spelling) {
			t.Errorf("%+v becomes %+v, %v, %v", o, again, remarks, err)
		}
	})
}
