package facet

import "sparrow/wasm/catalog"

// Match returns how many of the first words are those of text, or nearly: plurals, and
// adjectives such as "Japanese" for "Japan"; 0 where they are not. One word may be all of text
// without its blanks.
func Match(words []string, text string) int {
	own := catalog.Words(text)
	if len(own) == 0 || len(words) == 0 {
		return 0
	}
	joined := ""
	fits := len(own) <= len(words)
	for i, word := range own {
		joined += word
		fits = fits && same(words[i], word)
	}
	switch {
	case fits:
		return len(own)
	case words[0] == joined:
		return 1
	}
	return 0
}

// Short returns the last word of a name of several, by which people call a person:
// "Miyazaki"; "" where there is none of four letters or more.
func Short(name string) string {
	own := catalog.Words(name)
	if n := len(own); n > 1 && len(own[n-1]) > 3 {
		return own[n-1]
	}
	return ""
}

// endings are pairs of ends by which a word and another one that means the same differ, and
// how many letters they must have in common.
var endings = []struct {
	a, b string
	n    int
}{
	{"s", "", 3}, {"es", "", 4}, {"ies", "y", 3}, {"ed", "ion", 5}, {"tic", "ce", 4}, {"al", "", 5}, {"n", "", 4}, {"an", "", 4}, {"ese", "", 5}, {"ian", "y", 4}, {"", "y", 6},
}

// same reports whether two folded words mean the same.
func same(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n == len(a) && n == len(b) {
		return true
	}
	for _, e := range endings {
		if n >= e.n && (a[n:] == e.a && b[n:] == e.b || a[n:] == e.b && b[n:] == e.a) {
			return true
		}
		// What two ends begin with in common counts as part of the word.
		if k := len(e.a) - len(a[n:]); k > 0 && n-k >= e.n && a[n-k:] == e.a && b[n-k:] == e.b {
			return true
		}
	}
	return false
}
