package catalog

import "unicode/utf8"

// longest is how many words of a query and how many characters of a word count.
const longest = 16

// term is a word of the query.
type term struct {
	text      string
	letters   uint32
	year      bool  // a year, or the beginning of one that is being typed
	low, high int16 // the first and the last year that it may be
	last      bool  // it is still being typed
	edits     int   // typos that are forgiven, once forgive allows them
	edit      *editDistance
	word      string // the last one compared by edit, and its typos: many titles share a word
	typos     uint8
}

func parse(query string) []term {
	var q []term
	for words := string(appendWords(nil, query)); words != "" && len(q) < longest; {
		var w string
		w, words = nextWord(words)
		n := utf8.RuneCountInString(w)
		if n > longest {
			w = string([]rune(w)[:longest])
		}
		t := term{text: w, letters: lettersOf([]byte(w))}
		switch {
		case n >= 8:
			t.edits = 2
		case n >= 4:
			t.edits = 1
		}
		q = append(q, t)
	}
	if len(q) > 1 && isArticle(q[0].text) {
		q = q[1:]
	}
	for i := range q {
		t := &q[i]
		t.last = i == len(q)-1
		t.year = len(t.text) == 4 || t.last && i > 0 && len(t.text) < 4
		for _, c := range t.text {
			t.year = t.year && c >= '0' && c <= '9'
		}
		if t.year {
			t.low, t.high = years(t.text)
		}
	}
	return q
}

// years returns the first and the last year that begin with text, which is 1
// to 4 digits.
func years(text string) (low, high int16) {
	for _, c := range text {
		low = 10*low + int16(c-'0')
	}
	high = low
	for range 4 - len(text) {
		low, high = 10*low, 10*high+9
	}
	return low, high
}

func isArticle(word string) bool {
	switch word {
	case "the", "a", "an":
		return true
	}
	return false
}

// hasPrefix is that of package strings, which would bring the tables of package
// unicode along.
func hasPrefix(word, prefix string) bool {
	return len(word) >= len(prefix) && word[:len(prefix)] == prefix
}

// forgive makes the words of q forgive typos, and reports whether any does.
func forgive(q []term) bool {
	some := false
	for i := range q {
		if t := &q[i]; t.edits > 0 {
			t.edit = new(editDistance)
			t.edit.prepare(t.text, t.last)
			some = true
		}
	}
	return some
}

// in reports whether the word is that year, or its beginning.
func (t *term) in(year int16) bool { return t.year && year >= t.low && year <= t.high }

// least returns how many typos the best word for t of that title or year has,
// none where there is no word.
func (t *term) least(title string, year int16) uint8 {
	if t.in(year) {
		return 0
	}
	least := uint8(none)
	for at := 0; at < len(title); { // firstWord without a call, which engine.wasm would have here
		head := at
		at += wordHead + int(title[at]&^joined)
		word := title[head+wordHead : at]
		if word[0] == t.text[0] && hasPrefix(word, t.text) {
			return 0
		}
		if t.edit != nil && !far(t.letters, lettersAt(title, head), t) {
			least = min(least, t.compare(word))
		}
	}
	return least
}

// compare returns the typos of a word, none if they are too many.
func (t *term) compare(word string) uint8 {
	if word != t.word {
		t.word, t.typos = word, none
		if typos := t.edit.to(word, t.edits); typos <= t.edits {
			t.typos = uint8(typos)
		}
	}
	return t.typos
}
