package filter

// scanner splits a text into tokens.
type scanner struct {
	text  string
	next  int    // where the token after the current one may begin
	at    int    // where the current token begins
	kind  byte   // of it: word, quoted, symbol, or end
	token string // a word, what stands in quotes, or = != < <= > >= ( ) ,
}

// Kinds of tokens.
const (
	end = iota
	word
	quoted
	symbol
	wrong // quotes that are not closed, or a symbol that is none
)

// scan makes the next token the current one.
func (s *scanner) scan() {
	text := s.text
	for s.next < len(text) && space(text[s.next]) {
		s.next++
	}
	s.at = s.next
	if s.at == len(text) {
		s.kind, s.token = end, ""
		return
	}
	c := text[s.at]
	s.next++
	switch {
	case c == '"' || c == '\'':
		s.quoted(c)
		return
	case !special(c):
		s.kind = word
		for s.next < len(text) && !space(text[s.next]) && !special(text[s.next]) {
			s.next++
		}
	default:
		s.kind = symbol
		if s.next < len(text) && (text[s.next] == '=' && c != '(' && c != ')' && c != ',' || c == '<' && text[s.next] == '>' || c == '&' && text[s.next] == c || c == '|' && text[s.next] == c) {
			s.next++
		}
	}
	s.token = text[s.at:s.next]
	if s.kind == symbol && instead(s.token) != "" {
		s.kind = wrong
	}
}

// quoted reads on to the quote that ends a text; one that stands twice is of the text.
func (s *scanner) quoted(quote byte) {
	s.kind, s.token = wrong, "a quote that is not closed"
	var plain []byte
	for s.next < len(s.text) {
		c := s.text[s.next]
		s.next++
		if c == quote {
			if s.next == len(s.text) || s.text[s.next] != quote {
				s.kind, s.token = quoted, string(plain)
				return
			}
			s.next++
		}
		plain = append(plain, c)
	}
}

func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// special reports whether c ends a word.
func special(c byte) bool {
	switch c {
	case '(', ')', ',', '=', '!', '<', '>', '"', '\'', '&', '|':
		return true
	}
	return false
}

// instead says how what other languages have for a symbol is written, "" of one of this
// language.
func instead(symbol string) string {
	switch symbol[0] {
	case '&':
		return " is written and"
	case '|':
		return " is written or"
	}
	switch symbol {
	case "==":
		return " is written ="
	case "<>", "!":
		return " is written != or not"
	}
	return ""
}

// keyword returns a word of the language in small letters, "" for another one.
func keyword(name string) string {
	for _, k := range [...]string{"and", "or", "not", "in", "same"} {
		if len(name) == len(k) {
			same := true
			for i := range len(k) {
				same = same && name[i]|0x20 == k[i]
			}
			if same {
				return k
			}
		}
	}
	return ""
}
