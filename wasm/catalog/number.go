package catalog

import "strconv"

// numberWords are the numbers that are written out, cardinal and ordinal: each with the
// last digit of what it stands for and a letter for its place, u for units, t for those
// from ten on, o and p for the same of ordinals, y for tens, h and k for hundred and thousand.
const numberWords = " one1u two2u three3u four4u five5u six6u seven7u eight8u nine9u first1o second2o third3o fourth4o fifth5o sixth6o " +
	"seventh7o eighth8o ninth9o ten0t eleven1t twelve2t thirteen3t fourteen4t fifteen5t sixteen6t seventeen7t eighteen8t nineteen9t tenth0p " +
	"eleventh1p twelfth2p thirteenth3p twenty2y thirty3y forty4y fifty5y sixty6y seventy7y eighty8y ninety9y hundred0h thousand0k " +
	"一1u 二2u 三3u 四4u 五5u 六6u 七7u 八8u 九9u 十0t "

// numbersLike has a bit for what few words but those of numberWords have in common: most
// words of titles are told from them without a look at all.
var numbersLike = func() (seen [32]uint64) {
	from := 1
	for i := 1; i < len(numberWords); i++ {
		if numberWords[i] == ' ' {
			at := likeness(numberWords[from], numberWords[i-3], i-2-from)
			seen[at>>6] |= 1 << (at & 63)
			from = i + 1
		}
	}
	return seen
}()

func likeness(first, last byte, n int) int { return (37*int(first) + 211*int(last) + 1009*n) & 2047 }

// mayCount reports whether a word may stand for a number that it is not written in, which
// few do.
func mayCount(word []byte) bool {
	switch c := word[0]; {
	case c <= '9':
		return word[len(word)-1] > '9'
	case c == 'i', c == 'v', c == 'x':
		if last := word[len(word)-1]; last == 'i' || last == 'v' || last == 'x' {
			return true
		}
	}
	at := likeness(word[0], word[len(word)-1], len(word))
	return numbersLike[at>>6]>>(at&63)&1 == 1
}

// mostNumber is above the numbers that are read: longer ones are what they are.
const mostNumber = 1 << 20

// numberOf returns the number that a folded word is, in digits, with an ordinal's end, or
// written out, and of which place: 'd' where it is in digits; -1 for none.
func numberOf(word string) (n int, place byte) {
	for i := range len(word) {
		if c := word[i]; c < '0' || c > '9' {
			if i == 0 {
				break
			}
			if end := word[i:]; end == "st" || end == "nd" || end == "rd" || end == "th" {
				return n, 'd'
			}
			return -1, 0
		} else if n = 10*n + int(c-'0'); n >= mostNumber {
			return -1, 0
		}
	}
	if n > 0 || word == "0" {
		return n, 'd'
	}
	if at := likeness(word[0], word[len(word)-1], len(word)); numbersLike[at>>6]>>(at&63)&1 == 0 {
		return -1, 0
	}
	for i := 0; i+len(word)+3 < len(numberWords); i++ {
		if numberWords[i] != ' ' || numberWords[i+1:i+1+len(word)] != word {
			continue
		}
		digit, place := int(numberWords[i+1+len(word)])-'0', numberWords[i+2+len(word)]
		if digit < 0 || digit > 9 {
			continue // it is the beginning of another one
		}
		switch place {
		case 't', 'p':
			digit += 10
		case 'y':
			digit *= 10
		case 'h':
			digit = 100
		case 'k':
			digit = 1000
		}
		return digit, place
	}
	return -1, 0
}

// roman returns the number that a word is of i, v and x, 1 to 39; -1 for none.
func roman(word string) int {
	n, last := 0, 0
	for i := len(word) - 1; i >= 0; i-- {
		v := 0
		switch word[i] {
		case 'i':
			v = 1
		case 'v':
			v = 5
		case 'x':
			v = 10
		default:
			return -1
		}
		if v < last {
			n -= v
		} else {
			n, last = n+v, v
		}
	}
	if n < 1 || n > 39 || len(word) > 6 {
		return -1
	}
	return n
}

// numeral returns the digits of the number that a word stands for and is not written in,
// "" for none: first is whether it begins a name, where "I", "V" and "X" are no numbers.
func numeral(word string, first bool) string {
	n, _ := numberOf(word)
	if n < 0 && !first {
		n = roman(word)
	}
	if n < 0 {
		return ""
	}
	if digits := strconv.Itoa(n); digits != word {
		return digits
	}
	return ""
}

// addUp makes one word of those that are one number, "twenty eight", in a list of words.
func addUp(words []string) []string {
	out := words[:0]
	sum, part, run, from, last := 0, 0, 0, 0, byte(0) // of the run of number words at the end of out
	for _, w := range words {
		n, place := numberOf(w)
		joins := run > 0 && (place == 'u' && (last == 'y' || last == 'h' || last == 'k') ||
			(place == 't' || place == 'y') && (last == 'h' || last == 'k') || (place == 'h' || place == 'k') && last != 'k' && last != 'd')
		switch {
		case n < 0 || place == 'd':
			run = 0
		case !joins:
			run, from, sum, part = 1, len(out), 0, n
		default:
			run++
			switch place {
			case 'h':
				part *= n
			case 'k':
				sum, part = sum+part*n, 0
			default:
				part += n
			}
		}
		if out = append(out, w); run > 1 {
			out = append(out[:from], strconv.Itoa(sum+part))
		}
		last = place
	}
	return out
}
