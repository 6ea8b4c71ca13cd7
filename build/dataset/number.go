package dataset

import (
	"bytes"
	"strconv"
	"strings"
)

// isNull reports whether b is a way to write that there is no value.
func isNull(b []byte) bool {
	switch len(b) {
	case 0:
		return true
	case 1:
		return b[0] == '-'
	case 2, 3, 4:
		switch strings.ToLower(string(b)) {
		case "na", `\n`, "nan", "n/a", "nil", "null", "none":
			return true
		}
	}
	return false
}

// nullsNote says that such values were met.
const nullsNote = `NULL, nan, \N and the like, read as: no value`

// number reads a number, also one with a decimal comma, and reports whether it has
// one.
func number(b []byte) (v float64, comma, ok bool) {
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil && bytes.Count(b, []byte{','}) == 1 && bytes.IndexByte(b, '.') < 0 {
		v, err = strconv.ParseFloat(strings.Replace(string(b), ",", ".", 1), 64)
		comma = true
	}
	return v, comma && err == nil, err == nil && v == v
}

// parseRating reads a rating as a code; see [ratingCode].
func parseRating(b []byte) (code uint8, comma bool, reason string) {
	switch {
	case len(b) == 1 && b[0] >= '1' && b[0] <= '9':
		return 10 + 10*(b[0]-'0'), false, ""
	case len(b) == 3 && b[1] == '.' && b[0] >= '1' && b[0] <= '9' && b[2] >= '0' && b[2] <= '9':
		return 10 + 10*(b[0]-'0') + b[2] - '0', false, ""
	case isNull(b):
		return codeAbsent, false, ""
	}
	v, comma, ok := number(b)
	if !ok {
		return 0, false, "rating is not a number"
	}
	if code, ok = ratingCode(v); !ok {
		return 0, comma, "rating outside 0 to 100"
	}
	return code, comma, ""
}

// thumb returns the code of a rating that is a word for up or down, and whether it is one.
func thumb(b []byte) (code uint8, ok bool) {
	switch eventName(string(b)) {
	case "up", "thumbup", "thumbsup", "upvote", "👍":
		code, _ = ratingCode(1)
		return code, true
	case "down", "thumbdown", "thumbsdown", "downvote", "👎":
		return codeBelow, true
	}
	return 0, false
}

// parseWeight reads the weight of an interaction.
func parseWeight(b []byte) (v float64, comma bool, reason string) {
	v, comma, ok := number(b)
	if !ok {
		return 0, false, "weight is not a number"
	}
	return v, comma, ""
}

// plainID returns an id without the ="…" that keeps a spreadsheet from taking it
// for a number, and whether there was one.
func plainID(id []byte) ([]byte, bool) {
	if len(id) > 3 && id[0] == '=' && id[1] == '"' && id[len(id)-1] == '"' {
		return id[2 : len(id)-1], true
	}
	return id, false
}
