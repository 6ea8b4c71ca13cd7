// Package match finds the items of a catalog that the records of another site's file speak
// of: by the numbers that film sites have for them, else by title and year. Above its doubt
// line stands only what is as good as certain; below it are guesses, for a person to choose.
package match

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// Record is what a file says of one item. What it does not say is zero.
type Record struct {
	Own    catalog.ID // the item's id in this catalog, or in one that names its items alike
	IMDb   uint32     // 114709 for tt0114709
	TMDB   uint32     // of a film, not of a series
	ISBN   string     // of 10 or 13 characters, without hyphens
	Titles []string   // the title, the original one, others
	Year   int
	People []string // authors or directors
}

// Found is what a catalog has for a record.
type Found struct {
	Rows []catalog.Row // the best first, at most three; one where it is sure
	Sure bool          // above the doubt line
}

const (
	mostGuesses = 3
	mostTitles  = 8 // of a record that count
	nearYears   = 5 // how far the year of a guess may be off, unless the title names an edition
)

// Matcher matches records with the items of one catalog. It is not for concurrent use.
type Matcher struct {
	catalog *catalog.Catalog
	names   func(r catalog.Row) []string
	next    int                             // the row whose titles are indexed next
	whole   map[string][]catalog.Row        // by key of a whole title
	part    map[string][]catalog.Row        // by key of what stands before or after a colon
	words   map[string][]catalog.Row        // by word of a title
	numbers [2]map[uint32]catalog.Row       // by number at IMDb and at TMDB; nil without links
	columns [2][]byte                       // the links as the file has them
	linked  int                             // of how many items
	isbn    map[string]catalog.Row          // nil until one is looked up
	people  map[catalog.Row]map[string]bool // words of the names of an item's people; nil until they are looked up
	keys    keyer
}

// New returns a matcher over c. names returns the titles that item r goes by, each of which
// may have further ones in brackets. The index is made by [Matcher.Prepare], or by the first Match.
func New(c *catalog.Catalog, names func(r catalog.Row) []string) *Matcher {
	return &Matcher{catalog: c, names: names, whole: map[string][]catalog.Row{}, part: map[string][]catalog.Row{}, words: map[string][]catalog.Row{}}
}

// step is how many items a step of Prepare indexes: a few milliseconds in a browser.
const step = 400

// Prepare takes the next step of making the index, and reports whether there was one.
func (m *Matcher) Prepare() bool {
	from := m.next
	m.next = min(m.catalog.Len(), from+step)
	for r := catalog.Row(from); int(r) < m.next; r++ {
		for _, name := range m.names(r) {
			k := m.keys.of(name, false)
			for _, key := range k.whole {
				add(m.whole, key, r)
			}
			for _, key := range k.part {
				add(m.part, key, r)
			}
			for _, w := range k.words {
				add(m.words, w, r)
			}
		}
	}
	return m.next > from
}

// add adds r to the rows of a key, whose rows ascend.
func add(index map[string][]catalog.Row, key string, r catalog.Row) {
	rows := index[key]
	if key != "" && (len(rows) == 0 || rows[len(rows)-1] != r) {
		index[key] = append(rows, r)
	}
}

// Match finds what the record speaks of. The doubt line, above which Found is sure:
//
//   - the number at IMDb or TMDB is an item's, and its title or its year does not speak against it;
//   - the id is an item's, and the titles, if there are any, say the same;
//   - a whole title is an item's and the year is the same, of one item alone;
//   - the same to the letter, but for accents and the place of the article, the year one off,
//     where the title has two words or more;
//   - the same without years, where one of the people is the same;
//   - the beginning of a title before its colon is an item's, is long, and the year is the same.
func (m *Matcher) Match(rec *Record) Found {
	for m.Prepare() {
	}
	t := m.read(rec)
	if rows := m.byNumber(rec, t); len(rows) > 0 {
		return Found{rows, len(rows) == 1 && !m.against(rec, t, rows[0])}
	}
	if r, ok := m.catalog.Row(rec.Own); ok && (len(rec.Titles) == 0 || t.names(r) && !m.otherYear(rec, r)) {
		return Found{[]catalog.Row{r}, true}
	}
	if f := m.byTitle(rec, t); len(f.Rows) > 0 {
		return f
	}
	return Found{Rows: m.guess(rec, t)}
}

// titles are the titles of a record, and the items that have one of them.
type titles struct {
	whole, part []catalog.Row       // ascending, without repeats; of a whole title, of a part of one
	edition     []catalog.Row       // of a title without the words of its edition
	agree       map[catalog.Row]int // how many of the keys are those of an item
	longPart    map[catalog.Row]bool
	words       []string
}

// names reports whether one of the titles is one of item r's, whole or in part.
func (t *titles) names(r catalog.Row) bool {
	for _, rows := range [][]catalog.Row{t.whole, t.edition, t.part} {
		for _, other := range rows {
			if other == r {
				return true
			}
		}
	}
	return false
}

func (m *Matcher) read(rec *Record) *titles {
	t := &titles{agree: map[catalog.Row]int{}, longPart: map[catalog.Row]bool{}}
	for i, title := range rec.Titles[:min(len(rec.Titles), mostTitles)] {
		k := m.keys.of(title, true)
		for _, key := range k.whole {
			for _, r := range m.whole[key] {
				t.whole = insert(t.whole, r)
				t.agree[r]++
			}
			for _, r := range m.part[key] {
				t.part = insert(t.part, r)
				t.longPart[r] = t.longPart[r] || k.long(key) && m.begins(r, key)
			}
		}
		for _, key := range k.edition {
			for _, r := range m.whole[key] {
				t.edition = insert(t.edition, r)
			}
		}
		for i, key := range k.part {
			for _, r := range m.whole[key] {
				t.part = insert(t.part, r)
				t.longPart[r] = t.longPart[r] || i == 0 && k.long(key)
			}
		}
		if i == 0 || len(t.words) == 0 {
			t.words = k.words
		}
	}
	return t
}

// begins reports whether a title of item r begins with a key, before its colon.
func (m *Matcher) begins(r catalog.Row, key string) bool {
	for _, name := range m.names(r) {
		if k := m.keys.of(name, false); len(k.part) > 0 && k.part[0] == key {
			return true
		}
	}
	return false
}

func insert(rows []catalog.Row, r catalog.Row) []catalog.Row {
	for _, other := range rows {
		if other == r {
			return rows
		}
	}
	return append(rows, r)
}

// away returns how many years the record and item r are apart, -1 where one has none.
func (m *Matcher) away(rec *Record, r catalog.Row) int {
	year := int(m.catalog.Years[r])
	if year == 0 || rec.Year == 0 {
		return -1
	}
	return max(year-rec.Year, rec.Year-year)
}

func (m *Matcher) otherYear(rec *Record, r catalog.Row) bool { return m.away(rec, r) > 1 }

// against reports whether both title and year say that the record is not item r: a number was
// mistyped, or is of another kind of thing.
func (m *Matcher) against(rec *Record, t *titles, r catalog.Row) bool {
	return len(rec.Titles) > 0 && !t.names(r) && m.away(rec, r) != 0 && m.away(rec, r) != 1
}

// byTitle finds the items that have one of the titles.
func (m *Matcher) byTitle(rec *Record, t *titles) Found {
	var same, near, rest []catalog.Row
	for _, r := range t.whole {
		switch away := m.away(rec, r); {
		case away == 0 || m.shares(rec, r):
			same = append(same, r)
		case away == 1:
			near = append(near, r)
		case away <= nearYears:
			rest = append(rest, r)
		}
	}
	if len(same) > 1 {
		same = t.best(same)
	}
	switch {
	case len(same) == 1:
		return Found{same, true}
	case len(same) == 0 && len(near) == 1 && m.literally(rec, near[0]):
		return Found{near, true}
	}
	all := append(append(same, near...), rest...)
	var parts []catalog.Row
	for _, r := range t.edition {
		if away := m.away(rec, r); away == 0 && len(all) == 0 {
			parts = append(parts, r)
		} else {
			rest = insert(rest, r)
		}
	}
	if len(all) == 0 && len(parts) == 1 {
		return Found{parts, true}
	}
	parts = nil
	for _, r := range t.part {
		switch away := m.away(rec, r); {
		case away == 0 && t.longPart[r]:
			parts = append(parts, r)
		case away <= 1:
			rest = insert(rest, r)
		}
	}
	if len(all) == 0 && len(parts) == 1 {
		return Found{parts, true}
	}
	for _, r := range append(parts, rest...) {
		all = insert(all, r)
	}
	vec.Sort(all, func(a, b catalog.Row) bool { return m.rank(rec, t, a) < m.rank(rec, t, b) })
	return Found{Rows: all[:min(len(all), mostGuesses)]}
}

// literally reports whether record and item have a title of two words or more in common, numbers
// written alike.
func (m *Matcher) literally(rec *Record, r catalog.Row) bool {
	for _, name := range m.names(r) {
		for _, one := range m.keys.literal(name) {
			for _, title := range rec.Titles {
				for _, other := range m.keys.literal(title) {
					if one == other {
						return true
					}
				}
			}
		}
	}
	return false
}

// best returns the rows whose titles agree most often.
func (t *titles) best(rows []catalog.Row) (best []catalog.Row) {
	for _, r := range rows {
		if len(best) > 0 && t.agree[r] > t.agree[best[0]] {
			best = nil
		}
		if len(best) == 0 || t.agree[r] == t.agree[best[0]] {
			best = append(best, r)
		}
	}
	return best
}

// rank says where item r stands among the guesses, the lowest first: by the years between, then
// whole titles before others.
func (m *Matcher) rank(rec *Record, t *titles, r catalog.Row) int {
	away := m.away(rec, r)
	if away < 0 {
		away = 2
	}
	rank := 4 * away
	if t.agree[r] == 0 {
		rank += 3
	}
	return rank
}
