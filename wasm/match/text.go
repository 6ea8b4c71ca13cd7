package match

// What this package needs of strings, which would bring 3 KB into programs that match nothing.

// cut returns what stands before and after the first mark in text; text itself and nothing where there is none.
func cut(text, mark string) (before, after string, found bool) {
	for i := 0; i+len(mark) <= len(text); i++ {
		if text[i:i+len(mark)] == mark {
			return text[:i], text[i+len(mark):], true
		}
	}
	return text, "", false
}

func hasPrefix(text, prefix string) bool {
	return len(text) >= len(prefix) && text[:len(prefix)] == prefix
}

func hasSuffix(text, suffix string) bool {
	return len(text) >= len(suffix) && text[len(text)-len(suffix):] == suffix
}

func trimPrefix(text, prefix string) string {
	if hasPrefix(text, prefix) {
		return text[len(prefix):]
	}
	return text
}

func trimSuffix(text, suffix string) string {
	if hasSuffix(text, suffix) {
		return text[:len(text)-len(suffix)]
	}
	return text
}

// trim takes spaces off both ends.
func trim(text string) string {
	for hasPrefix(text, " ") {
		text = text[1:]
	}
	for hasSuffix(text, " ") {
		text = text[:len(text)-1]
	}
	return text
}

// lower writes ASCII letters small.
func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// fields splits plain text at its spaces.
func fields(plain string) (words []string) {
	for plain != "" {
		word, rest, _ := cut(plain, " ")
		if word != "" {
			words = append(words, word)
		}
		plain = rest
	}
	return words
}

func join(words []string, between string) string {
	var b []byte
	for i, w := range words {
		if i > 0 {
			b = append(b, between...)
		}
		b = append(b, w...)
	}
	return string(b)
}
