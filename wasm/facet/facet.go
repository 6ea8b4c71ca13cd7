// Package facet understands what of a query names a part of a catalog: in "horror 80s"
// a genre and a decade, in "best of 1994" a year and an order.
package facet

import "sparrow/wasm/catalog"

// Name is a value by which a part of the catalog is named.
type Name struct {
	Column, Value string // "genre", "Sci-Fi"; of a column of attributes its name
	Text          string // what it is called: there may be several names of one value

	Without bool // of what is understood: its items are left out
}

// Orders that a query may ask for.
const (
	Best   = "rating"
	Newest = "new"
)

// Understood is what a query says.
type Understood struct {
	Names    []Name   // each value once, in the order of the query
	From, To int      // first and last year; 0 for any
	Sort     string   // "", Best or Newest
	Rest     []string // words that name nothing, folded, in order
}

// Understand reads a query. A word may be the plural of a name, or an adjective of it; of
// several names the one of most words is meant, of these the first. items are words for what
// the catalog holds, which say nothing. Without years the catalog has none.
func Understand(query string, names []Name, items []string, years bool) (u Understood) {
	words := catalog.Words(query)
	without, since, until := false, false, false
	for len(words) > 0 {
		best, n := Name{}, 0
		for _, name := range names {
			if m := Match(words, name.Text); m > n {
				best, n = name, m
			}
		}
		if n > 0 {
			best.Without = without
			u.add(best)
			words, without = words[n:], false
			continue
		}
		if from, to, n := span(words); n > 0 && years {
			switch {
			case since:
				u.From = from
			case until:
				u.To = to
			case u.From > 0 && u.From == u.To && from == to: // two years are a range
				u.From, u.To = min(u.From, from), max(u.To, to)
			default:
				u.From, u.To = from, to
			}
			words, since, until = words[n:], false, false
			continue
		}
		kind, n := small(words)
		switch kind {
		case "best":
			u.Sort = Best
		case "new":
			u.Sort = Newest
		case "without":
			without = true
		case "since":
			since = true
		case "until":
			until = true
			if u.From > 0 && u.From == u.To { // in Chinese the year comes first
				u.From, until = 0, false
			}
		case "after":
			if u.From > 0 && u.From == u.To {
				u.To = 0
			}
		case "":
			n = 1
			if !among(words[0], items) {
				u.Rest = append(u.Rest, words[0])
			}
		}
		words = words[n:]
	}
	return u
}

func (u *Understood) add(name Name) {
	for _, known := range u.Names {
		if known.Column == name.Column && known.Value == name.Value {
			return
		}
	}
	u.Names = append(u.Names, name)
}

func among(word string, texts []string) bool {
	for _, text := range texts {
		for _, own := range catalog.Words(text) {
			if same(word, own) {
				return true
			}
		}
	}
	return false
}

// smallWords say how others are meant, or nothing.
var smallWords = []struct{ text, kind string }{
	{"best", "best"}, {"top", "best"}, {"greatest", "best"}, {"评分最高", "best"}, {"最佳", "best"}, {"最好", "best"}, {"经典", "best"}, {"高分", "best"},
	{"newest", "new"}, {"latest", "new"}, {"recent", "new"}, {"new", "new"}, {"最新", "new"}, {"新", "new"},
	{"without", "without"}, {"no", "without"}, {"not", "without"}, {"不要", "without"}, {"非", "without"},
	{"since", "since"}, {"after", "since"}, {"before", "until"}, {"until", "until"}, {"以前", "until"}, {"之前", "until"}, {"以来", "after"}, {"以后", "after"}, {"之后", "after"},
	{"the", "none"}, {"a", "none"}, {"of", "none"}, {"from", "none"}, {"in", "none"}, {"with", "none"}, {"and", "none"}, {"to", "none"}, {"rated", "none"},
	{"的", "none"}, {"片", "none"}, {"类", "none"}, {"年", "none"}, {"和", "none"}, {"到", "none"}, {"至", "none"},
}

// small returns what the first of words say, and how many of them do; "" for nothing.
func small(words []string) (kind string, n int) {
	for _, s := range smallWords {
		if m := count(words, catalog.Words(s.text)); m > n {
			kind, n = s.kind, m
		}
	}
	return kind, n
}

// count returns how many of words are these, all in order; 0 where they are not.
func count(words, these []string) int {
	if len(words) < len(these) {
		return 0
	}
	for i, word := range these {
		if words[i] != word {
			return 0
		}
	}
	return len(these)
}

// tens are decades as they are written out.
var tens = []string{"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"}

// span returns the years that the first of words name, a year or a decade, and how many
// words do.
func span(words []string) (from, to, n int) {
	word, digits, value := words[0], 0, 0
	for digits < len(word) && word[digits] >= '0' && word[digits] <= '9' && digits < 5 {
		value = 10*value + int(word[digits]-'0')
		digits++
	}
	decade, n := false, 1
	switch end := word[digits:]; {
	case digits == 0:
		for i, text := range tens {
			if word == text {
				return 1920 + 10*i, 1929 + 10*i, 1
			}
		}
		return 0, 0, 0
	case end == "s" || end == "er":
		decade = true
	case end != "":
		return 0, 0, 0
	case count(words[1:], []string{"年", "代"}) == 2:
		decade, n = true, 3
	}
	switch {
	case digits == 4 && value >= 1850 && value < 2100 && !decade:
		return value, value, n
	case decade && digits == 4 && value >= 1850 && value < 2100 && value%10 == 0:
		return value, value + 9, n
	case decade && digits == 2 && value%10 == 0 && value <= 20:
		return 2000 + value, 2009 + value, n
	case decade && digits == 2 && value%10 == 0:
		return 1900 + value, 1909 + value, n
	}
	return 0, 0, 0
}
