package engine

import (
	"slices"

	"sparrow/wasm/catalog"
)

// Titles are parts of a series where what stands before a number, a subtitle or a word
// such as "Part" is the same, or where they begin alike with words that few titles
// have. One common word makes no series. What a title adds in brackets counts as well
// as what it says itself: shops and film guides put there which part of what it is.
const (
	// wholeTitle is Σ idf² of shared words from which a title that begins with another,
	// whole one is of its series, where many know both: one word of five of ten
	// thousand titles.
	wholeTitle = 56
	twoWords   = 50 // the same where two titles begin with the same two words
	moreWords  = 65 // and with more
	mostTitles = 5  // of one title: its own, and a bracket each, which ends one and begins what follows
)

// How a title goes on after what it has in common with another one.
const (
	wholly   = iota // it ends
	subtitle        // a colon or a dash, and then a subtitle
	numbered        // a number, or a word such as "Part"
	onward          // with other words
)

// nextName returns the first of the names that title gives, without its article, and
// what comes after it: what stands before a bracket, then what each adds, which may be
// what it is called as a part of a series: "The Road Warrior (Mad Max 2)".
func nextName(title string) (name string, article bool, rest string) {
	n := 0
	for n < len(title) && title[n] != '(' && title[n] != ')' {
		n++
	}
	name = title[:n]
	if n < len(title) {
		rest = title[n+1:]
	}
	if n > 0 && name[n-1] == ' ' {
		name = name[:n-1]
	}
	if begins(name, alsoKnown) {
		name = name[len(alsoKnown):]
	}
	if begins(name, "The ") {
		return name[len("The "):], true, rest
	}
	return name, false, rest
}

// alsoKnown begins a bracket with another name in the same language.
const alsoKnown = "a.k.a. "

// bracket returns where the first bracket of title opens, 0 for none.
func bracket(title string) int {
	for i := range len(title) {
		if title[i] == '(' {
			return i
		}
	}
	return 0
}

// begins reports whether text begins with start. Package strings is 4 KB of engine.wasm.
func begins(text, start string) bool {
	return len(text) >= len(start) && text[:len(start)] == start
}

// onwards returns how title goes on from byte n, and whether a word ends there.
func onwards(title string, n int) (how int, ends bool) {
	if n == len(title) {
		return wholly, true
	}
	rest := title[n:]
	if chinesePart(rest) > 0 {
		return numbered, true
	}
	if rest[0] != ' ' && rest[0] != ':' && rest[0] != ',' {
		return onward, false
	}
	at := 1
	for at < len(rest) && (rest[at] == ' ' || rest[at] == '#') {
		at++
	}
	if last := rest[at:]; last != "" && (last[0] == 'I' || last[0] == 'V') && (len(last) == 1 || last[1] == 'I' || last[1] == 'V' || last[1] == ' ' || last[1] == ':') ||
		beginsPart(last) {
		return numbered, true
	}
	word := partWord(title[:n])
	digits := 0
	for at+digits < len(rest) && digit(rest[at+digits]) {
		digits++
	}
	switch {
	case digits == 1 || digits == 4 || digits > 0 && rest[at-1] == '#': // a part, a year
		return numbered, true
	case word > 0 && (digits > 0 && digits < 4 || numeral(firstWord(rest[at:])) > 0):
		return numbered, true
	case rest[0] == ':' || begins(rest, " - "):
		return subtitle, true
	}
	return onward, true
}

// titleOf fills in the Title of s, whose title has that cosine to the one of q's item,
// and keeps the next part of the series.
func (e *Engine) titleOf(q *question, s *Similar, cosine float32) {
	a, b := e.catalog.Titles[q.row], e.catalog.Titles[s.Row]
	rare := cosine * e.titles.norm[q.row] * e.titles.norm[s.Row]
	known := e.knowWell(q.row) && e.knowWell(s.Row)
	if a == b {
		s.Title = 1 // made again
	}
	for i := 0; i < mostTitles && a != ""; i++ {
		var x, y string
		var articleX, articleY bool
		x, articleX, a = nextName(a)
		for j, rest := 0, b; j < mostTitles && rest != ""; j++ {
			y, articleY, rest = nextName(rest)
			n, xOn, yOn := alike(x, y)
			words := startOf(x[:n])
			part := isPart(words, xOn, yOn, articleX == articleY, rare, known)
			if !part && words == 2 && rare >= twoWords {
				s.Title = 1
			}
			if !part {
				continue
			}
			s.Title = 1
			own, next := partOf(x[n:], xOn), partOf(y[n:], yOn)
			if yOn == wholly || own > 0 && next > 0 && next != own+1 || xOn == onward && yOn == onward && !known {
				continue
			}
			exact := own > 0 && next == own+1 && yOn == numbered
			if !(exact && xOn == numbered && i > 0 && j > 0) && !e.follows(s.Row, q.row, exact, xOn == numbered || yOn == numbered) {
				continue // a bracket counts what a shop sells, whose year is that of the edition
			}
			e.offerNext(q, s, exact)
		}
	}
	if q.bare && s.Title == 0 {
		s.Title = wordPart * (cosine - titleNoise) / (1 - titleNoise)
	}
}

// startOf returns how many words the start has that two names have in common; 0 where it is but a word such as
// "Part", and does not say of which series.
func startOf(name string) int {
	if partWord(name) == len(name) {
		return 0
	}
	return wordsOf(name)
}

// isPart reports whether two names that begin with the same words and go on like this are of one series. rare
// is Σ idf² of the words that their titles share, articles whether both begin with "The" or neither does, and
// known whether many know both.
func isPart(words, xOn, yOn int, articles bool, rare float32, known bool) bool {
	return words > 0 && (counted(xOn, yOn, articles) || words >= 3 && rare >= moreWords ||
		min(xOn, yOn) == wholly && articles && rare >= wholeTitle && known)
}

// counted reports whether one of two names goes on with a number, or with a subtitle.
func counted(xOn, yOn int, articles bool) bool {
	high := max(xOn, yOn)
	return high == numbered || high == subtitle && articles
}

// alike returns up to where two names are alike and words end in both, and how each
// goes on.
func alike(x, y string) (n, xOn, yOn int) {
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	for ; n > 0; n-- {
		var xEnds, yEnds bool
		xOn, xEnds = onwards(x, n)
		yOn, yEnds = onwards(y, n)
		if xEnds && yEnds {
			break
		}
	}
	return n, xOn, yOn
}

// wordsOf returns how many words text has.
func wordsOf(text string) (n int) {
	for i := range len(text) {
		if i == 0 || text[i] == ' ' {
			n++
		}
	}
	return n
}

// partOf returns which part of its series a name that goes on so with rest is: the first
// where it ends, 0 where it does not say or gives a year.
func partOf(rest string, how int) int {
	if how == wholly {
		return 1
	}
	if how != numbered {
		return 0
	}
	if n := chinesePart(rest); n > 0 {
		return n
	}
	for rest != "" {
		word := firstWord(rest)
		if n := numeral(word); n > 0 {
			return n
		}
		rest = rest[min(len(rest), len(word)+1):]
	}
	return 0
}

// firstWord returns text up to what parts words.
func firstWord(text string) string {
	for i := range len(text) {
		if c := text[i]; c == ' ' || c == ':' || c == ',' || c == '#' {
			return text[:i]
		}
	}
	return text
}

// What is called as the series itself and comes later is made again, and no next part.
// nextYears is how many years later a part may come out and be called the next where
// no number says so: of "Alien", "Aliens" is, whose title no rule here finds, and not
// "Alien: Resurrection".
const nextYears = 10

// follows reports whether item a came out after item b, as the next part does. Where the
// titles count on by one, exact, it may have come out in the same year, or no one knows when.
func (e *Engine) follows(a, b catalog.Row, exact, numbered bool) bool {
	x, y := e.catalog.Years[a], e.catalog.Years[b]
	if exact {
		return x == 0 || y == 0 || x >= y
	}
	return y > 0 && x > y && (numbered || x <= y+nextYears)
}

// offerNext takes s as the next part of the series where it is a better one than what was
// found before: one that is counted next, of several such, as series of two authors have
// that are called the same, the one that is most like the item, else the earlier one.
func (e *Engine) offerNext(q *question, s *Similar, exact bool) {
	alike := s.Tags + s.Genre
	better := q.next != catalog.None && e.precedes(s.Row, q.next)
	switch {
	case exact != q.exact:
		better = exact
	case exact && alike != q.alike:
		better = alike > q.alike
	}
	if q.next == catalog.None || better {
		q.next, q.exact, q.alike = s.Row, exact, alike
	}
}

// precedes reports whether item a comes before b as the next part of a series: the
// earlier one, of one year the one that more know.
func (e *Engine) precedes(a, b catalog.Row) bool {
	x, y := e.catalog.Years[a], e.catalog.Years[b]
	if x != y {
		return x < y
	}
	m, n := e.bundle.Statistics.Count[a], e.bundle.Statistics.Count[b]
	return m > n || m == n && a < b
}

// lead returns rows with the next part of the series first, in place of the last where
// it is not among them.
func (q *question) lead(rows []catalog.Row) []catalog.Row {
	if q.next == catalog.None || len(rows) == 0 {
		return rows
	}
	at := slices.Index(rows, q.next)
	if at < 0 {
		at = len(rows) - 1
	}
	copy(rows[1:at+1], rows[:at])
	rows[0] = q.next
	return rows
}

// mark marks the next part of the series, which stands first in list, and scores it so.
func (q *question) mark(list []Similar) {
	if q.next == catalog.None || len(list) == 0 {
		return
	}
	list[0].Next = true
	if len(list) > 1 {
		list[0].Score = max(list[0].Score, list[1].Score)
	}
}
