package catalog

import "unsafe"

// vocabulary numbers words in the order of their first appearance. It is a hash
// table of numbers over one text, without a pointer for each word: a map of strings
// takes several times as long to fill, most of it for the collector.
type vocabulary struct {
	text  []byte   // all words, one after the other
	end   []uint32 // [V] word v ends at text[end[v]], where the next one begins
	slots []uint32 // v+1 at the word's hash or after it, 0 for none; a power of two, more than half of them 0
}

// number returns the number of word, which is new if known is false.
func (v *vocabulary) number(word string) (number uint32, known bool) {
	if 2*(len(v.end)+1) > len(v.slots) {
		v.grow()
	}
	at := v.find(word)
	if n := v.slots[at]; n > 0 {
		return n - 1, true
	}
	v.text = append(v.text, word...)
	v.end = append(v.end, uint32(len(v.text)))
	v.slots[at] = uint32(len(v.end))
	return uint32(len(v.end) - 1), false
}

// find returns the slot of word, or the one that it would get.
func (v *vocabulary) find(word string) uint32 {
	hash := uint32(2166136261) // FNV-1a
	for i := range len(word) {
		hash = (hash ^ uint32(word[i])) * 16777619
	}
	mask := uint32(len(v.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		if n := v.slots[at]; n == 0 || v.word(n-1) == word {
			return at
		}
	}
}

// word returns word n. It is a view of the text, of which nothing is overwritten.
func (v *vocabulary) word(n uint32) string {
	start := uint32(0)
	if n > 0 {
		start = v.end[n-1]
	}
	word := v.text[start:v.end[n]]
	return *(*string)(unsafe.Pointer(&word))
}

// grow makes four times as many slots.
func (v *vocabulary) grow() {
	v.slots = make([]uint32, max(1024, 4*len(v.slots)))
	for n := range uint32(len(v.end)) {
		v.slots[v.find(v.word(n))] = n + 1
	}
}
