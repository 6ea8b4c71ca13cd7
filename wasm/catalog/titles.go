package catalog

import "unsafe"

// titles holds the words of all titles, see appendWords. A search goes over all of
// them: that takes a millisecond or two, where numbers for the words, or a list of
// titles for each, take several times as long to make and more bytes than the titles.
type titles struct {
	words []byte
	ends  []uint32 // [N] the words of item r's title end at words[ends[r]], where the next one's begin
}

// stepTitles is how many titles a step reads: in a browser, a millisecond or so.
const stepTitles = 4000

// Prepare takes the next step of making the index, in a browser a few milliseconds
// at most, and reports whether there was one.
func (s *Search) Prepare() bool {
	all := s.catalog.Titles
	if s.words == nil {
		s.ends = make([]uint32, 0, len(all))
		bytes := 0
		for _, title := range all {
			bytes += wordHead + 2*len(title) // enough for words of four letters
		}
		s.words = make([]byte, 0, bytes)
	}
	next := len(s.ends)
	left := all[next:min(len(all), next+stepTitles)]
	for _, title := range left {
		s.words = appendWords(s.words, title)
		s.ends = append(s.ends, uint32(len(s.words)))
	}
	return len(left) > 0
}

// text returns the words as a text. It is a view of them, of which nothing is
// overwritten.
func (t *titles) text() string { return *(*string)(unsafe.Pointer(&t.words)) }
