package experiment

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

const mostTrends = 200

// Append appends the enrolment as MessagePack, arrays all the way down, because
// names of fields would cost bytes on every device:
//
//	enrolment = [visitor (bin of 16 bytes, or nil), now (Unix seconds), [layer…], [[id, weight]…]]
//	layer     = [name, salt, share, start, end (Unix seconds), [arm…]]
//	arm       = [name, weight, bundle, bytes, mix or nil, variety or nil, explore or nil, [name, name] or nil]
//	mix       = [transition, popular, trending]
func (e *Enrolment) Append(dst []byte) []byte {
	w := &wire.Writer{Buf: dst}
	w.Array(4)
	w.Bin(e.Visitor[:])
	w.Int(e.Now)
	w.Array(len(e.Layers))
	for i := range e.Layers {
		l := &e.Layers[i]
		w.Array(6)
		w.Str(l.Name)
		w.Str(l.Salt)
		w.Float64(l.Share)
		w.Int(int64(l.Start))
		w.Int(int64(l.End))
		w.Array(len(l.Arms))
		for j := range l.Arms {
			l.Arms[j].append(w)
		}
	}
	w.Array(len(e.Trending))
	for _, t := range e.Trending {
		w.Array(2)
		w.Str(string(t.ID))
		w.Float32(t.Weight)
	}
	return w.Buf
}

func (a *Arm) append(w *wire.Writer) {
	w.Array(8)
	w.Str(a.Name)
	w.Float64(a.Weight)
	w.Str(a.Bundle)
	w.Int(int64(a.Bytes))
	if m := a.Mix; m != nil {
		w.Array(3)
		w.Float64(m.Transition)
		w.Float64(m.Popular)
		w.Float64(m.Trending)
	} else {
		w.Nil()
	}
	for _, v := range []*float32{a.Variety, a.Explore} {
		if v != nil {
			w.Float32(*v)
		} else {
			w.Nil()
		}
	}
	if len(a.Interleave) == 2 {
		w.Array(2)
		w.Str(a.Interleave[0])
		w.Str(a.Interleave[1])
	} else {
		w.Nil()
	}
}

// Decode reads what [Enrolment.Append] wrote. It refuses what an engine could not
// apply; that an experiment makes sense, which [Validate] finds out, was the
// builder's to see: its sentences would cost every device 3 KB.
func Decode(b []byte) (*Enrolment, error) {
	e := new(Enrolment)
	r := wire.NewReader(b)
	of(r, 4)
	if !r.Nil() {
		if v := r.Bin(); len(v) == len(e.Visitor) {
			copy(e.Visitor[:], v)
		} else {
			r.Fail("a visitor has 16 bytes")
		}
	}
	e.Now = r.Int()
	e.Layers = make([]Layer, upTo(r, mostLayers))
	for i := range e.Layers {
		e.Layers[i].decode(r)
	}
	e.Trending = make([]Trend, upTo(r, mostTrends))
	for i := range e.Trending {
		t := &e.Trending[i]
		of(r, 2)
		t.ID = catalog.ID(r.Str())
		t.Weight = float32(r.Float())
	}
	r.End()
	if err := r.Err(); err != nil {
		return nil, errors.New("experiment: " + err.Error())
	}
	return e, nil
}

// of fails unless an array of n elements follows.
func of(r *wire.Reader, n int) {
	if upTo(r, n) != n {
		r.Fail("an array is too short")
	}
}

// upTo reads the header of an array of at most most elements.
func upTo(r *wire.Reader, most int) int {
	n := r.Array()
	if n > most {
		r.Fail("an array is too long")
		return 0
	}
	return n
}

func (l *Layer) decode(r *wire.Reader) {
	of(r, 6)
	l.Name = r.Str()
	l.Salt = r.Str()
	l.Share = r.Float()
	l.Start = Moment(r.Int())
	l.End = Moment(r.Int())
	l.Arms = make([]Arm, upTo(r, mostArms))
	for i := range l.Arms {
		l.Arms[i].decode(r)
	}
	if len(l.Arms) == 0 {
		r.Fail("no arm")
	}
}

func (a *Arm) decode(r *wire.Reader) {
	of(r, 8)
	a.Name = r.Str()
	a.Weight = r.Float()
	a.Bundle = r.Str()
	a.Bytes = int(r.Int())
	if !r.Nil() {
		of(r, 3)
		a.Mix = &Mix{r.Float(), r.Float(), r.Float()}
		if !a.Mix.valid() {
			r.Fail("no such mix")
		}
	}
	a.Variety = number(r)
	a.Explore = number(r)
	if !r.Nil() {
		of(r, 2)
		a.Interleave = []string{r.Str(), r.Str()}
	}
}

// number reads a number, or nil.
func number(r *wire.Reader) *float32 {
	if r.Nil() {
		return nil
	}
	v := float32(r.Float())
	return &v
}
