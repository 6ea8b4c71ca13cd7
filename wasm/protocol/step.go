package protocol

import "sparrow/wasm/wire"

// Step is one change of a profile that can be taken back: by what a visitor did, or by a file
// that they brought.
type Step struct {
	ID    int64
	At    int64   // Unix seconds
	Items int     // how many items it changed
	Gone  []Entry // of the first of these, what left the profile
	Came  []Entry // of the same, what came in
}

// States of History: items of which the visitor's last word is that, that are on the watchlist, or that have a note.
const (
	StateRated  = "rated"
	StateLiked  = "liked" // a like, or 4 stars and more
	StateSeen   = "seen"  // seen, and no more was said
	StateNot    = "not-for-me"
	StateWanted = "wanted"
	StateNoted  = "noted"
)

func (s *Step) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("i").Int(s.ID)
	f.Int("t", s.At)
	f.Int("n", int64(s.Items))
	list(&f, "g", s.Gone, (*Entry).append)
	list(&f, "c", s.Came, (*Entry).append)
	f.Close()
}

func (s *Step) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "i":
			s.ID = r.Int()
		case "t":
			s.At = r.Int()
		case "n":
			s.Items = whole(r)
		case "g":
			s.Gone = elements(r, (*Entry).decode)
		case "c":
			s.Came = elements(r, (*Entry).decode)
		default:
			r.Skip()
		}
	}
}
