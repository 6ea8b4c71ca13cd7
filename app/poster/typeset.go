package poster

import (
	"strings"
	"unicode"
)

// sizes are the type sizes, largest first, with the most lines each may take.
var sizes = []struct{ size, lines int }{{36, 2}, {32, 3}, {28, 3}, {24, 4}, {21, 4}, {18, 5}, {15, 6}}

// measure is how wide a line may be, with a little air for other fonts.
const measure = width - 2*margin - 4

// typeset breaks title into lines at the largest size that fits, lines about
// equally long. A title too long for the smallest size ends in "…".
func typeset(title string) (lines []string, size int) {
	words := split(short(title))
	if len(words) == 0 {
		return []string{""}, sizes[0].size
	}
	for _, s := range sizes {
		if lines, ok := wrap(words, float64(measure), s.size); ok && len(lines) <= s.lines {
			return balance(words, lines, s.size), s.size
		}
	}
	last := sizes[len(sizes)-1]
	lines, _ = wrap(chop(words, last.size), float64(measure), last.size)
	if len(lines) > last.lines {
		lines = lines[:last.lines]
		end := []rune(lines[last.lines-1])
		for len(end) > 0 && advance(string(end)+"…", last.size) > measure {
			end = end[:len(end)-1]
		}
		lines[last.lines-1] = strings.TrimRight(string(end), " ,;:-") + "…"
	}
	return lines, last.size
}

// long is the number of bytes from which on a title loses its other name in
// brackets.
const long = 26

// short returns title without the brackets at its end, if it is long or they
// hold only another name.
func short(title string) string {
	if name, _, other := strings.Cut(title, " (a.k.a."); other {
		return name
	}
	if at := strings.Index(title, " ("); at > 0 && len(title) > long {
		return title[:at]
	}
	return title
}

// split returns the pieces between which a line may break: words, and after
// each ideograph. A piece keeps the space before it.
func split(title string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if strings.TrimSpace(b.String()) != "" {
			out = append(out, b.String())
		}
		b.Reset()
	}
	for _, r := range strings.Join(strings.Fields(title), " ") {
		switch {
		case r == ' ':
			flush()
			b.WriteRune(r)
		case ideograph(r):
			flush()
			b.WriteRune(r)
			flush()
		case r == '-' || r == '/':
			b.WriteRune(r)
			flush()
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// wrap fills lines up to limit; it reports false when a piece is wider than
// that.
func wrap(words []string, limit float64, size int) ([]string, bool) {
	var lines []string
	line := ""
	for _, w := range words {
		if advance(strings.TrimSpace(w), size) > limit {
			return lines, false
		}
		if line != "" && advance(line+w, size) > limit {
			lines = append(lines, line)
			line = ""
		}
		if line == "" {
			w = strings.TrimSpace(w)
		}
		line += w
	}
	return append(lines, line), true
}

// balance makes the lines as narrow as their number allows, so that no word is
// left alone at the end.
func balance(words, lines []string, size int) []string {
	for limit := float64(measure) - 4; limit > 40; limit -= 4 {
		narrower, ok := wrap(words, limit, size)
		if !ok || len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

// chop breaks pieces that are wider than a line.
func chop(words []string, size int) []string {
	var out []string
	for _, w := range words {
		part := ""
		for _, r := range w {
			if advance(strings.TrimSpace(part)+string(r), size) > measure {
				out = append(out, part)
				part = ""
			}
			part += string(r)
		}
		out = append(out, part)
	}
	return out
}

// advance estimates the width of s in the widest of the common serifs, which is DejaVu Serif: see
// TestTitlesFitInEverySerif.
func advance(s string, size int) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune(" ijl.,:;'’!|I()[]-", r):
			em += 0.36
		case strings.ContainsRune("ftr", r):
			em += 0.42
		case strings.ContainsRune("mMwW@%—…&", r):
			em += 0.94
		case ideograph(r) || r >= 0x1f000:
			em += 1.02
		case unicode.IsUpper(r):
			em += 0.75
		default:
			em += 0.57
		}
	}
	return em * float64(size)
}
