package protocol

import "sparrow/wasm/wire"

// MostRecords is how many records one Match takes.
const MostRecords = 1000

// Record is what a file of another site says of one item: the entry that it amounts to, whose ID
// is only where the file has ids of this catalog, and what the item may be found by.
type Record struct {
	Entry
	IMDb, TMDB int    // numbers there; 0 for none
	ISBN       string // "" for none
	Titles     []string
	Year       int // 0 for none
	People     []string
}

// Kinds of shelves of Match.
const (
	MatchSure     = "sure"
	MatchDoubtful = "doubtful"
	MatchNone     = "none"
)

func (c *Record) append(w *wire.Writer) {
	f := w.Fields()
	c.Entry.fields(&f)
	f.Int("m", int64(c.IMDb))
	f.Int("b", int64(c.TMDB))
	f.Str("n", c.ISBN)
	texts(&f, "l", c.Titles)
	f.Int("y", int64(c.Year))
	texts(&f, "p", c.People)
	f.Close()
}

func (c *Record) decode(r *wire.Reader) {
	for range r.Map() {
		switch key := r.Str(); key {
		case "m":
			c.IMDb = whole(r)
		case "b":
			c.TMDB = whole(r)
		case "n":
			c.ISBN = r.Str()
		case "l":
			c.Titles = strings[string](r)
		case "y":
			c.Year = whole(r)
		case "p":
			c.People = strings[string](r)
		default:
			c.Entry.field(r, key)
		}
	}
}
