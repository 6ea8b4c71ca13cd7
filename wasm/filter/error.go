package filter

import (
	"strconv"
	"unicode/utf8"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// Error says what is wrong with a condition, and where.
type Error struct {
	Column  int    // of the text, in characters from 1 on
	Problem string // a sentence without its end
	text    string
}

func newError(text string, at int, problem string) *Error {
	return &Error{Column: 1 + utf8.RuneCountInString(text[:at]), Problem: problem, text: text}
}

// Error returns a sentence with place and problem.
func (e *Error) Error() string {
	return "filter \"" + begin(e.text, 200) + "\", column " + strconv.Itoa(e.Column) + ": " + e.Problem
}

// begin returns what text begins with, about n bytes, and … where it goes on.
func begin(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n] + "…"
}

// unknown says that no column is called so, which name is near, and which there are.
func (x *Columns) unknown(name string) string {
	names := x.names()
	text := "there is no column \"" + begin(name, attribute.MostName) + "\""
	if near := catalog.Nearest(name, names); len(name) <= attribute.MostName && near != "" {
		text += "; \"" + near + "\" is near"
	}
	text += ". There are "
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}
