package catalog

// titles holds the words of all titles as numbers. Which titles have a word is found
// by going over them: that takes a millisecond or two, where a list for each word
// would take more bytes than the titles, and longer to make.
type titles struct {
	vocabulary
	letters []uint64 // [V] set of the letters of a word, modulo 64
	start   []uint32 // [N+1] the words of item r's title are title[start[r]:start[r+1]]
	title   []uint32

	joined   []uint32 // words that hyphens join, which stand in no title
	joinedIn []Row    // parallel to joined

	folder folder
}

// stepTitles is how many titles a step reads: in a browser, a millisecond or two.
const stepTitles = 2000

// Prepare takes the next step of making the index, in a browser a few milliseconds
// at most, and reports whether there was one.
func (s *Search) Prepare() bool {
	next := len(s.start) - 1
	left := s.catalog.Titles[next:]
	if len(left) > stepTitles {
		left = left[:stepTitles]
	}
	add := func(w []byte, joined bool) {
		word, known := s.number(string(w))
		if !known {
			s.letters = append(s.letters, lettersOf(string(w)))
		}
		if joined {
			s.joined, s.joinedIn = append(s.joined, word), append(s.joinedIn, Row(len(s.start)-1))
		} else {
			s.title = append(s.title, word)
		}
	}
	for _, title := range left {
		s.folder.words(title, add)
		s.start = append(s.start, uint32(len(s.title)))
	}
	return len(left) > 0
}

func lettersOf(word string) uint64 {
	var set uint64
	for _, c := range word {
		set |= 1 << (c & 63)
	}
	return set
}
