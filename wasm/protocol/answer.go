package protocol

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Append appends the answer's bytes to dst.
func (a *Answer) Append(dst []byte) []byte {
	w := &wire.Writer{Buf: dst}
	f := w.Fields()
	if a.Error != nil {
		a.Error.append(f.Key("e"))
	}
	if a.Status != nil {
		a.Status.append(f.Key("s"))
	}
	if a.Item != nil {
		a.Item.append(f.Key("m"))
	}
	list(&f, "c", a.Cards, (*Card).append)
	list(&f, "h", a.Shelves, (*Shelf).append)
	list(&f, "g", a.Genres, (*GenreCount).append)
	list(&f, "va", a.Values, (*Value).append)
	list(&f, "r", a.Reasons, (*Reason).append)
	list(&f, "kp", a.Parts, (*Reason).append)
	f.Float32("v", a.Score)
	f.Float32("b", a.Base)
	list(&f, "p", a.Entries, (*Entry).append)
	list(&f, "rc", a.Records, (*Record).append)
	list(&f, "sp", a.Steps, (*Step).append)
	if a.Taste != nil {
		a.Taste.append(f.Key("t"))
	}
	if len(a.Bytes) > 0 {
		f.Key("yb").Bin(a.Bytes)
	}
	f.Int("n", int64(a.Total))
	f.Str("w", a.Shows)
	texts(&f, "u", a.Unknown)
	texts(&f, "np", a.Unpinned)
	f.Int("k", int64(a.Candidates))
	f.Int("pb", int64(a.Before))
	f.Int("pa", int64(a.After))
	texts(&f, "l", a.Layers)
	texts(&f, "mo", a.Models)
	texts(&f, "st", a.Stages.Names)
	numbers(&f, "ms", a.Stages.Milliseconds)
	numbers(&f, "re", a.Curve.Recall)
	numbers(&f, "co", a.Curve.Compared)
	numbers(&f, "x", a.Points.X)
	numbers(&f, "y", a.Points.Y)
	f.Close()
	return w.Buf
}

// DecodeAnswer reads what [Answer.Append] wrote. It fails on anything else, on
// text that is not UTF-8, on a number that is not finite and on columns that
// belong together and are not equally long.
func DecodeAnswer(b []byte) (Answer, error) {
	var a Answer
	r := wire.NewReader(b)
	for range r.Map() {
		switch r.Str() {
		case "e":
			a.Error = one(r, (*Error).decode)
		case "s":
			a.Status = one(r, (*Status).decode)
		case "m":
			a.Item = one(r, (*Card).decode)
		case "c":
			a.Cards = elements(r, (*Card).decode)
		case "h":
			a.Shelves = elements(r, (*Shelf).decode)
		case "g":
			a.Genres = elements(r, (*GenreCount).decode)
		case "va":
			a.Values = elements(r, (*Value).decode)
		case "r":
			a.Reasons = elements(r, (*Reason).decode)
		case "kp":
			a.Parts = elements(r, (*Reason).decode)
		case "v":
			a.Score = finite(r)
		case "b":
			a.Base = finite(r)
		case "p":
			a.Entries = elements(r, (*Entry).decode)
		case "rc":
			a.Records = elements(r, (*Record).decode)
		case "sp":
			a.Steps = elements(r, (*Step).decode)
		case "t":
			a.Taste = one(r, (*Taste).decode)
		case "yb":
			a.Bytes = r.Bin()
		case "pb":
			a.Before = whole(r)
		case "pa":
			a.After = whole(r)
		case "n":
			a.Total = whole(r)
		case "w":
			a.Shows = r.Str()
		case "u":
			a.Unknown = strings[catalog.ID](r)
		case "np":
			a.Unpinned = strings[catalog.ID](r)
		case "k":
			a.Candidates = whole(r)
		case "l":
			a.Layers = strings[string](r)
		case "mo":
			a.Models = strings[string](r)
		case "st":
			a.Stages.Names = strings[string](r)
		case "ms":
			a.Stages.Milliseconds = floats(r)
		case "re":
			a.Curve.Recall = floats(r)
		case "co":
			a.Curve.Compared = floats(r)
		case "x":
			a.Points.X = floats(r)
		case "y":
			a.Points.Y = floats(r)
		default:
			r.Skip()
		}
	}
	r.End()
	if !a.even() {
		r.Fail("columns of unequal length")
	}
	if r.Err() != nil {
		return Answer{}, errors.New("protocol: answer: " + r.Err().Error())
	}
	return a, nil
}

// one reads a single value that a pointer of the answer points to.
func one[T any](r *wire.Reader, read func(*T, *wire.Reader)) *T {
	v := new(T)
	read(v, r)
	return v
}

func (e *Error) append(w *wire.Writer) {
	f := w.Fields()
	f.Str("c", e.Code)
	f.Str("t", e.Text)
	f.Close()
}

func (e *Error) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "c":
			e.Code = r.Str()
		case "t":
			e.Text = r.Str()
		default:
			r.Skip()
		}
	}
}

func (s *Status) append(w *wire.Writer) {
	f := w.Fields()
	f.Str("n", s.Name)
	f.Str("l", s.Licence)
	f.Str("c", s.Citation)
	f.Int("m", int64(s.Items))
	f.Int("t", s.AsOf)
	f.Int("h", int64(s.History))
	f.Int("o", int64(s.Oldest))
	f.Int("y", int64(s.Newest))
	f.Bool("r", s.Rated)
	f.Close()
}

func (s *Status) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "n":
			s.Name = r.Str()
		case "l":
			s.Licence = r.Str()
		case "c":
			s.Citation = r.Str()
		case "m":
			s.Items = whole(r)
		case "t":
			s.AsOf = r.Int()
		case "h":
			s.History = whole(r)
		case "o":
			s.Oldest = whole(r)
		case "y":
			s.Newest = whole(r)
		case "r":
			s.Rated = r.Bool()
		default:
			r.Skip()
		}
	}
}

func (v *Value) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("c").Str(v.Column)
	f.Str("t", v.Text)
	f.Bool("kl", v.Listed)
	f.Close()
}

func (v *Value) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "c":
			v.Column = r.Str()
		case "t":
			v.Text = r.Str()
		case "kl":
			v.Listed = r.Bool()
		default:
			r.Skip()
		}
	}
}

func (g *GenreCount) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("n").Str(g.Name)
	f.Int("c", int64(g.Count))
	f.Close()
}

func (g *GenreCount) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "n":
			g.Name = r.Str()
		case "c":
			g.Count = whole(r)
		default:
			r.Skip()
		}
	}
}

func (n *Reason) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("f").Str(n.Feature)
	f.Str("v", n.Value)
	f.Float32("c", n.Contribution)
	n.Why.append(f.Key("w"))
	f.Close()
}

func (n *Reason) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "f":
			n.Feature = r.Str()
		case "v":
			n.Value = r.Str()
		case "c":
			n.Contribution = finite(r)
		case "w":
			n.Why.decode(r)
		default:
			r.Skip()
		}
	}
}
