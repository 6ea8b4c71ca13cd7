package catalog

import "unicode/utf8"

// Words stand one after the other in a text, each as a byte that holds its length and
// flags, its letters (see lettersOf), and its bytes: a search reads them in the order of
// memory.
const (
	joined    = 0x80 // hyphens join the words before to this one, which the title does not have
	digits    = 0x40 // beside joined: it is the number that the word before stands for, or half
	wordBytes = 0x3f // at most; what is beyond those that are compared, see longest, tells nothing
	wordHead  = 5    // bytes before those of the word
)

// A word of one of these bytes stands before the words of another name of the same item,
// and has in place of its letters which name that is, see nameOf.
const (
	nameMark  = "\x01"
	spellMark = "\x02" // the name is a spelling of another one in Latin letters, see pinyin
)

// firstWord returns the first of words, and where the next one begins.
func firstWord(words string) (word string, end int) {
	end = wordHead + int(words[0]&wordBytes)
	return words[wordHead:end], end
}

// nextWord returns the first of words, which is not joined, and those after it without
// what is joined of them.
func nextWord(words string) (word, rest string) {
	word, end := firstWord(words)
	for end < len(words) && words[end] >= joined {
		end += wordHead + int(words[end]&wordBytes)
	}
	return word, words[end:]
}

// lettersOf returns the set of the letters of a word, modulo 32.
func lettersOf(word []byte) uint32 {
	var set uint32
	for i := 0; i < len(word); {
		c, size := rune(word[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(word[i:])
		}
		set |= 1 << (c & 31)
		i += size
	}
	return set
}

// lettersAt returns the letters of the word at at.
func lettersAt(words string, at int) uint32 {
	set := words[at+1 : at+wordHead]
	return uint32(set[0]) | uint32(set[1])<<8 | uint32(set[2])<<16 | uint32(set[3])<<24
}

// appendWords appends the words of text to dst, folded.
func appendWords(dst []byte, text string) []byte {
	at := len(dst) // the word that is being read
	chain := at    // the first of those that a hyphen joins to it, or itself
	dst = append(dst, head...)
	for i := 0; i < len(text); {
		switch c := text[i]; { // most of most texts, and what fold would say of it
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			dst = append(dst, c)
			i++
			continue
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+'a'-'A')
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		i += size
		several := several(c)
		f, role := fold(c)
		switch {
		case c == '½':
			dst, at, _ = endWord(dst, at, chain, false)
			dst, at, _ = endWord(append(dst, '1'), at, at, false)
			dst, at, chain = endWord(append(dst, '2'), at, at, false)
		case c == '&':
			dst, at, _ = endWord(dst, at, chain, false)
			dst = append(dst, several...)
			dst, at, chain = endWord(dst, at, at, false)
		case several != "":
			dst = append(dst, several...)
		case role == letter:
			dst = utf8.AppendRune(dst, f)
		case role == hyphen, elides(c, dst[at:]):
			dst, at, chain = endWord(dst, at, chain, true)
		case role == gap:
			dst, at, chain = endWord(dst, at, chain, false)
		case role == single:
			dst, at, _ = endWord(dst, at, chain, false)
			dst = utf8.AppendRune(dst, f)
			dst, at, chain = endWord(dst, at, at, false)
		}
	}
	dst, at, _ = endWord(dst, at, chain, false)
	return dst[:at]
}

// elides reports whether c behind the word that is being read ends an article that lost
// its vowel: l'avventura, d'Amélie.
func elides(c rune, word []byte) bool {
	return (c == '\'' || c == '’') && len(word) == wordHead+1 && (word[wordHead] == 'l' || word[wordHead] == 'd')
}

// head is room for what stands before a word.
const head = "\x00\x00\x00\x00\x00"

// endWord ends the word at at, if it has letters, and begins one. Unless a hyphen
// links the two, it writes what hyphens joined since chain.
func endWord(dst []byte, at, chain int, linked bool) (_ []byte, next, nextChain int) {
	if len(dst) > at+wordHead {
		dst, at = fillHead(dst, at, 0)
	}
	if linked {
		return dst, at, chain
	}
	if chain < at && chain+wordHead+int(dst[chain]) < at { // more than one word
		end := at
		for from := chain; from < end; {
			next := from + wordHead + int(dst[from])
			dst = append(dst, dst[from+wordHead:next]...)
			from = next
		}
		dst, at = fillHead(dst, at, joined)
	}
	return dst, at, at
}

// appendName appends the words of a name to dst: of each that stands for a number its
// digits, too, and of "1/2" that it is a half.
func appendName(dst []byte, name string) []byte {
	from, one := len(dst), false // whether the word before is a 1
	dst = appendWords(dst, name)
	for at := from; at < len(dst); {
		next := at + wordHead + int(dst[at]&wordBytes)
		number := ""
		switch word := dst[at+wordHead : next]; {
		case dst[at] >= joined:
		case one && len(word) == 1 && word[0] == '2':
			number = half
		case mayCount(word):
			number = numeral(string(word), at == from)
		}
		one = next == at+wordHead+1 && dst[next-1] == '1'
		if number != "" {
			size := wordHead + len(number)
			dst = append(append(dst, head...), number...)
			copy(dst[next+size:], dst[next:len(dst)-size])
			copy(dst[next+wordHead:], number)
			setHead(dst[next:next+size], joined|digits)
			next += size
		}
		at = next
	}
	return dst
}

// half stands in place of the digits of both words of "1/2".
const half = "half"

// fillHead fills in what stands before the word at at, which it cuts to wordBytes,
// and begins the next one.
func fillHead(dst []byte, at int, flag byte) (_ []byte, next int) {
	dst = dst[:min(len(dst), at+wordHead+wordBytes)]
	setHead(dst[at:], flag)
	return append(dst, head...), len(dst)
}

func setHead(word []byte, flag byte) {
	letters := lettersOf(word[wordHead:])
	word[0] = byte(len(word)-wordHead) | flag
	word[1], word[2], word[3], word[4] = byte(letters), byte(letters>>8), byte(letters>>16), byte(letters>>24)
}

// Words returns the words of text as searches compare them: without accents and in lower
// case; of a script that is written without blanks, each character.
func Words(text string) (all []string) {
	for words := string(appendWords(nil, text)); words != ""; {
		var word string
		word, words = nextWord(words)
		all = append(all, word)
	}
	return all
}
