package dataset

import (
	"strconv"
	"strings"
)

// articles are the words that MovieLens moves behind a title, as they are
// written in front of it; one that ends in an apostrophe joins the next word.
var articles = []string{
	"The", "A", "An", // English
	"Les", "La", "Le", "L'", "Une", "Un", // French
	"El", "Los", "Las", "Una", // Spanish
	"Il", "Lo", "Gli", "I", // Italian
	"Der", "Die", "Das", "Ein", "Eine", // German
	"Het", "De", "Den", "Det", "En", "Ett", "O", "Os", "As", // Dutch, Nordic, Portuguese
}

// title splits a source's title into the title as people write it and the year
// of release, 0 when it has none: "Usual Suspects, The (1995)" is "The Usual
// Suspects" of 1995. Titles in brackets behind it stay, each put right too:
// "Postman, The (Postino, Il) (1994)" is "The Postman (Il Postino)".
func title(s string) (string, int16) {
	s = strings.Join(strings.Fields(s), " ")
	for _, note := range []string{" (V)", " (TV)"} { // video or television, in the older sets
		s = strings.TrimSuffix(s, note)
	}
	s, year := cutYear(s)
	var out strings.Builder
	for {
		name, rest, open := strings.Cut(s, " (")
		out.WriteString(frontArticle(name))
		if !open {
			return out.String(), year
		}
		inner, after, closed := strings.Cut(rest, ")")
		if !closed {
			out.WriteString(" (" + rest)
			return out.String(), year
		}
		out.WriteString(" (" + aka(inner) + ")")
		s = after
	}
}

// cutYear cuts "(1995)", or the first year of "(1975-1979)", off the end.
func cutYear(s string) (string, int16) {
	if !strings.HasSuffix(s, ")") {
		return s, 0
	}
	i := strings.LastIndexByte(s, '(')
	if i < 0 {
		return s, 0
	}
	y := s[i+1 : len(s)-1]
	if len(y) > 4 {
		if c := strings.TrimLeft(y[4:], " "); !strings.HasPrefix(c, "-") && !strings.HasPrefix(c, "–") {
			return s, 0
		}
		y = y[:4]
	}
	year, ok := parseYear(y)
	before := strings.TrimRight(s[:i], " ")
	if !ok || before == "" {
		return s, 0
	}
	return before, year
}

// parseYear reads a year between 1870, before the first item, and 2200.
func parseYear(s string) (int16, bool) {
	y, err := strconv.Atoi(s)
	if err != nil || y < 1870 || y > 2200 {
		return 0, false
	}
	return int16(y), true
}

// aka puts the titles of a bracket right: several are separated by "/", and
// one may begin with "a.k.a." or "aka".
func aka(s string) string {
	parts := strings.Split(s, " / ")
	for i, p := range parts {
		for _, mark := range []string{"a.k.a. ", "aka ", "AKA "} {
			if name, ok := strings.CutPrefix(p, mark); ok {
				parts[i] = mark + frontArticle(name)
				break
			}
		}
		if parts[i] == p {
			parts[i] = frontArticle(p)
		}
	}
	return strings.Join(parts, " / ")
}

// frontArticle moves an article from behind a comma at the end to the front.
func frontArticle(s string) string {
	i := strings.LastIndex(s, ", ")
	if i <= 0 || strings.TrimRight(s[:i], " ") == "" {
		return s
	}
	name, last := strings.TrimRight(s[:i], " "), s[i+2:]
	for _, a := range articles {
		if !strings.EqualFold(a, last) {
			continue
		}
		if strings.HasSuffix(a, "'") {
			return a + name
		}
		return a + " " + name
	}
	return s
}
