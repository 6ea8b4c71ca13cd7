package engine

// How titles count the parts of a series: "Part Two", "Book 12", "Vol. 3", "Band 4",
// "第2部", "卷三".

// partWords stand before the number of a part.
var partWords = [...]string{"Part", "Book", "Vol.", "Vol", "Volume", "Episode", "Chapter", "No.", "Band", "Teil", "Tome"}

// numberWords are the numbers that are written out: n stands at n-1.
var numberWords = [...]string{"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"}

// partWord returns the length of the word at the end of text that stands before the number
// of a part; 0 for none.
func partWord(text string) int {
	for _, w := range partWords {
		if n := len(text) - len(w); n == 0 && text == w || n > 0 && text[n:] == w && (text[n-1] == ' ' || text[n-1] == ',') {
			return len(w)
		}
	}
	return 0
}

// beginsPart reports whether text begins with such a word and a space, or "Vol".
func beginsPart(text string) bool {
	for _, w := range partWords {
		if begins(text, w) && len(text) > len(w) && text[len(w)] == ' ' {
			return true
		}
	}
	return begins(text, "Vol")
}

// numeral returns the number below 1000 that a word is, in digits, in I and V, or written
// out; 0 for none.
func numeral(word string) int {
	n := 0
	for i := range len(word) {
		switch c := word[i]; {
		case c == 'I':
			n++
		case c == 'V':
			n = 5 - n
		case digit(c):
			n = 10*n + int(c-'0')
		default:
			for i, w := range numberWords {
				if word == w {
					return i + 1
				}
			}
			return 0
		}
		if n < 0 || n >= 1000 {
			return 0
		}
	}
	return n
}

// Chinese marks: what may stand before a part's number, its numbers, and what is counted.
const (
	chineseBefore  = " :-：（《·—"
	chineseNumbers = "一二三四五六七八九十"
	chineseUnits   = "部卷册集季辑篇冊輯"
)

// chinesePart returns which part of a series rest, what a title goes on with, says that it
// is, as 第2部, （第二卷） and 卷三 do; 0 where it does not say.
func chinesePart(rest string) int {
	ordinal, counted, n := false, false, 0
	for _, c := range rest {
		switch at := runeIn(chineseNumbers, c); {
		case !ordinal && !counted && n == 0 && runeIn(chineseBefore, c) >= 0:
		case !ordinal && !counted && n == 0 && c == '第':
			ordinal = true
		case !ordinal && !counted && n == 0 && c == '卷':
			counted = true
		case (ordinal || counted) && c >= '0' && c <= '9' && n < 100:
			n = 10*n + int(c-'0')
		case (ordinal || counted) && n == 0 && at >= 0:
			n = at + 1
		case counted:
			return n
		default:
			if ordinal && n > 0 && runeIn(chineseUnits, c) >= 0 {
				return n
			}
			return 0
		}
	}
	if counted {
		return n
	}
	return 0
}

// runeIn returns the how manieth rune of set c is, -1 for none.
func runeIn(set string, c rune) int {
	i := 0
	for _, other := range set {
		if other == c {
			return i
		}
		i++
	}
	return -1
}
