package engine

import "sparrow/wasm/catalog"

// Search returns at most k movies whose titles contain query, best known first.
func (e *Engine) Search(query string, k int) []catalog.Row {
	want := folded(query)
	var rows []catalog.Row
	if want == "" {
		return rows
	}
	for _, r := range e.sorted(ByPopularity) {
		if len(rows) == k {
			break
		}
		title := folded(e.catalog.Titles[r])
		for i := 0; i+len(want) <= len(title); i++ {
			if title[i:i+len(want)] == want {
				rows = append(rows, r)
				break
			}
		}
	}
	return rows
}

// folded returns the words of a text in lower case, without what separates them.
func folded(text string) string {
	var out []rune
	for _, c := range text {
		if letter, _ := fold(c); letter != 0 {
			out = append(out, letter)
		}
	}
	return string(out)
}
