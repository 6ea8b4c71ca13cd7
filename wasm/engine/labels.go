package engine

import (
	"slices"

	"sparrow/wasm/live"
	"sparrow/wasm/vec"
)

// labels finds the names of genres, or of tags, by their words, whatever their case: the
// hash of these, in the upper half of each, and the place of the name, ascending.
type labels []uint64

const (
	mostWords  = 4  // of a name that a text may mention
	mostLabels = 32 // of an item
)

func newLabels(names []string) labels {
	all := make(labels, len(names))
	for i, name := range names {
		all[i] = pair(together(titleWords(name)), i)
	}
	vec.SortHigh(all)
	return all
}

// add adds the place of the name that these words are to at, which has each once; it
// reports whether there is one.
func (l labels) add(at []int, words []uint64) ([]int, bool) {
	hash := uint64(together(words))
	low, high := 0, len(l)
	for low < high {
		if middle := (low + high) / 2; l[middle]>>32 < hash {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == len(l) || l[low]>>32 != hash {
		return at, false
	}
	if i := int(uint32(l[low])); !slices.Contains(at, i) {
		at = append(at, i)
	}
	return at, true
}

// find returns the places of names, and of those that a text has as words of its own. It
// remarks on names that are not there.
func (l labels) find(item *live.New, field string, names []string, text string, remarks *live.Remarks) (at []int) {
	for _, name := range names {
		var ok bool
		if at, ok = l.add(at, titleWords(name)); !ok {
			remarks.On("new", string(item.ID), ", "+field+": the bundle has none that is called \""+name+"\"")
		}
	}
	words := titleWords(text)
	for first := range words {
		for n := 1; n <= mostWords && first+n <= len(words) && len(at) < mostLabels; n++ {
			at, _ = l.add(at, words[first:first+n])
		}
	}
	return at
}

// titleWords returns the words of a text as a title has them, hashed, in the upper halves.
func titleWords(text string) []uint64 { return appendWords(nil, text, 0) }

// together returns the hash of words in their order.
func together(words []uint64) uint32 {
	hash := uint32(0)
	for _, w := range words {
		hash = (hash ^ uint32(w>>32)) * prime
	}
	return hash
}
