package match

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// holdsPeople and holdsISBN say by its name what a column of the owner's holds: the people behind an item, and its ISBN.
func holdsPeople(name string) bool {
	switch name {
	case "author", "authors", "director", "directors", "artist", "artists", "writer", "writers":
		return true
	}
	return false
}

func holdsISBN(name string) bool {
	switch name {
	case "isbn", "isbn10", "isbn13", "isbn_10", "isbn_13", "ean", "gtin":
		return true
	}
	return false
}

// each calls use with every text of the columns that hold what is wanted.
func (m *Matcher) each(holds func(name string) bool, use func(r catalog.Row, text string)) {
	for i := range m.catalog.Attributes {
		c := &m.catalog.Attributes[i]
		if !holds(lower(c.Name)) || c.Kind != attribute.Text && c.Kind != attribute.List {
			continue
		}
		at := 0
		for r := range m.catalog.Len() {
			n := 1
			if c.Kind == attribute.List {
				n = int(c.Counts[r])
			}
			for _, code := range c.Between(at, at+n) {
				use(catalog.Row(r), c.Texts.At(int(code)-1))
			}
			at += n
		}
	}
}

// shares reports whether record and item have one of the people in common, where the catalog
// does not say of what year the item is: all words of the shorter name are in the other one.
func (m *Matcher) shares(rec *Record, r catalog.Row) bool {
	if len(rec.People) == 0 || m.catalog.Years[r] != 0 && rec.Year != 0 {
		return false
	}
	if m.people == nil {
		m.people = map[catalog.Row]map[string]bool{}
		m.each(holdsPeople, func(r catalog.Row, text string) {
			if m.people[r] == nil {
				m.people[r] = map[string]bool{}
			}
			for _, w := range m.keys.words(text) {
				m.people[r][w] = true
			}
		})
	}
	known := m.people[r]
	for _, name := range rec.People {
		words, shared, longest := m.keys.words(name), 0, 0
		for _, w := range words {
			if known[w] {
				shared++
				longest = max(longest, len(w))
			}
		}
		if longest > 2 && (shared == len(words) || shared > 1) {
			return true
		}
	}
	return false
}

// byISBN returns the item of an ISBN, which is its id or in a column.
func (m *Matcher) byISBN(isbn string) (catalog.Row, bool) {
	isbn = plainISBN(isbn)
	if isbn == "" {
		return catalog.None, false
	}
	if m.isbn == nil {
		m.isbn = map[string]catalog.Row{}
		m.each(holdsISBN, func(r catalog.Row, text string) {
			if key := plainISBN(text); key != "" {
				m.isbn[key] = r
			}
		})
		for r, id := range m.catalog.IDs {
			if key := plainISBN(string(id)); key != "" {
				m.isbn[key] = catalog.Row(r)
			}
		}
	}
	r, ok := m.isbn[isbn]
	return r, ok
}

// plainISBN returns the nine digits that name a book: those of an ISBN-10 without its check digit,
// and of an ISBN-13 that begins with 978 the same; of 979 twelve. "" for what is no ISBN.
func plainISBN(text string) string {
	var digits []byte
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9', (c == 'X' || c == 'x') && len(digits) == 9:
			digits = append(digits, c)
		case c != '-' && c != ' ':
			return ""
		}
	}
	switch {
	case len(digits) == 10 && checks10(digits):
		return string(digits[:9])
	case len(digits) == 13 && checks13(digits) && string(digits[:3]) == "978":
		return string(digits[3:12])
	case len(digits) == 13 && checks13(digits) && string(digits[:3]) == "979":
		return string(digits[:12])
	}
	return ""
}

// checks10 and checks13 compare the last digit with the others: ISBN Users' Manual, 7th edition.
func checks10(d []byte) bool {
	sum := 0
	for i, c := range d {
		v := int(c - '0')
		if c == 'X' || c == 'x' {
			v = 10
		}
		sum += (10 - i) * v
	}
	return sum%11 == 0
}

func checks13(d []byte) bool {
	sum := 0
	for i, c := range d {
		v := int(c - '0')
		if c == 'X' || c == 'x' {
			return false
		}
		sum += v + 2*v*(i&1)
	}
	return sum%10 == 0
}
