package experiment

import (
	"errors"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

const (
	mostTrends = 200
	mostID     = 200 // bytes of a movie's id
)

// Append appends the enrolment as MessagePack: a map of "visitor" (bin of 16
// bytes or nil), "now", "layers" (maps with the keys of experiments.json, start
// and end in Unix seconds) and "trending" (arrays of id and weight, as in
// trending.json).
func (e *Enrolment) Append(dst []byte) []byte {
	w := &wire.Writer{Buf: dst}
	w.Map(4)
	w.Str("visitor")
	w.Bin(e.Visitor[:])
	w.Str("now")
	w.Int(e.Now)
	w.Str("layers")
	w.Array(len(e.Layers))
	for i := range e.Layers {
		e.Layers[i].append(w)
	}
	w.Str("trending")
	w.Array(len(e.Trending))
	for _, t := range e.Trending {
		w.Array(2)
		w.Str(string(t.ID))
		w.Float32(t.Weight)
	}
	return w.Buf
}

func (l *Layer) append(w *wire.Writer) {
	w.Map(6)
	w.Str("name")
	w.Str(l.Name)
	w.Str("salt")
	w.Str(l.Salt)
	w.Str("share")
	w.Float64(l.Share)
	w.Str("start")
	w.Int(int64(l.Start))
	w.Str("end")
	w.Int(int64(l.End))
	w.Str("arms")
	w.Array(len(l.Arms))
	for i := range l.Arms {
		l.Arms[i].append(w)
	}
}

func (a *Arm) append(w *wire.Writer) {
	f := w.Fields()
	f.Str("name", a.Name)
	f.Key("weight").Float64(a.Weight)
	f.Str("bundle", a.Bundle)
	f.Int("bytes", int64(a.Bytes))
	if m := a.Mix; m != nil {
		w := f.Key("mix")
		w.Map(3)
		w.Str("transition")
		w.Float64(m.Transition)
		w.Str("popular")
		w.Float64(m.Popular)
		w.Str("trending")
		w.Float64(m.Trending)
	}
	if a.Variety != nil {
		f.Key("variety").Float32(*a.Variety)
	}
	if a.Explore != nil {
		f.Key("explore").Float32(*a.Explore)
	}
	if len(a.Interleave) > 0 {
		w := f.Key("interleave")
		w.Array(len(a.Interleave))
		for _, name := range a.Interleave {
			w.Str(name)
		}
	}
	f.Close()
}

// Decode reads what [Enrolment.Append] wrote. Keys it does not know are left
// out. What it returns is valid.
func Decode(b []byte) (Enrolment, error) {
	var e Enrolment
	r := wire.NewReader(b)
	for range r.Map() {
		switch r.Str() {
		case "visitor":
			if r.Nil() {
				break
			}
			if v := r.Bin(); len(v) == len(e.Visitor) {
				copy(e.Visitor[:], v)
			} else {
				r.Fail("a visitor has 16 bytes")
			}
		case "now":
			e.Now = r.Int()
		case "layers":
			e.Layers = elements(r, mostLayers, (*Layer).decode)
		case "trending":
			e.Trending = elements(r, mostTrends, (*Trend).decode)
		default:
			r.Skip()
		}
	}
	r.End()
	if err := r.Err(); err != nil {
		return Enrolment{}, errors.New("experiment: " + err.Error())
	}
	if err := Validate(e.Layers); err != nil {
		return Enrolment{}, err
	}
	return e, nil
}

// elements reads an array of at most most elements.
func elements[T any](r *wire.Reader, most int, read func(*T, *wire.Reader)) []T {
	n := r.Array()
	if n > most {
		r.Fail("more than " + strconv.Itoa(most) + " elements")
		return nil
	}
	if n == 0 {
		return nil
	}
	v := make([]T, n)
	for i := range v {
		read(&v[i], r)
	}
	return v
}

func (l *Layer) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "name":
			l.Name = r.Str()
		case "salt":
			l.Salt = r.Str()
		case "share":
			l.Share = r.Float()
		case "start":
			l.Start = Moment(r.Int())
		case "end":
			l.End = Moment(r.Int())
		case "arms":
			l.Arms = elements(r, mostArms, (*Arm).decode)
		default:
			r.Skip()
		}
	}
}

func (a *Arm) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "name":
			a.Name = r.Str()
		case "weight":
			a.Weight = r.Float()
		case "bundle":
			a.Bundle = r.Str()
		case "bytes":
			if n := r.Int(); n > 0 && n <= mostBytes {
				a.Bytes = int(n)
			} else {
				a.Bytes = -1 // refused by its fault
			}
		case "mix":
			a.Mix = new(Mix)
			a.Mix.decode(r)
		case "variety":
			a.Variety = number(r)
		case "explore":
			a.Explore = number(r)
		case "interleave":
			a.Interleave = elements(r, mostArms, func(s *string, r *wire.Reader) { *s = r.Str() })
		default:
			r.Skip()
		}
	}
}

func number(r *wire.Reader) *float32 {
	v := float32(r.Float())
	return &v
}

func (m *Mix) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "transition":
			m.Transition = r.Float()
		case "popular":
			m.Popular = r.Float()
		case "trending":
			m.Trending = r.Float()
		default:
			r.Skip()
		}
	}
}

func (t *Trend) decode(r *wire.Reader) {
	if n := r.Array(); r.Err() == nil && n != 2 {
		r.Fail("a trend is an id and a weight")
	}
	t.ID = catalog.ID(r.Str())
	t.Weight = float32(r.Float())
	if r.Err() == nil && (t.ID == "" || len(t.ID) > mostID || !(t.Weight > 0 && t.Weight <= 1e30)) {
		r.Fail("a trend is an id of 1 to 200 bytes and a weight above 0")
	}
}
