package engine

import (
	"slices"

	"sparrow/wasm/live"
)

// labels finds the names of genres, or of tags, by their words, whatever their case.
type labels map[string]int

const (
	mostWords  = 4  // of a name that a text may mention
	mostLabels = 32 // of an item
)

func newLabels(names []string) labels {
	all := make(labels, len(names))
	for i, name := range names {
		if key := join(words(name)); key != "" {
			all[key] = i
		}
	}
	return all
}

// find returns the places of names, each once, and remarks on those that are not there.
func (l labels) find(item *live.New, field string, names []string, remarks *live.Remarks) (at []int) {
	for _, name := range names {
		i, ok := l[join(words(name))]
		switch {
		case !ok:
			remarks.Add("new " + quoted(string(item.ID)) + ", " + field + ": the bundle has none that is called " + quoted(name))
		case !slices.Contains(at, i):
			at = append(at, i)
		}
	}
	return at
}

// mentioned returns at and the places of names that a text has as words of its own.
func (l labels) mentioned(at []int, text string) []int {
	all := words(text)
	for first := range all {
		for n := 1; n <= mostWords && first+n <= len(all) && len(at) < mostLabels; n++ {
			if i, ok := l[join(all[first:first+n])]; ok && !slices.Contains(at, i) {
				at = append(at, i)
			}
		}
	}
	return at
}

// words returns the words of a text as [appendTitle] tells them apart.
func words(text string) (all []string) {
	var word []rune
	end := func() {
		if len(word) > 0 {
			all, word = append(all, string(word)), nil
		}
	}
	for _, c := range text {
		letter, alone := fold(c)
		if letter == 0 || alone {
			end()
		}
		if letter != 0 {
			word = append(word, letter)
		}
		if alone {
			end()
		}
	}
	end()
	return all
}

func join(words []string) (text string) {
	for _, w := range words {
		text += w + " "
	}
	return text
}
