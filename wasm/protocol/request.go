package protocol

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Append appends the request's bytes to dst.
func (q *Request) Append(dst []byte) []byte {
	w := &wire.Writer{Buf: dst}
	f := w.Fields()
	f.Str("v", string(q.Verb))
	f.Str("i", string(q.ID))
	f.Str("q", q.Query)
	f.Str("g", q.Genre)
	f.Str("f", q.Filter)
	texts(&f, "x", q.Exclude)
	texts(&f, "p", q.Pin)
	f.Str("h", q.Max)
	f.Str("l", q.Min)
	f.Str("t", q.Diversity)
	f.Str("j", q.Repeat)
	f.Int("d", int64(q.Decade))
	f.Float32("lo", q.Least)
	f.Float32("hi", q.Most)
	f.Str("s", q.Sort)
	f.Str("st", q.State)
	f.Int("sp", q.Step)
	f.Bool("ba", q.Back)
	f.Bool("no", q.Kept)
	f.Str("m", q.Model)
	f.Int("o", int64(q.Offset))
	f.Int("k", int64(q.K))
	f.Float32("y", q.Variety)
	if l := &q.Leaning; l.Popularity != 0 || l.Familiarity != 0 || l.Recency != 0 {
		numbers(&f, "le", []float32{l.Popularity, l.Familiarity, l.Recency})
	}
	texts(&f, "lg", q.Leaning.Genres)
	texts(&f, "kb", q.Blocked)
	f.Str("he", q.Held)
	f.Int("dr", int64(q.Draw))
	f.Str("w", string(q.Reasons))
	f.Str("b", q.Brand)
	f.Str("a", q.Badge)
	f.Str("u", q.Titles)
	f.Str("la", q.Lang)
	list(&f, "e", q.Entries, (*Entry).append)
	list(&f, "z", q.Without, (*Entry).append)
	list(&f, "r", q.Records, (*Record).append)
	if len(q.Links) > 0 {
		f.Key("c").Bin(q.Links)
	}
	if len(q.Other) > 0 {
		f.Key("ot").Bin(q.Other)
	}
	f.Int("n", q.Now)
	f.Close()
	return w.Buf
}

// DecodeRequest reads what [Request.Append] wrote. It fails on anything else,
// on text that is not UTF-8 and on a number that is not finite.
func DecodeRequest(b []byte) (Request, error) {
	var q Request
	r := wire.NewReader(b)
	for range r.Map() {
		switch r.Str() {
		case "v":
			q.Verb = Verb(r.Str())
		case "i":
			q.ID = catalog.ID(r.Str())
		case "q":
			q.Query = r.Str()
		case "g":
			q.Genre = r.Str()
		case "f":
			q.Filter = r.Str()
		case "x":
			q.Exclude = strings[catalog.ID](r)
		case "p":
			q.Pin = strings[catalog.ID](r)
		case "h":
			q.Max = r.Str()
		case "l":
			q.Min = r.Str()
		case "t":
			q.Diversity = r.Str()
		case "j":
			q.Repeat = r.Str()
		case "d":
			q.Decade = whole(r)
		case "lo":
			q.Least = finite(r)
		case "hi":
			q.Most = finite(r)
		case "s":
			q.Sort = r.Str()
		case "st":
			q.State = r.Str()
		case "sp":
			q.Step = r.Int()
		case "ba":
			q.Back = r.Bool()
		case "no":
			q.Kept = r.Bool()
		case "m":
			q.Model = r.Str()
		case "o":
			q.Offset = whole(r)
		case "k":
			q.K = whole(r)
		case "y":
			q.Variety = finite(r)
		case "le":
			l := floats(r)
			if len(l) != 3 {
				r.Fail("a list leans to three things")
				break
			}
			q.Leaning.Popularity, q.Leaning.Familiarity, q.Leaning.Recency = l[0], l[1], l[2]
		case "lg":
			q.Leaning.Genres = strings[string](r)
		case "kb":
			q.Blocked = strings[string](r)
		case "he":
			q.Held = r.Str()
		case "dr":
			q.Draw = whole(r)
		case "w":
			q.Reasons = When(r.Str())
		case "b":
			q.Brand = r.Str()
		case "a":
			q.Badge = r.Str()
		case "u":
			q.Titles = r.Str()
		case "la":
			q.Lang = r.Str()
		case "e":
			q.Entries = elements(r, (*Entry).decode)
		case "z":
			q.Without = elements(r, (*Entry).decode)
		case "r":
			q.Records = elements(r, (*Record).decode)
		case "c":
			q.Links = r.Bin()
		case "ot":
			q.Other = r.Bin()
		case "n":
			q.Now = r.Int()
		default:
			r.Skip()
		}
	}
	r.End()
	if r.Err() != nil {
		return Request{}, errors.New("protocol: request: " + r.Err().Error())
	}
	return q, nil
}

// append writes the entry. As in every element of a list, one field is always
// written: no element is shorter than minElement.
func (e *Entry) append(w *wire.Writer) {
	f := w.Fields()
	e.fields(&f)
	f.Close()
}

func (e *Entry) fields(f *wire.Fields) {
	f.Key("i").Str(string(e.ID))
	f.Str("a", string(e.Action))
	f.Float32("s", e.Stars)
	f.Int("t", e.At)
	f.Str("x", e.Text)
}

func (e *Entry) decode(r *wire.Reader) {
	for range r.Map() {
		e.field(r, r.Str())
	}
}

// field reads the value of one key.
func (e *Entry) field(r *wire.Reader, key string) {
	switch key {
	case "i":
		e.ID = catalog.ID(r.Str())
	case "a":
		e.Action = Action(r.Str())
	case "s":
		e.Stars = finite(r)
	case "t":
		e.At = r.Int()
	case "x":
		e.Text = r.Str()
	default:
		r.Skip()
	}
}
