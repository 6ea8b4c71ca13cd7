package dataset

import (
	"bytes"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
)

// Limits of a catalog; they are those of the bundle.
const (
	maxGenres   = 255
	maxIDBytes  = 255
	maxText     = 1000 // bytes of a title
	maxAddress  = 2000 // bytes of an address
	maxTagNames = 65535
)

// catalogBuilder builds a catalog row by row.
type catalogBuilder struct {
	c       *catalog.Catalog
	rows    map[string]catalog.Row
	lists   []string // of the genres of each item, as the file has them
	in      *file    // the file being read
	generic bool     // MovieLens' rules for titles do not hold
	words   bool     // genres are separated by spaces
	image   bool     // some item has one
	url     bool

	entities, hidden int // titles that held HTML's entities, or characters that are not shown
	insecure         int // pictures that are read as https
}

func newItems(in *file) *catalogBuilder {
	return &catalogBuilder{c: new(catalog.Catalog), rows: make(map[string]catalog.Row), in: in}
}

// add adds an item or returns why not. year is used where the title names none; ""
// is unknown.
func (m *catalogBuilder) add(id, name, year, genres string) (reason, detail string) {
	id = strings.TrimSpace(id)
	if plain, formula := plainID([]byte(id)); formula {
		id = string(plain)
		m.in.formulas++
	}
	switch {
	case id == "":
		return "no item id", ""
	case len(id) > maxIDBytes:
		return "item id longer than 255 bytes", ""
	case len(name) > maxText:
		return "title longer than 1000 bytes", ""
	}
	if _, again := m.rows[id]; again {
		return "item id occurs again; the first one stays", id
	}
	t, y := name, int16(0)
	if m.generic {
		var entities, hidden bool
		if t, entities, hidden = clean(name); len(t) <= 4 && t != "-" && !strings.EqualFold(t, "none") && isNull([]byte(t)) {
			t = ""
		}
		m.entities += one(entities)
		m.hidden += one(hidden)
	} else {
		t, y = title(name)
	}
	year = strings.TrimSpace(year)
	genres = strings.TrimSpace(genres)
	m.in.nulls += one(year != "" && isNull([]byte(year))) + one(genres != "" && isNull([]byte(genres)))
	if !isNull([]byte(year)) {
		given, ok := parseYear(strings.TrimSuffix(year, ".0"))
		if ok {
			y = given
		} else if year != "0" {
			m.note("year is not one; the item stays without it", year)
		}
	}
	if t == "" {
		return "no title", id
	}
	m.rows[id] = catalog.Row(len(m.c.IDs))
	m.c.IDs = append(m.c.IDs, catalog.ID(id))
	m.c.Titles = append(m.c.Titles, t)
	m.c.Years = append(m.c.Years, y)
	m.c.Genres = append(m.c.Genres, nil)
	m.lists = append(m.lists, genres)
	m.c.Images = append(m.c.Images, "")
	m.c.URLs = append(m.c.URLs, "")
	return "", ""
}

// note reports something of the current row that is left out while the row stays.
func (m *catalogBuilder) note(reason, detail string) {
	m.in.l.report.fair(m.in.name, m.in.name+":"+strconv.Itoa(m.in.line), reason, detail)
}

// addresses gives the newest item a picture and a page; "" stands for no
// address. A page has a web address, for it ends in a page's links.
func (m *catalogBuilder) addresses(image, url string) {
	r := len(m.c.IDs) - 1
	if m.c.Images[r] = m.picture(image); m.c.Images[r] != "" {
		m.image = true
	}
	if m.c.URLs[r] = m.address("url", url); m.c.URLs[r] != "" {
		m.url = true
	}
}

func (m *catalogBuilder) address(column, s string) string {
	s = strings.TrimSpace(s)
	lower := strings.ToLower(s)
	switch {
	case isNull([]byte(s)):
		return ""
	case len(s) > maxAddress || strings.ContainsAny(s, " \t\r\n\"<>"):
		m.note(column+" is not a usable address; the item stays without it", "")
		return ""
	case strings.HasPrefix(lower, "https://"), strings.HasPrefix(lower, "http://"):
		return s
	}
	m.note(column+" does not begin with https:// or http://; the item stays without it", s[:min(len(s), 60)])
	return ""
}

// catalog hands the finished catalog over, without its tags.
func (m *catalogBuilder) catalog() *catalog.Catalog {
	if !m.image {
		m.c.Images = nil
	}
	if !m.url {
		m.c.URLs = nil
	}
	m.c.Tags = make([][]uint16, len(m.c.IDs))
	m.resolve()
	floats := 0
	if m.generic {
		floats = m.wholeIDs()
	}
	m.c.Index()
	r, name := m.in.l.report, m.in.name
	r.note(name, "ids written as 5.0, read as 5", floats)
	r.note(name, nullsNote, m.in.nulls)
	r.note(name, `ids written as ="…", read without`, m.in.formulas)
	r.note(name, "pictures at http://, which a page of https does not show; https:// is tried in its place", m.insecure)
	r.note(name, "titles with HTML's entities, decoded", m.entities)
	r.note(name, "titles with characters that are not shown, removed", m.hidden)
	return m.c
}

// wholeIDs takes the .0 off the ids where all are numbers that have one: a program
// wrote the column so, and a shop's pages ask for 5. It returns how many those are.
func (m *catalogBuilder) wholeIDs() int {
	for _, id := range m.c.IDs {
		number, float := strings.CutSuffix(string(id), ".0")
		if !float || number == "" || strings.Trim(number, "0123456789") != "" || number != "0" && number[0] == '0' {
			return 0
		}
	}
	clear(m.rows)
	for r, id := range m.c.IDs {
		m.c.IDs[r] = id[:len(id)-len(".0")]
		m.rows[string(m.c.IDs[r])] = catalog.Row(r)
	}
	return len(m.c.IDs)
}

// field returns the trimmed field at column c of a row, "" for column -1.
func field(f [][]byte, c int) []byte {
	if c < 0 {
		return nil
	}
	return bytes.TrimSpace(f[c])
}

// one returns 1 for true.
func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
