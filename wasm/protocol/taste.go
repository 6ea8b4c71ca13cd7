package protocol

import "sparrow/wasm/wire"

// Taste sums a profile up.
type Taste struct {
	Genres  []Share // share of the history's weight, largest first
	Decades []Share // ascending by decade
	Mean    float32 // mean stars given, 0 when none
}

// Share is a labelled fraction, 0 to 1.
type Share struct {
	Label string
	Part  float32
}

func (t *Taste) append(w *wire.Writer) {
	f := w.Fields()
	list(&f, "g", t.Genres, (*Share).append)
	list(&f, "d", t.Decades, (*Share).append)
	f.Float32("m", t.Mean)
	f.Close()
}

func (t *Taste) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "g":
			t.Genres = elements(r, (*Share).decode)
		case "d":
			t.Decades = elements(r, (*Share).decode)
		case "m":
			t.Mean = finite(r)
		default:
			r.Skip()
		}
	}
}

func (s *Share) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("l").Str(s.Label)
	f.Float32("p", s.Part)
	f.Close()
}

func (s *Share) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "l":
			s.Label = r.Str()
		case "p":
			s.Part = finite(r)
		default:
			r.Skip()
		}
	}
}
