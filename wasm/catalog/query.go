package catalog

import (
	"math/bits"
	"unicode/utf8"
)

// longest is how many words of a query and how many characters of a word count.
const longest = 16

// term is a word of the query.
type term struct {
	text      string
	number    string // its digits where it stands for a number, else ""
	letters   uint32
	year      bool  // a year, or the beginning of one that is being typed
	low, high int16 // the first and the last year that it may be
	last      bool  // it is still being typed
	one       bool  // it may count the first part of a series, whose title does not
	edits     int   // typos that are forgiven, once forgive allows them
	slack     int   // of its letters so many may be lacking: by typos in it, or in a pair that it is of
	edit      *editDistance
	word      string // the last one compared by edit, and its typos: many titles share a word
	typos     uint8
}

// query is what someone typed.
type query struct {
	terms   []term // without small words, unless there are no others
	pairs   []term // [terms-1] each with the next one as one word: "ghost busters"
	all     string // all letters, without what parts them
	small   int    // how many words are left out
	ways    []way  // to read it: as it is, and without a year or the number of a first part
	lacking int    // terms that an item need not have, once spare allows it
	most    uint8  // how badly an item fits at most
}

// way is a reading of a query.
type way struct {
	text, digits string // the letters of its terms, and with digits in place of numbers
	n            int    // how many terms
	without      *term  // the one that is not read; nil for none
}

func parse(text string) query {
	q := query{most: mostFit}
	var words []string
	for left := string(appendWords(nil, text)); left != ""; {
		var w string
		w, left = nextWord(left)
		words = append(words, w)
		q.all += w
		if len(words) == 2*longest {
			break
		}
	}
	words = addUp(words)
	small := 0
	for _, w := range words {
		if isSmall(w) {
			small++
		}
	}
	for i, w := range words {
		if len(q.terms) == longest {
			break
		}
		if small < len(words) && isSmall(w) {
			q.small++
			continue
		}
		q.terms = append(q.terms, newTerm(w, numeral(w, len(q.terms) == 0), i == len(words)-1))
	}
	for i := range q.terms {
		t := &q.terms[i]
		if utf8.RuneCountInString(t.text) == 3 && t.text[0] > '9' && len(q.terms) > 1 {
			t.edits = 1 // the other words tell what is meant
		}
		t.year = len(t.text) == 4 || t.last && i > 0 && (len(t.text) == 2 || len(t.text) == 3)
		for _, c := range t.text {
			t.year = t.year && c >= '0' && c <= '9'
		}
		if t.year {
			t.low, t.high = years(t.text)
		}
		t.one = i > 0 && i == len(q.terms)-1 && (t.text == "1" || t.number == "1")
		if i > 0 {
			before := &q.terms[i-1]
			pair := newTerm(before.text+t.text, "", t.last)
			if min(len(before.text), len(t.text)) < 3 {
				pair.edits = 0 // else "trek 6" is "trek", and a typo
			}
			q.pairs = append(q.pairs, pair)
		}
	}
	if len(q.terms) > 0 {
		q.read()
	}
	return q
}

func newTerm(word, number string, last bool) term {
	n := utf8.RuneCountInString(word)
	if n > longest {
		word = string([]rune(word)[:longest])
	}
	t := term{text: word, number: number, letters: lettersOf([]byte(word)), last: last}
	switch {
	case n >= 7:
		t.edits = 2
	case n >= 4:
		t.edits = 1
	}
	return t
}

// read finds the ways to read q.
func (q *query) read() {
	add := func(terms []term, without *term) {
		w := way{n: len(terms), without: without}
		for i := range terms {
			w.text += terms[i].text
			if number := terms[i].number; number != "" {
				w.digits += number
			} else {
				w.digits += terms[i].text
			}
		}
		q.ways = append(q.ways, w)
	}
	add(q.terms, nil)
	if n := len(q.terms) - 1; n > 0 {
		if first := &q.terms[0]; first.year {
			add(q.terms[1:], first)
		}
		if last := &q.terms[n]; last.year || last.one {
			add(q.terms[:n], last)
		}
	}
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

// smallWords say little of a title, and people leave them out or add them: articles, "and"
// and "of", and what stands before the number of a part.
const smallWords = " the a an and of le la les l d das el los il part pt vol volume episode chapter 第 部 "

func isSmall(word string) bool {
	for i := 0; i+len(word)+1 < len(smallWords); i++ {
		if smallWords[i] == ' ' && smallWords[i+1:i+1+len(word)] == word && smallWords[i+1+len(word)] == ' ' {
			return true
		}
	}
	return false
}

// hasPrefix is that of package strings, which would bring the tables of package
// unicode along.
func hasPrefix(word, prefix string) bool {
	return len(word) >= len(prefix) && word[:len(prefix)] == prefix
}

// forgive makes the words of q forgive typos, and reports whether any does.
func (q *query) forgive() bool {
	some := false
	for _, terms := range [2][]term{q.terms, q.pairs} {
		for i := range terms {
			if t := &terms[i]; t.edits > 0 {
				t.edit = new(editDistance)
				t.edit.prepare(t.text, t.last)
				some = true
			}
		}
	}
	for i := range q.terms {
		t := &q.terms[i]
		t.slack = t.edits
		if i > 0 {
			t.slack = max(t.slack, q.pairs[i-1].edits)
		}
		if i < len(q.pairs) {
			t.slack = max(t.slack, q.pairs[i].edits)
		}
	}
	return some
}

// spare lets an item lack one of three words or more, and reports whether that is so.
func (q *query) spare() bool {
	if len(q.terms) > 2 {
		q.lacking = 1
	}
	return q.lacking > 0
}

// foreign reports whether an item whose names have these letters, and of that year, lacks some
// of q for certain.
func (q *query) foreign(letters uint32, year int16) bool {
	lacking := q.lacking
	for i := range q.terms {
		t := &q.terms[i]
		if missing := t.letters &^ letters; missing == 0 || bits.OnesCount32(missing) <= t.slack || t.number != "" || t.one || t.in(year) {
			continue
		}
		if lacking--; lacking < 0 {
			return true
		}
	}
	return false
}

// in reports whether the word is that year, or its beginning.
func (t *term) in(year int16) bool { return t.year && year >= t.low && year <= t.high }

// least returns how many typos the best word for t of an item with these words and that
// year has, none where there is no word.
func (t *term) least(words string, year int16) uint8 {
	if t.in(year) || t.one {
		return 0
	}
	least := uint8(none)
	for at := 0; at < len(words); { // firstWord without a call, which engine.wasm would have here
		head := at
		at += wordHead + int(words[at]&wordBytes)
		word := words[head+wordHead : at]
		switch word[0] {
		case t.text[0]:
			if hasPrefix(word, t.text) || hasPrefix(t.text, word) && along(words[at:], t.text[len(word):]) {
				return 0
			}
		case spellMark[0]:
			return least
		}
		if t.number != "" && word == t.number {
			return 0
		}
		if t.edit != nil && !far(t.letters, lettersAt(words, head), t) {
			least = min(least, t.compare(word))
		}
	}
	return least
}

// along reports whether text goes on as words do, one after the other, without those that
// are joined.
func along(words, text string) bool {
	for words != "" && words[0] >= joined {
		_, end := firstWord(words)
		words = words[end:]
	}
	for text != "" && words != "" {
		var word string
		word, words = nextWord(words)
		switch {
		case hasPrefix(word, text):
			return true
		case !hasPrefix(text, word):
			return false
		}
		text = text[len(word):]
	}
	return text == ""
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
