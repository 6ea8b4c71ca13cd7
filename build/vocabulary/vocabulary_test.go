package vocabulary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/vocabulary"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, err string }{
		{"", ""},
		{"{}", ""},
		{`{"name":"Paper Moon","path":"/book/{id}","years":false,"accent":["#1f5c4d","#7FD1B9"],"nouns":{"en":{"item":"book"}}}`, ""},
		{`{"nmae":"x"}`, `"nmae" is not a key; there are name, path`},
		{`{"name":7}`, "cannot unmarshal number"},
		{`{} {}`, "something stands behind"},
		{`{"name":"` + strings.Repeat("x", 41) + `"}`, "name: more than 40 characters"},
		{`{"name":"a\nb"}`, "name: not one line"},
		{`{"path":"/book/"}`, `path: "/book/" is not of the form "/book/{id}"`},
		{`{"path":"/a/b/{id}"}`, "is not of the form"},
		{`{"path":"book/{id}"}`, "is not of the form"},
		{`{"path":"/../{id}"}`, "is not of the form"},
		{`{"path":"/browse/{id}"}`, "path: /browse/ is another page"},
		{`{"accent":["#1f5c4d"]}`, "accent: 1 colours, want two"},
		{`{"accent":["red","#7fd1b9"]}`, `accent: "red" is no colour`},
		{`{"accent":["#fff;}b","#7fd1b9"]}`, "is no colour"},
		{`{"currency":"EUR","facets":["genre"],"logo":"brand/logo.svg"}`, ""},
		{`{"facets":[],"logo":"data:image/png;base64,iVBORw0K"}`, ""},
		{`{"currency":"Euro"}`, `currency: "Euro" is not three capitals`},
		{`{"currency":"eur"}`, "is not three capitals"},
		{`{"facets":["author","genre"]}`, ""},
		{`{"facets":["the author"]}`, `facets: "the author" is neither genre nor decade, nor the name of a column`},
		{`{"facets":[""]}`, "is neither genre nor decade"},
		{`{"limits":[{"id":"for-children","filter":"genre=Children","names":{"en":"For children"}}]}`, ""},
		{`{"limits":[{"id":"For children","filter":"genre=Children","names":{"en":"For children"}}]}`, `limits: "For children" is no id`},
		{`{"limits":[{"id":"a","filter":"year>1","names":{"en":"A"}},{"id":"a","filter":"year>2","names":{"en":"B"}}]}`, `limits: "a" stands there twice`},
		{`{"limits":[{"id":"a","names":{"en":"A"}}]}`, `limits: "a": want a filter`},
		{`{"limits":[{"id":"a","filter":"year>1"}]}`, `limits: "a": want what it is called`},
		{`{"limits":[{"id":"a","filter":"year>1","names":{"tlh":"A"}}]}`, `limits: "a": "tlh" is not a language of the app; it has en, zh`},
		{`{"limits":[{"id":"a","filter":"year>1","names":{"en":""}}]}`, `limits: "a": en: is empty`},
		{`{"limits":[{"id":"a","filter":"year>1","names":{"en":"A [b]"}}]}`, "brackets"},
		{`{"limits":[` + strings.Repeat(`{"id":"a"},`, 8) + `{"id":"b"}]}`, "limits: 9, want 8 at most"},
		{`{"facets":["genre","genre"]}`, `"genre" stands there twice`},
		{`{"logo":"https://cdn.example/logo.svg"}`, `logo: "https://cdn.example/logo.svg" is neither a file`},
		{`{"logo":"/logo.svg"}`, "is neither a file"},
		{`{"logo":"../logo.svg"}`, "is neither a file"},
		{`{"logo":"a\\b.svg"}`, "is neither a file"},
		{`{"logo":"logo.gif"}`, "is neither a file"},
		{`{"logo":".svg"}`, "is neither a file"},
		{`{"logo":"data:image/gif;base64,AAAA"}`, "is neither a file"},
		{`{"logo":"data:image/png;base64,\") no-repeat}"}`, "is not base64"},
		{`{"logo":"data:image/png;base64,` + strings.Repeat("A", 8000) + `"}`, "logo: more than 8000 characters"},
		{`{"nouns":{"tlh":{"item":"x"}}}`, `nouns: "tlh" is not a language of the app; it has en, zh`},
		{`{"nouns":{"en":{"itme":"book"}}}`, `nouns: en: "itme" is not a noun of this language; it has catalogue, genre`},
		{`{"nouns":{"en":{"measure":"x"}}}`, `"measure" is not a noun`},
		{`{"nouns":{"en":{"item":""}}}`, `nouns: en: "item" is empty`},
		{`{"nouns":{"en":{"item":"[item]"}}}`, "brackets"},
		{`{"nouns":{"zh":{"quotes":"《"}}}`, "want two characters"},
		{`{"texts":{"en":{"skip":"` + strings.Repeat("x", 401) + `"}}}`, "more than 400 characters"},
		{"{" + strings.Repeat(" ", vocabulary.Most) + "}", "more than 16 KB"},
	} {
		v, err := Parse([]byte(c.text))
		switch {
		case c.err == "" && err != nil:
			t.Errorf("Parse(%.80s): %v", c.text, err)
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("Parse(%.80s): %v, want %q", c.text, err, c.err)
		case err == nil && v == nil, err != nil && v != nil:
			t.Errorf("Parse(%.80s) = %v, %v: want one of the two", c.text, v, err)
		}
	}
}

// TestReadKeepsWhatStandsInTheFile: the text that a bundle keeps says the same.
func TestReadKeepsWhatStandsInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), File)
	if err := os.WriteFile(path, []byte("{\n  \"name\": \"Paper  Moon\"\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	v, text, err := Read(path)
	if err != nil || text != `{"name":"Paper  Moon"}` {
		t.Fatalf("Read: %q, %v", text, err)
	}
	again, err := Parse([]byte(text))
	if err != nil || cmp.Diff(v, again) != "" {
		t.Errorf("the bundle's text reads as another: %v\n%s", err, cmp.Diff(v, again))
	}
}

// FuzzParse: what is accepted is fit for pages, whatever the bytes.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"name":"x","path":"/b/{id}","nouns":{"en":{"item":"book"}},"texts":{"zh":{"skip":"[item]"}},"genres":{"zh":{"a":"b"}}}`))
	f.Add([]byte(`{"nouns":{"zh":{"quotes":"《》"}},"accent":["#000000","#ffffff"],"years":false}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := Parse(text)
		if err != nil {
			return
		}
		if root := v.Root(); !strings.HasPrefix(root, "/") || !strings.HasSuffix(root, "/") || strings.Contains(root, "..") || len(root) > 42 {
			t.Errorf("root %q", root)
		}
		for _, lang := range vocabulary.Languages {
			if got := v.Fill(lang, "[item]|[Item]|[none]|["); strings.Count(got, "|") < 3 || !strings.HasSuffix(got, "|[none]|[") {
				t.Errorf("Fill gave %q", got)
			}
		}
	})
}
