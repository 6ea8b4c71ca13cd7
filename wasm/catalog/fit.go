package catalog

// Penalties of how a name fits. A penalty of 4 more is made up for by a count twice as large:
// an item whose title begins with the query comes before one that is called so where six times
// as many know it. They were chosen on the queries of wasm/engine/testdata.
const (
	whole    = 1  // all words, but for small ones
	nearly   = 8  // the same, but for the end of the last word
	begins   = 11 // the name begins with the query, and a word ends there
	typing   = 13 // the same in the middle of a word
	inside   = 14 // the query stands in the name from the beginning of a word on
	insideOf = 16 // the same up to the middle of a word
	anywhere = 24 // all words are there, in another order or with others between
	typo     = 12 // of each typo
	assumed  = 8  // a number 1, or a year whose last digits are not there yet, is not read as a word
	other    = 1  // the name is not the title
	spell    = 12 // the name is in Latin letters what it is in others
	mostFit  = 127
)

// name is the name that is being compared: memory of a search.
type name struct {
	text, digits []byte // its words but the small ones, a blank between, and with digits for numbers
	n, small     int    // how many, and how many small ones are left out
}

// set makes n the first name of words, and returns the words of the next one, and which
// that is.
func (n *name) set(words string) (rest, mark string, of nameOf) {
	n.text, n.digits, n.n, n.small = n.text[:0], n.digits[:0], 0, 0
	skipped := false
	for at := 0; at < len(words); {
		flags, from := words[at], at+wordHead
		at = from + int(flags&wordBytes)
		word := words[from:at]
		if word == nameMark || word == spellMark {
			return words[at:], word, nameOf{words[from-4], words[from-3]}
		}
		switch {
		case flags&digits != 0 && !skipped:
			n.digits = n.digits[:len(n.digits)-n.lastWord()]
			if word == half { // of two words
				n.digits = n.digits[:len(n.digits)-len("1 ")]
			}
			n.digits = append(n.digits, word...)
		case flags&joined != 0:
		default:
			if skipped = isSmall(word); skipped {
				n.small++
				continue
			}
			if n.n > 0 {
				n.text, n.digits = append(n.text, ' '), append(n.digits, ' ')
			}
			n.text, n.digits = append(n.text, word...), append(n.digits, word...)
			n.n++
		}
	}
	return "", "", nameOf{}
}

// lastWord returns the length of the last word of digits.
func (n *name) lastWord() int {
	i := len(n.digits)
	for i > 0 && n.digits[i-1] != ' ' {
		i--
	}
	return len(n.digits) - i
}

// fit returns how badly an item with these words, which has all of q at that cost, fits by
// the best of its names.
func (s *Search) fit(q *query, words string, year int16, cost uint8) uint8 {
	fit, mark := uint8(anywhere), ""
	for own := uint8(0); words != "" && mark != spellMark; own = other {
		words, mark, _ = s.name.set(words)
		fit = min(fit, own+s.name.fit(q, year, cost))
	}
	return withTypos(fit, cost)
}

func withTypos(fit, cost uint8) uint8 { return fit + typo*min(cost, (mostFit-anywhere)/typo) }

// fit returns how badly one name fits q, anywhere for what it is of the item as a whole.
func (n *name) fit(q *query, year int16, cost uint8) uint8 {
	best := uint8(anywhere)
	for i := range q.ways {
		w := &q.ways[i]
		more := uint8(0)
		if t := w.without; t != nil {
			if !t.one && !t.in(year) {
				continue
			}
			if t.one || len(t.text) < 4 {
				more = assumed
			}
		}
		if cost > 0 {
			if w.n == n.n {
				best = min(best, begins+more)
			}
			continue
		}
		f := place(n.text, w.text)
		if d := place(n.digits, w.digits); d < f {
			f = d
		}
		if f == whole && i == 0 && n.small == q.small {
			f = 0
		}
		best = min(best, f+more)
	}
	return best
}

// place returns where query stands in name, whose words have blanks between.
func place(name []byte, query string) uint8 {
	for from := range name {
		if from > 0 && name[from-1] != ' ' {
			continue
		}
		end := follow(name[from:], query)
		switch {
		case end < 0:
			continue
		case from == 0 && end == len(name):
			return whole
		case from == 0 && name[end] == ' ':
			return begins
		case from == 0 && oneWord(name[end:]):
			return nearly
		case from == 0:
			return typing
		case from+end == len(name) || name[from+end] == ' ':
			return inside
		}
		return insideOf
	}
	return anywhere
}

func oneWord(name []byte) bool {
	for _, c := range name {
		if c == ' ' {
			return false
		}
	}
	return true
}

// follow returns where query ends that name begins with but for its blanks, -1 where it
// does not.
func follow(name []byte, query string) int {
	at := 0
	for i := range len(query) {
		if at < len(name) && name[at] == ' ' {
			at++
		}
		if at == len(name) || name[at] != query[i] {
			return -1
		}
		at++
	}
	return at
}

// spelled returns how badly the best spelling of an item's names fits q, none where none
// does, and which one that is.
func spelled(q *query, words string) (fit uint8, of nameOf) {
	fit = none
	for at := 0; at < len(words) && len(q.all) > 1; {
		from := at + wordHead
		at = from + int(words[at]&wordBytes)
		if words[from:at] == spellMark {
			if f := spelling(words[at:], q.all); f < fit {
				fit, of = f, nameOf{words[from-4], words[from-3]}
			}
		}
	}
	return fit, of
}

// spelling returns how badly the first name of words, a syllable each, fits text: its
// letters are those of the name, or of the beginnings of its syllables, or the first ones
// of these.
func spelling(words, text string) uint8 {
	all, short, fits, brief := text, text, true, true // what is left, of all letters and of first ones
	fit := uint8(whole)
	for at := 0; at < len(words); {
		flags, from := words[at], at+wordHead
		at = from + int(flags&wordBytes)
		word := words[from:at]
		if word == nameMark || word == spellMark {
			break
		}
		if flags >= joined {
			continue
		}
		switch {
		case all == "":
			fit = max(fit, begins)
		case hasPrefix(all, word):
			all = all[len(word):]
		default:
			fits, fit, all = fits && hasPrefix(word, all), typing, ""
		}
		first := word
		if word[0] > '9' {
			first = word[:1]
		}
		if short != "" {
			brief = brief && hasPrefix(short, first)
			short = short[min(len(first), len(short)):]
		}
	}
	switch {
	case fits && all == "":
		return spell + fit
	case brief && short == "":
		return spell + begins
	}
	return none
}

// called returns the name by which item r is found, "" for its title.
func (s *Search) called(q *query, r Row) string {
	words, year := s.wordsOf(r), s.catalog.Years[r]
	best, by := uint8(none), nameOf{}
	of, mark := nameOf{}, ""
	for left := words; left != "" && mark != spellMark; {
		var next nameOf
		name := left
		left, mark, next = s.name.set(left)
		if name = name[:len(name)-len(left)-len(mark)]; mark != "" {
			name = name[:len(name)-wordHead]
		}
		if cost := cost(q, name, year); cost != none {
			if f := withTypos(s.name.fit(q, year, cost), cost); f < best {
				best, by = f, of
			}
		}
		of = next
	}
	if best == none {
		_, by = spelled(q, words)
	}
	if by.column == 0 {
		return ""
	}
	n := &s.names[by.column-1]
	if n.mark == spellMark {
		for i := range s.names {
			if s.names[i].Name == ChineseColumn {
				n = &s.names[i]
			}
		}
	}
	codes := n.of(int(r))
	if int(by.nth) >= len(codes) {
		return ""
	}
	return n.Texts.At(int(codes[by.nth]) - 1)
}
