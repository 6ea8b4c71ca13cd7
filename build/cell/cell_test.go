package cell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`=HYPERLINK("https://evil.example")`, `'=HYPERLINK("https://evil.example")`},
		{"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"}, {"@SUM(A1)", "'@SUM(A1)"}, {"-2+3", "'-2+3"}, {"\t=1", "'\t=1"}, {"'=1", "''=1"},
		{"-5", "-5"}, {"+1.5e3", "+1.5e3"}, {"ann", "ann"}, {"", ""}, {"'tis", "'tis"}, {"a=b", "a=b"},
	} {
		if got := Text(test.text); got != test.want {
			t.Errorf("Text(%q) = %q, want %q", test.text, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) { // the way back that the help of recommend names
		text := rapid.StringMatching(`['=+\-@ a1]{0,6}`).Draw(t, "text")
		back := Text(text)
		if rest, ok := strings.CutPrefix(back, "'"); ok && runs(rest) {
			back = rest
		}
		if back != text {
			t.Fatalf("%q came back as %q", text, back)
		}
	})
}
