package filter

import (
	"strconv"
	"unicode/utf8"
)

// Error says what is wrong with a condition, or with another text that names columns, and where.
type Error struct {
	Column  int    // of the text, in characters from 1 on
	Problem string // a sentence without its end
	text    string
	What    string // the use of the text: "filter", "max", "min", "diversity", "brand", "badge" or "titles"
}

func newError(text string, at int, problem string) *Error {
	return &Error{Column: 1 + utf8.RuneCountInString(text[:at]), Problem: problem, text: text, What: "filter"}
}

// Error returns a sentence with place and problem, and the text where it is no long one.
func (e *Error) Error() string {
	text := e.What
	if len(e.text) <= 200 {
		text += " \"" + e.text + "\""
	}
	return text + ", column " + strconv.Itoa(e.Column) + ": " + e.Problem
}

// unknown says that no column is called so, which name is near, and which there are.
func (x *Columns) unknown(name string) string {
	near, least, all := "", 2+len(name)/4, ""
	for i := 0; x.name(i) != ""; i++ {
		other := x.name(i)
		if n := typos(name, other); n < least {
			near, least = "; \""+other+"\" is near", n
		}
		all += " " + other
	}
	return "there is no column \"" + name + "\"" + near + ". There are:" + all
}

// typos returns how many bytes one has to add, take away or replace to make b of a.
func typos(a, b string) int {
	row := make([]int, len(b)+1) // of a's beginning and each of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0] // of both without their last
		row[0]++
		for j := range len(b) {
			least := before
			if a[i] != b[j] {
				least = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], least
		}
	}
	return row[len(b)]
}
