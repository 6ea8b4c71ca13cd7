package engine

import "sparrow/wasm/catalog"

// mostOfSeries is how many items of a series are found: more are no series but a word that many titles begin with.
const mostOfSeries = 100

// Series returns the other items of the series that item r belongs to as titles say, ascending, and what it is
// called: the start that r's title shares with most of them, ties with the first. None and "" where there is none.
// Where neither a number nor a subtitle says so, the two are [Engine.Related], too: Annie is no part of Annie Hall.
// And no two are of one series that have genres and none in common: "Honey" and "Honey, I Shrunk the Kids".
func (e *Engine) Series(r catalog.Row) (rows []catalog.Row, name string) {
	for e.Prepare() {
	}
	cosines := e.scratch.title
	e.titles.cosines(cosines, r)
	var starts []string // of rows
	for other, cosine := range cosines {
		row := catalog.Row(other)
		if row == r || cosine == 0 || len(rows) == mostOfSeries {
			continue
		}
		if start := e.commonStart(r, row, cosine); start != "" {
			rows, starts = append(rows, row), append(starts, start)
		}
	}
	most := 0
	for _, start := range starts {
		n := 0
		for _, other := range starts {
			if other == start {
				n++
			}
		}
		if n > most {
			name, most = start, n
		}
	}
	return rows, name
}

// commonStart returns what the titles of two items that are of one series begin with; "" where they are of none.
func (e *Engine) commonStart(r, other catalog.Row, cosine float32) string {
	a, b := e.catalog.Titles[r], e.catalog.Titles[other]
	rare, known := cosine*e.titles.norm[r]*e.titles.norm[other], e.knowWell(r) && e.knowWell(other)
	for i := 0; i < mostTitles && a != ""; i++ {
		var x, y string
		var articleX, articleY bool
		x, articleX, a = nextName(a)
		for j, rest := 0, b; j < mostTitles && rest != ""; j++ {
			y, articleY, rest = nextName(rest)
			n, xOn, yOn := alike(x, y)
			words, articles := startOf(x[:n]), articleX == articleY
			named := counted(xOn, yOn, articles) || n > 0 && x[n-1] == ':' && articles // both go on with subtitles
			if words > 0 && named && !e.ofOtherKinds(r, other) || isPart(words, xOn, yOn, articles, rare, known) && e.Related(r, other) {
				return seriesName(x[:n], articleX)
			}
		}
	}
	return ""
}

// ofOtherKinds reports whether two items have genres, but none in common.
func (e *Engine) ofOtherKinds(a, b catalog.Row) bool {
	shared, _ := e.sharedGenres(a, b)
	return len(shared) == 0 && len(e.catalog.Genres[a]) > 0 && len(e.catalog.Genres[b]) > 0
}

// hanging are words that a start may end with and a name may not.
var hanging = [...]string{" the", " The", " and", " of", " a", " A"}

// seriesName returns the start of a name, with its article, as the series is called: without a word such as "Part"
// at its end, and without what does not end a name. "" where nothing is left.
func seriesName(start string, article bool) string {
	start = start[:len(start)-partWord(start)]
	for was := 0; was != len(start); {
		was = len(start)
		for start != "" && !letter(start[len(start)-1]) {
			start = start[:len(start)-1]
		}
		for _, word := range hanging {
			if n := len(start) - len(word); n > 0 && start[n:] == word {
				start = start[:n]
			}
		}
	}
	if article && start != "" {
		return "The " + start
	}
	return start
}

// letter reports whether a name may end with c.
func letter(c byte) bool {
	return c >= 0x80 || digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '!' || c == '?' || c == '.'
}

// hasOriginal reports whether a title adds another one in brackets that is not
// announced as one that it is also known as, and is no number of a series: mostly the
// original, of another language.
func hasOriginal(title string) bool {
	i := bracket(title)
	return i > 0 && !begins(title[i+1:], alsoKnown) && !digit(title[len(title)-min(2, len(title))])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
