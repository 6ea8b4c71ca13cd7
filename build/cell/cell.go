// Package cell writes text into cells of CSV files.
package cell

import (
	"strconv"
	"strings"
)

// Text returns text for a cell of a CSV file that people open in spreadsheets,
// which run what begins with = + - @ or a tab as a formula, in quotes as well. Such
// text, unless it is a number, gets an apostrophe in front, as OWASP advises; so
// does text that has apostrophes before it already, so that the way back is to
// take one off where a formula follows.
func Text(text string) string {
	if runs(text) {
		return "'" + text
	}
	return text
}

// runs reports whether text, without apostrophes in front, is a formula.
func runs(text string) bool {
	bare := strings.TrimLeft(text, "'")
	if bare == "" || !strings.ContainsRune("=+-@\t\r", rune(bare[0])) {
		return false
	}
	_, err := strconv.ParseFloat(bare, 64)
	return err != nil
}
