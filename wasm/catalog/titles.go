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

// prepare reads the next titles of c and reports whether there were any.
func (t *titles) prepare(c *Catalog) bool {
	next := len(t.start) - 1
	last := min(next+stepTitles, c.Len())
	t.read(c.Titles[next:last])
	return next < last
}

// read adds the words of the next titles.
func (t *titles) read(titles []string) {
	add := func(w []byte, joined bool) {
		word, known := t.number(string(w))
		if !known {
			t.letters = append(t.letters, lettersOf(string(w)))
		}
		if joined {
			t.joined, t.joinedIn = append(t.joined, word), append(t.joinedIn, Row(len(t.start)-1))
		} else {
			t.title = append(t.title, word)
		}
	}
	for _, title := range titles {
		t.folder.words(title, add)
		t.start = append(t.start, uint32(len(t.title)))
	}
}

// of returns the words of item r's title without a leading article.
func (t *titles) of(r Row) []uint32 {
	title := t.title[t.start[r]:t.start[r+1]]
	if len(title) > 1 && isArticle(t.word(title[0])) {
		return title[1:]
	}
	return title
}

func lettersOf(word string) uint64 {
	var set uint64
	for _, c := range word {
		set |= 1 << (c & 63)
	}
	return set
}
