package match

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Links are the numbers that the items of a catalog have at film sites, as a file beside the
// bundle has them: MessagePack {"links": 1, "catalog": fingerprint, "imdb": column, "tmdb": column}.
// A column has the lowest byte of every number, row by row, then the next byte of every number, so
// that what is alike lies together: the demo's two columns take 43 KB after brotli. 0 is no number.
type Links struct {
	catalog    []byte
	IMDb, TMDB []uint32 // [N]
}

const linksVersion = 1

// NewLinks returns the links of catalog c without a number.
func NewLinks(c *catalog.Catalog) *Links {
	return &Links{fingerprint(c.IDs), make([]uint32, c.Len()), make([]uint32, c.Len())}
}

// fingerprint returns 8 bytes that tell lists of ids apart: 64 bits of FNV-1a.
func fingerprint(ids []catalog.ID) []byte {
	h := uint64(14695981039346656037)
	for _, id := range ids {
		for i := range len(id) {
			h = (h ^ uint64(id[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // in no text
	}
	w := make([]byte, 8)
	for i := range w {
		w[i] = byte(h >> (8 * i))
	}
	return w
}

// Encode returns the bytes of the file.
func (l *Links) Encode() []byte {
	w := wire.Writer{}
	w.Map(4)
	w.Str("links")
	w.Int(linksVersion)
	w.Str("catalog")
	w.Bin(l.catalog)
	w.Str("imdb")
	w.Bin(column(l.IMDb))
	w.Str("tmdb")
	w.Bin(column(l.TMDB))
	return w.Buf
}

func column(v []uint32) []byte {
	width := 1
	for _, x := range v {
		for width < 4 && x>>(8*width) > 0 {
			width++
		}
	}
	b := make([]byte, 0, width*len(v))
	for k := range width {
		for _, x := range v {
			b = append(b, byte(x>>(8*k)))
		}
	}
	return b
}

// Use has the matcher go by the links that data encodes. An error, of links of another catalog
// too, changes nothing.
func (m *Matcher) Use(data []byte) error {
	r := wire.NewReader(data)
	var version int64
	var mark, imdb, tmdb []byte
	for range r.Map() {
		switch r.Str() {
		case "links":
			version = r.Int()
		case "catalog":
			mark = r.Bin()
		case "imdb":
			imdb = r.Bin()
		case "tmdb":
			tmdb = r.Bin()
		default:
			r.Skip()
		}
	}
	r.End()
	if r.Err() != nil {
		return errors.New("links: " + r.Err().Error())
	}
	if version != linksVersion {
		return errors.New("links: this version is not known; make the file again with build links")
	}
	n := m.itemsOf(mark, len(imdb))
	if n == 0 {
		return errors.New("links: the file is of another catalog; make it again with build links")
	}
	if len(imdb)%n != 0 || len(tmdb)%n != 0 || len(imdb) > 4*n || len(tmdb) > 4*n {
		return errors.New("links: a column is not a whole number of bytes an item")
	}
	m.numbers = [2]map[uint32]catalog.Row{rowsBy(imdb, n), rowsBy(tmdb, n)}
	m.linked, m.columns = n, [2][]byte{imdb, tmdb}
	return nil
}

// Numbers returns the numbers of item r at IMDb and TMDB, 0 for none.
func (m *Matcher) Numbers(r catalog.Row) (imdb, tmdb uint32) {
	if int(r) >= m.linked {
		return 0, 0
	}
	return number(m.columns[0], m.linked, int(r)), number(m.columns[1], m.linked, int(r))
}

// number returns the r-th of n numbers of a column.
func number(b []byte, n, r int) (x uint32) {
	for k := 0; k*n < len(b); k++ {
		x |= uint32(b[k*n+r]) << (8 * k)
	}
	return x
}

// itemsOf returns how many of the first items of the catalog a fingerprint is of, 0 for none: new
// items of a live overlay follow those of the bundle.
func (m *Matcher) itemsOf(mark []byte, bytesOf int) int {
	for width := 1; width <= 4; width++ {
		n := bytesOf / width
		if n > 0 && n <= m.catalog.Len() && string(mark) == string(fingerprint(m.catalog.IDs[:n])) {
			return n
		}
	}
	return 0
}

// rowsBy reads a column of n numbers. Of a number that two items have neither is found.
func rowsBy(b []byte, n int) map[uint32]catalog.Row {
	rows := make(map[uint32]catalog.Row, n)
	for r := range n {
		x := number(b, n, r)
		if x == 0 {
			continue
		}
		if _, twice := rows[x]; twice {
			rows[x] = catalog.None
		} else {
			rows[x] = catalog.Row(r)
		}
	}
	return rows
}

// byNumber returns the items that have one of the record's numbers: none, one, or two that are
// not the same item. The ISBN is one of them. Two that differ and of which the titles name one are that one.
func (m *Matcher) byNumber(rec *Record, t *titles) (rows []catalog.Row) {
	for i, x := range [...]uint32{rec.IMDb, rec.TMDB} {
		if r, ok := m.numbers[i][x]; x > 0 && ok && r != catalog.None {
			rows = insert(rows, r)
		}
	}
	if r, ok := m.byISBN(rec.ISBN); ok {
		rows = insert(rows, r)
	}
	if len(rows) > 1 {
		for _, r := range rows {
			if t.names(r) && m.away(rec, r) <= 1 {
				return []catalog.Row{r}
			}
		}
	}
	return rows
}
