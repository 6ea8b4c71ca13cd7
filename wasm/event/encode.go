package event

import "sparrow/wasm/wire"

// Append appends the event in the form that FORMAT.md describes: a map whose
// fields have one-letter names, in the order of the table there. It does not
// check e; [Decode] does.
func (e *Event) Append(dst []byte) []byte {
	w := wire.Writer{Buf: dst}
	f := w.Fields()
	f.Key("i").Bin(e.ID[:])
	f.Key("k").Str(string(e.Kind))
	f.Key("t").Int(e.At)
	f.Key("v").Bin(e.Visitor[:])
	f.Key("s").Bin(e.Session[:])
	f.Int("q", int64(e.Seq))
	if e.Bundle != (Bundle{}) {
		f.Key("b").Bin(e.Bundle[:])
	}
	if len(e.Arms) > 0 {
		f.Key("a").Map(len(e.Arms))
		for _, a := range e.Arms {
			w.Str(a.Layer)
			w.Str(a.Name)
		}
	}
	f.Str("m", string(e.Item))
	f.Float32("r", e.Stars)
	if e.Place != nil {
		e.Place.append(f.Key("p"))
	}
	if e.Cause != (ID{}) {
		f.Key("c").Bin(e.Cause[:])
	}
	f.Str("y", e.Layer)
	f.Str("d", string(e.Of))
	f.Int("n", int64(e.Count))
	f.Int("x", int64(e.Value))
	if e.Currency != ([3]byte{}) {
		f.Str("u", string(e.Currency[:]))
	}
	f.Close()
	return w.Buf
}

func (p *Place) append(w *wire.Writer) {
	f := w.Fields()
	f.Str("l", p.List)
	f.Int("p", int64(p.Position))
	f.Str("o", p.Source)
	f.Str("g", p.Team)
	f.Float32("w", p.Propensity)
	f.Close()
}
