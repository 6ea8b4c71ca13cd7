//go:build !js

package ui

import (
	"strconv"
	"strings"
	"unicode"
)

// attr returns s safe to be an attribute's value. go-app v10.1.11 writes
// attributes with strconv.Quote and escapes nothing, so a quotation mark in a
// title would end the attribute when a page is rendered here.
func attr(s string) string {
	if !strings.ContainsFunc(s, mustEscape) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if mustEscape(r) {
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func mustEscape(r rune) bool {
	return r == '"' || r == '&' || r == '\\' || r == '<' || r == '>' || !unicode.IsPrint(r)
}
