package match

// editions are words that end a title without belonging to it, after a space.
var editions = [...]string{
	" directors cut", " final cut", " extended cut", " theatrical cut", " ultimate cut", " extended edition", " special edition",
	" ultimate edition", " collectors edition", " anniversary edition", " definitive edition", " extended version", " theatrical version",
	" uncut", " unrated", " restored", " remastered", " extended", " 3d", " imax", " 4k", " restored version", " original version", " tv version",
}

// editionAt returns how many words stand before those of an edition, len(words) where there is none.
func (y *keyer) editionAt(words []string) int {
	text := join(words, " ")
	for shorter := true; shorter; {
		shorter = false
		for _, e := range editions {
			if hasSuffix(text, e) {
				text, shorter = trimSuffix(trimSuffix(text, e), " the"), true
				if list := fields(text); len(list) > 1 && ordinal(list[len(list)-1]) {
					text = join(list[:len(list)-1], " ")
				}
			}
		}
	}
	return len(fields(text))
}

// ordinal reports whether a word is like "25th".
func ordinal(w string) bool {
	return len(w) > 2 && w[0] >= '0' && w[0] <= '9' && (hasSuffix(w, "th") || hasSuffix(w, "st") || hasSuffix(w, "nd") || hasSuffix(w, "rd"))
}

func (y *keyer) isEdition(words []string) bool {
	return y.editionAt(append([]string{"x"}, words...)) == 1
}
