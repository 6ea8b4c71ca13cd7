package match

import "sparrow/wasm/catalog"

// keys are what a title is compared by. A key has no spaces: "Rocket Man" is "RocketMan".
type keys struct {
	whole   []string // of the title, of what stands in its brackets, and of both together
	edition []string // of the title without the words of an edition; none where it names none
	part    []string // of what stands before and after a colon or a dash
	words   []string // of the title
	lengths map[string]int
}

// long reports whether a key is of three words or more: nothing that two films of one year have
// in common by chance.
func (k *keys) long(key string) bool { return k.lengths[key] >= 3 }

// keyer makes keys. It keeps scratch memory.
type keyer struct{ plain []byte }

// of returns the keys of a title; with edition also those without words like "Director's Cut".
func (y *keyer) of(title string, edition bool) *keys {
	k := &keys{lengths: map[string]int{}}
	main, inner := brackets(title)
	words := y.words(main)
	k.words = words
	k.add(&k.whole, words)
	for _, text := range inner {
		if other := y.words(text); !y.isEdition(other) {
			k.add(&k.whole, other)
		} else if edition {
			k.add(&k.edition, words)
		}
	}
	if len(inner) > 0 {
		k.add(&k.whole, y.words(title))
	}
	if edition {
		if n := y.editionAt(words); n > 0 && n < len(words) {
			k.add(&k.edition, words[:n])
		}
	}
	for _, mark := range []string{": ", " - ", " – ", " — ", "："} {
		if before, after, ok := cut(main, mark); ok {
			k.add(&k.part, y.words(before))
			k.add(&k.part, y.words(after))
			break
		}
	}
	return k
}

// literal returns a title and what stands in its brackets as they compare to the letter, with
// the article before them; none of one word beside it.
func (y *keyer) literal(title string) (all []string) {
	main, inner := brackets(title)
	for _, text := range append(inner, main) {
		moved := sortArticle(text)
		if len(moved) < len(text) {
			y.plain = catalog.AppendPlain(y.plain[:0], text[len(moved):])
			if last := fields(string(y.plain)); hasPrefix(text, moved) && len(last) == 1 {
				moved = last[0] + " " + moved
			} else {
				moved = text
			}
		}
		y.plain = catalog.AppendPlain(y.plain[:0], moved)
		if list := fields(string(y.plain)); len(list) > 2 || len(list) == 2 && !isArticle(list[0]) {
			all = append(all, join(list, ""))
		}
	}
	return all
}

func (k *keys) add(to *[]string, words []string) {
	key := join(words, "")
	if key == "" {
		return
	}
	for _, one := range *to {
		if one == key {
			return
		}
	}
	*to = append(*to, key)
	k.lengths[key] = len(words)
}

// brackets returns a title without what stands in brackets, and that, without "a.k.a.".
func brackets(title string) (main string, inner []string) {
	for {
		before, rest, open := cut(title, "(")
		if !open {
			before, rest, open = cut(title, "[")
		}
		text, after, closed := cutClose(rest)
		if !open || !closed {
			return main + title, inner
		}
		main += before
		title = after
		text = trim(text)
		for _, aka := range []string{"a.k.a. ", "a.k.a ", "aka "} {
			text = trimPrefix(text, aka)
		}
		if text != "" && !isYear(text) {
			inner = append(inner, text)
		}
	}
}

func cutClose(text string) (inside, after string, ok bool) {
	for i := range len(text) {
		if text[i] == ')' || text[i] == ']' {
			return text[:i], text[i+1:], true
		}
	}
	return "", "", false
}

func isYear(text string) bool {
	if len(text) != 4 {
		return false
	}
	for i := range 4 {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// isArticle reports whether a word begins a title without belonging to it.
func isArticle(word string) bool {
	switch word {
	case "the", "a", "an", "le", "la", "les", "un", "une", "der", "die", "das", "ein", "eine", "el", "los", "las", "il", "lo", "gli":
		return true
	}
	return false
}

// trails reports whether a word that ends a title after a comma is its article: "Postman, The".
func trails(word string) bool {
	switch word {
	case "i", "l", "o", "os":
		return true
	}
	return isArticle(word)
}

// alike returns what stands for a word and others of its meaning: numbers are digits.
func alike(word string) string {
	switch word {
	case "one":
		return "1"
	case "ii", "two":
		return "2"
	case "iii", "three":
		return "3"
	case "iv", "four":
		return "4"
	case "v", "five":
		return "5"
	case "vi", "six":
		return "6"
	case "vii", "seven":
		return "7"
	case "viii", "eight":
		return "8"
	case "ix", "nine":
		return "9"
	case "x", "ten":
		return "10"
	case "xi", "eleven":
		return "11"
	case "xii", "twelve":
		return "12"
	case "xiii", "thirteen":
		return "13"
	case "versus":
		return "vs"
	case "pt":
		return "part"
	case "volume":
		return "vol"
	case "dr":
		return "doctor"
	case "mr":
		return "mister"
	case "episodes":
		return "episode"
	}
	return word
}

// spelled returns a text with fractions and raised numbers as digits.
func spelled(text string) string {
	var b []byte
	for i, c := range text {
		other := ""
		switch c {
		case '½':
			other = " 1 2"
		case '²':
			other = " 2"
		case '³':
			other = " 3"
		}
		if other != "" && b == nil {
			b = append(b, text[:i]...)
		}
		if other != "" {
			b = append(b, other...)
		} else if b != nil {
			b = append(b, string(c)...)
		}
	}
	if b == nil {
		return text
	}
	return string(b)
}

// words returns the words of a text without its articles at the front and at the end, with
// numbers as digits.
func (y *keyer) words(text string) []string {
	text = sortArticle(spelled(text))
	y.plain = catalog.AppendPlain(y.plain[:0], text)
	list := fields(string(y.plain))
	if len(list) > 1 && isArticle(list[0]) {
		list = list[1:]
	}
	for i, w := range list {
		list[i] = alike(w)
		if w == "i" && i > 0 && (list[i-1] == "part" || list[i-1] == "episode" || list[i-1] == "vol") {
			list[i] = "1"
		}
	}
	return list
}

// sortArticle takes an article off that stands after a comma, at the end or before a colon, and
// sets one apart that an apostrophe joins to the first word.
func sortArticle(text string) string {
	for at := 0; ; {
		before, _, more := cut(text[at:], ", ")
		if !more {
			break
		}
		at += len(before)
		end := at + 2
		for end < len(text) && text[end] != ' ' && text[end] != ':' && text[end] != ')' && text[end] != '(' {
			end++
		}
		word := lower(trimSuffix(trimSuffix(text[at+2:end], "'"), "’"))
		rest := trim(text[end:])
		ends := rest == "" || rest[0] == ':' || rest[0] == '(' || rest[0] == ')' || rest[0] == '-'
		if ends && word != "" && trails(word) {
			text = text[:at] + text[end:]
			continue
		}
		at = end
	}
	for _, joined := range []string{"L'", "l'", "L’", "l’", "L' "} {
		if hasPrefix(text, joined) {
			return text[len(joined):]
		}
	}
	return text
}
