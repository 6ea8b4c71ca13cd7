package catalog

import (
	"unsafe"

	"sparrow/wasm/attribute"
)

// titles holds the words of all names of all items, see appendName: those of the title and
// of what it has in brackets, then those of the columns of names. A search goes over all of
// them: that takes a millisecond or two, where numbers for the words, or a list of
// titles for each, take several times as long to make and more bytes than the titles.
type titles struct {
	words   []byte
	ends    []uint32 // [N] the words of item r end at words[ends[r]], where the next one's begin
	letters []uint32 // [N] the letters of all its names, see lettersOf
	names   []names

	spells bool // whether one of names is of spellings
}

// Columns of attributes that are called so hold names of items, as title_zh does those in
// Chinese: the first one of an item is its title in that language. Those of PinyinColumn
// are those of ChineseColumn in Latin letters, a word a syllable, in the same order.
const (
	NameColumn    = "title_"
	ChineseColumn = "title_zh"
	PinyinColumn  = "title_pinyin"
)

// names is a column of names.
type names struct {
	*attribute.Column
	mark  string
	first []uint32 // [N+1] of a list: where the codes of each item begin; made with the index
}

// of returns the names of item r.
func (n *names) of(r int) []uint32 {
	if n.Kind == attribute.List {
		return n.Between(int(n.first[r]), int(n.first[r+1]))
	}
	return n.Of(r)
}

// namesOf returns the columns of names of c, those of spellings last.
func namesOf(c *Catalog) (all []names) {
	var last []names
	for i := range c.Attributes {
		a := &c.Attributes[i]
		if !hasPrefix(a.Name, NameColumn) || a.Kind != attribute.Text && a.Kind != attribute.List {
			continue
		}
		n := names{Column: a, mark: nameMark}
		if a.Kind == attribute.List {
			n.first = append(make([]uint32, 0, len(a.Counts)+1), 0)
		}
		if a.Name == PinyinColumn {
			n.mark = spellMark
			last = append(last, n)
		} else {
			all = append(all, n)
		}
	}
	return append(all, last...)
}

// stepTitles is how many titles a step reads: in a browser, a millisecond or so.
const stepTitles = 4000

// Prepare takes the next step of making the index, in a browser a few milliseconds
// at most, and reports whether there was one.
func (s *Search) Prepare() bool {
	all := s.catalog.Titles
	if s.words == nil {
		s.ends, s.letters = make([]uint32, 0, len(all)), make([]uint32, 0, len(all))
		s.names = namesOf(s.catalog)
		s.spells = len(s.names) > 0 && s.names[len(s.names)-1].mark == spellMark
		bytes := 0
		for _, title := range all {
			bytes += 3*wordHead + 2*len(title) // enough for words of four letters
		}
		s.words = make([]byte, 0, bytes)
	}
	next := len(s.ends)
	left := all[next:min(len(all), next+stepTitles)]
	for i, title := range left {
		before := len(s.words)
		s.read(next+i, title)
		letters := uint32(0)
		for words := s.words[before:]; len(words) > 0; words = words[wordHead+int(words[0]&wordBytes):] {
			if words[wordHead] > spellMark[0] {
				letters |= uint32(words[1]) | uint32(words[2])<<8 | uint32(words[3])<<16 | uint32(words[4])<<24
			}
		}
		s.ends, s.letters = append(s.ends, uint32(len(s.words))), append(s.letters, letters)
	}
	return len(left) > 0
}

// read appends the words of all names of item r.
func (s *Search) read(r int, title string) {
	name, rest := nextName(title)
	s.words = appendName(s.words, name)
	for rest != "" {
		if name, rest = nextName(rest); name != "" {
			s.words = appendMark(s.words, nameMark, nameOf{})
			s.words = appendName(s.words, name)
		}
	}
	for i := range s.names {
		n := &s.names[i]
		if n.Kind == attribute.List {
			n.first = append(n.first, n.first[r]+uint32(n.Counts[r]))
		}
		for k, code := range n.of(r) {
			s.words = appendMark(s.words, n.mark, nameOf{uint8(i + 1), uint8(k)})
			s.words = appendName(s.words, n.Texts.At(int(code)-1))
		}
	}
}

// nameOf says which name of an item words are of: the title or a part of it, where column
// is 0, else the nth of the column of names before column.
type nameOf struct{ column, nth uint8 }

// appendMark appends what stands before the words of another name.
func appendMark(dst []byte, mark string, of nameOf) []byte {
	return append(append(dst, 1, of.column, of.nth, 0, 0), mark...)
}

// nextName returns what title says before its first bracket, or the next one, without
// "a.k.a.", and what comes after it. A title that begins with a bracket is one name.
func nextName(title string) (name, rest string) {
	n := 0
	for n < len(title) && (n == 0 || title[n] != '(' && title[n] != ')') {
		n++
	}
	name = title[:n]
	if n < len(title) && title[0] != '(' {
		rest = title[n+1:]
	} else {
		name = title
	}
	const also = "a.k.a. "
	if hasPrefix(name, also) {
		name = name[len(also):]
	}
	return name, rest
}

// wordsOf returns the words of the names of item r.
func (t *titles) wordsOf(r Row) string {
	start := uint32(0)
	if r > 0 {
		start = t.ends[r-1]
	}
	return t.text()[start:t.ends[r]]
}

// text returns the words as a text. It is a view of them, of which nothing is
// overwritten.
func (t *titles) text() string { return *(*string)(unsafe.Pointer(&t.words)) }
