package dataset

import (
	"bytes"
	"slices"
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
	c      *catalog.Catalog
	rows   map[string]catalog.Row
	genres map[string]uint8
	in     *file // the file being read
	image  bool  // some item has one
	url    bool
}

func newItems(in *file) *catalogBuilder {
	return &catalogBuilder{c: new(catalog.Catalog), rows: make(map[string]catalog.Row), genres: make(map[string]uint8), in: in}
}

// add adds an item whose genres are separated by "|" or returns why not. year
// is used where the title names none; "" is unknown.
func (m *catalogBuilder) add(id, name, year, genres string) (reason, detail string) {
	id = strings.TrimSpace(id)
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
	t, y := title(name)
	if year = strings.TrimSpace(year); year != "" {
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
	m.c.Genres = append(m.c.Genres, m.genreList(genres))
	m.c.Images = append(m.c.Images, "")
	m.c.URLs = append(m.c.URLs, "")
	return "", ""
}

// note reports something of the current row that is left out while the row stays.
func (m *catalogBuilder) note(reason, detail string) {
	m.in.l.report.fair(m.in.name, m.in.name+":"+strconv.Itoa(m.in.line), reason, detail)
}

func (m *catalogBuilder) genreList(s string) []uint8 {
	var list []uint8
	for g := range strings.SplitSeq(s, "|") {
		g = strings.Join(strings.Fields(g), " ")
		if g == "" || strings.EqualFold(g, "(no genres listed)") || strings.EqualFold(g, "unknown") {
			continue
		}
		i, ok := m.genres[g]
		if !ok {
			if len(m.c.GenreNames) == maxGenres {
				m.note("more than 255 genres; the item stays without this one", g)
				continue
			}
			i = uint8(len(m.c.GenreNames))
			m.genres[g] = i
			m.c.GenreNames = append(m.c.GenreNames, g)
		}
		if !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	return list
}

// addresses gives the newest item a poster and a page; "" stands for no address. Only web
// addresses are taken, for they end in a page's links.
func (m *catalogBuilder) addresses(image, url string) {
	r := len(m.c.IDs) - 1
	if m.c.Images[r] = m.address("image", image); m.c.Images[r] != "" {
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
	case s == "":
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
	m.c.Index()
	return m.c
}

// columns finds the columns of a header: the index of each name in want, -1
// where it is missing, and the names that are not wanted.
func columns(header [][]byte, want ...string) (at []int, extra []string) {
	at = make([]int, len(want))
	for i := range at {
		at[i] = -1
	}
	for c, h := range header {
		name := strings.ToLower(string(bytes.TrimSpace(h)))
		if i := slices.Index(want, name); i >= 0 && at[i] < 0 {
			at[i] = c
		} else {
			extra = append(extra, name)
		}
	}
	return at, extra
}

// field returns the trimmed field at column c of a row, "" for column -1.
func field(f [][]byte, c int) []byte {
	if c < 0 {
		return nil
	}
	return bytes.TrimSpace(f[c])
}
