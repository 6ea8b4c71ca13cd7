package match

import (
	"strings"

	"sparrow/wasm/catalog"
)

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
		if before, after, ok := strings.Cut(main, mark); ok {
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
			if last := strings.Fields(string(y.plain)); strings.HasPrefix(text, moved) && len(last) == 1 {
				moved = last[0] + " " + moved
			} else {
				moved = text
			}
		}
		y.plain = catalog.AppendPlain(y.plain[:0], moved)
		if list := strings.Fields(string(y.plain)); len(list) > 2 || len(list) == 2 && !strings.Contains(articles, " "+list[0]+" ") {
			all = append(all, strings.Join(list, ""))
		}
	}
	return all
}

func (k *keys) add(to *[]string, words []string) {
	key := strings.Join(words, "")
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
		before, rest, open := strings.Cut(title, "(")
		if !open {
			before, rest, open = strings.Cut(title, "[")
		}
		text, after, closed := cutClose(rest)
		if !open || !closed {
			return main + title, inner
		}
		main += before
		title = after
		text = strings.TrimSpace(text)
		for _, aka := range []string{"a.k.a. ", "a.k.a ", "aka "} {
			text = strings.TrimPrefix(text, aka)
		}
		if text != "" && !isYear(text) {
			inner = append(inner, text)
		}
	}
}

func cutClose(text string) (inside, after string, ok bool) {
	at := strings.IndexAny(text, ")]")
	if at < 0 {
		return "", "", false
	}
	return text[:at], text[at+1:], true
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

// articles begin a title or, after a comma, end it: "Postman, The".
const (
	articles = " the a an le la les un une der die das ein eine el los las il lo gli "
	trailing = articles + "i l o os "
)

// alike writes one number or short form for several.
var alike = map[string]string{
	"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13",
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
	"versus": "vs", "pt": "part", "volume": "vol", "dr": "doctor", "mr": "mister", "episodes": "episode",
}

var fractions = [...][2]string{{"½", " 1 2"}, {"²", " 2"}, {"³", " 3"}}

// words returns the words of a text without its articles at the front and at the end, with
// numbers as digits.
func (y *keyer) words(text string) []string {
	for _, one := range fractions {
		text = strings.ReplaceAll(text, one[0], one[1])
	}
	text = sortArticle(text)
	y.plain = catalog.AppendPlain(y.plain[:0], text)
	list := strings.Fields(string(y.plain))
	if len(list) > 1 && strings.Contains(articles, " "+list[0]+" ") {
		list = list[1:]
	}
	for i, w := range list {
		if other, ok := alike[w]; ok {
			list[i] = other
		} else if w == "i" && i > 0 && (list[i-1] == "part" || list[i-1] == "episode" || list[i-1] == "vol") {
			list[i] = "1"
		}
	}
	return list
}

// sortArticle takes an article off that stands after a comma, at the end or before a colon, and
// sets one apart that an apostrophe joins to the first word.
func sortArticle(text string) string {
	for at := 0; ; {
		i := strings.Index(text[at:], ", ")
		if i < 0 {
			break
		}
		at += i
		end := at + 2
		for end < len(text) && text[end] != ' ' && text[end] != ':' && text[end] != ')' && text[end] != '(' {
			end++
		}
		word := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(text[at+2:end], "'"), "’"))
		rest := strings.TrimSpace(text[end:])
		ends := rest == "" || rest[0] == ':' || rest[0] == '(' || rest[0] == ')' || rest[0] == '-'
		if ends && word != "" && strings.Contains(trailing, " "+word+" ") {
			text = text[:at] + text[end:]
			continue
		}
		at = end
	}
	for _, joined := range []string{"L'", "l'", "L’", "l’", "L' "} {
		if rest, ok := strings.CutPrefix(text, joined); ok {
			return rest
		}
	}
	return text
}

// editions are words that end a title without belonging to it, after a space.
var editions = [...]string{
	" directors cut", " final cut", " extended cut", " theatrical cut", " ultimate cut", " extended edition", " special edition",
	" ultimate edition", " collectors edition", " anniversary edition", " definitive edition", " extended version", " theatrical version",
	" uncut", " unrated", " restored", " remastered", " extended", " 3d", " imax", " 4k", " restored version", " original version", " tv version",
}

// editionAt returns how many words stand before those of an edition, len(words) where there is none.
func (y *keyer) editionAt(words []string) int {
	text := strings.Join(words, " ")
	for shorter := true; shorter; {
		shorter = false
		for _, e := range editions {
			if rest, ok := strings.CutSuffix(text, e); ok {
				text, shorter = strings.TrimSuffix(rest, " the"), true
				if at := strings.LastIndexByte(text, ' '); at >= 0 && ordinal(text[at+1:]) {
					text = text[:at]
				}
			}
		}
	}
	return len(strings.Fields(text))
}

// ordinal reports whether a word is like "25th".
func ordinal(w string) bool {
	return len(w) > 2 && w[0] >= '0' && w[0] <= '9' && (strings.HasSuffix(w, "th") || strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd"))
}

func (y *keyer) isEdition(words []string) bool {
	return y.editionAt(append([]string{"x"}, words...)) == 1
}
