package printable

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppend(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"what shows stays", "Amélie 天使\t1\n", "Amélie 天使\t1\n"},
		{"an escape sequence", "\x1b]0;owned\a\x1b[2J", `\u001b]0;owned\u0007\u001b[2J`},
		{"a C1 control", "\u009b31m", `\u009b31m`},
		{"a return that hides what was written", "bad\rgood", `bad\u000dgood`},
		{"text turned around", "a\u202eb\u2066c\u200f", `a\u202eb\u2066c\u200f`},
		{"bytes that are no text", "a\x9bb\xff", `a\x9bb\xff`},
		{"a replacement character that was written as one", "\ufffd", "\ufffd"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(Append(nil, []byte(test.text))); got != test.want {
				t.Errorf("Append(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func FuzzWriter(f *testing.F) {
	f.Add([]byte("\x1b[31m天\u202e\xff"), 3)
	f.Fuzz(func(t *testing.T, text []byte, cut int) {
		cut = min(max(cut, 0), len(text))
		var out bytes.Buffer
		w := Writer(&out)
		for _, part := range [][]byte{text[:cut], text[cut:]} {
			if n, err := w.Write(part); n != len(part) || err != nil {
				t.Fatalf("Write(%q) = %d, %v", part, n, err)
			}
		}
		for _, r := range out.String() {
			if acts(r) {
				t.Fatalf("%q came out as %q", text, out.String())
			}
		}
		if utf8.Valid(text) && out.String() != string(Append(nil, text)) {
			t.Fatalf("in two parts %q came out as %q, at once as %q", text, out.String(), Append(nil, text))
		}
	})
}

// TestJSONKeepsItsMeaning holds that a program which reads JSON gets the very text.
func TestJSONKeepsItsMeaning(t *testing.T) {
	title := "a\u202eb\u009b\x1b\u2028" + strings.Repeat("天", 9)
	text, err := json.Marshal(title)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal(Append(nil, text), &got); err != nil || got != title {
		t.Errorf("%q came back as %q, %v", title, got, err)
	}
}
