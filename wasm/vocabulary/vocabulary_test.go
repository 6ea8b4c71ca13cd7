package vocabulary

import "testing"

func TestFill(t *testing.T) {
	v := &Vocabulary{Name: "Paper Moon", Nouns: map[string]map[string]string{"en": {"item": "album", "items": "albums"}, "zh": {"item": "专辑", "measure": "张"}}}
	for _, c := range []struct{ lang, text, want string }{
		{"en", "Skip to the [items]", "Skip to the albums"},
		{"en", "[Items], [items] and one [item]", "Albums, albums and one album"},
		{"en", "[Used] by {n}", "Chosen by {n}"}, // not among v's own
		{"en", "[site]", "Paper Moon"},
		{"en", "[measure] [x] [", "[measure] [x] ["}, // no nouns of this language
		{"en", "[]", "[]"},
		{"zh", "喜欢三[measure][item]", "喜欢三张专辑"},
		{"fr", "[item]", "[item]"},
	} {
		if got := v.Fill(c.lang, c.text); got != c.want {
			t.Errorf("Fill(%s, %q) = %q, want %q", c.lang, c.text, got, c.want)
		}
	}
	if got := new(Vocabulary).Fill("en", "[site]: [items] at "); got != "Sparrow: items at " {
		t.Errorf("the zero value gives %q", got)
	}
}
