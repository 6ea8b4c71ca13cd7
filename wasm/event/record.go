package event

import (
	"errors"
	"strconv"

	"sparrow/wasm/wire"
)

// Network tells, of the events that one edge took in on one day (UTC), which
// came from the same network: the first 8 bytes of an HMAC-SHA-256 of the
// network under a key that the edge makes for the day and deletes after it. So
// tags of different days cannot be compared, and no address can be computed
// from one once the day is over. Zero is an unknown network.
type Network [8]byte

// Record is what the edge keeps of one request that it accepted: the good
// events as they came, the bad ones with the reason, or a visitor's wish. It
// holds no address, only the day's tag of the network that sent it.
type Record struct {
	Site     string  // name of the site whose pages sent it
	Received int64   // Unix milliseconds on the edge's clock
	Sent     int64   // Unix milliseconds on the device's clock; 0 with an erasure
	Network  Network // that sent it; zero where that is unknown
	Events   [][]byte
	Dead     []DeadLetter
	Erase    *Visitor // who wants nothing of theirs kept; nil for none
}

// DeadLetter is a rejected event and the reason.
type DeadLetter struct {
	Reason string
	Raw    []byte
}

// At returns when e happened, in Unix milliseconds on the edge's clock: as
// long before the request came as the device says that it was before it was
// sent, whatever the device's clock shows.
func (r *Record) At(e *Event) int64 { return r.Received - (r.Sent - e.At) }

// Append appends the record.
func (r *Record) Append(dst []byte) []byte {
	w := wire.Writer{Buf: dst}
	f := w.Fields()
	f.Key("v").Int(r.version())
	f.Key("o").Str(r.Site)
	f.Key("r").Int(r.Received)
	f.Int("t", r.Sent)
	if r.Network != (Network{}) {
		f.Key("n").Bin(r.Network[:])
	}
	if len(r.Events) > 0 {
		f.Key("e").Array(len(r.Events))
		for _, e := range r.Events {
			w.Buf = append(w.Buf, e...)
		}
	}
	if len(r.Dead) > 0 {
		f.Key("d").Array(len(r.Dead))
		for _, l := range r.Dead {
			w.Array(2)
			w.Str(l.Reason)
			w.Bin(l.Raw)
		}
	}
	if r.Erase != nil {
		f.Key("x").Bin(r.Erase[:])
	}
	f.Close()
	return w.Buf
}

// version is 2 for a record with a network and 1 for one without, as records
// were before there were networks: its bytes are the same.
func (r *Record) version() int64 {
	if r.Network != (Network{}) {
		return 2
	}
	return 1
}

// DecodeRecord reads what [Record.Append] wrote. Events and letters share
// memory with raw.
func DecodeRecord(raw []byte) (Record, error) {
	var d Record
	if err := d.read(wire.NewReader(raw)); err != nil {
		return Record{}, errors.New("event: record: " + err.Error())
	}
	return d, nil
}

func (d *Record) read(r *wire.Reader) error {
	var seen fields
	version := int64(0)
	for range r.Map() {
		name, err := key(r, &seen)
		if err == nil && name == 'v' {
			if version = r.Int(); r.Err() == nil && version != 1 && version != 2 {
				err = errors.New("version " + strconv.FormatInt(version, 10) + " is not 1 or 2")
			}
		} else if err == nil {
			err = d.field(r, name)
		}
		if r.Err() != nil {
			return r.Err()
		}
		if err != nil {
			return err
		}
	}
	r.End()
	switch missing := set("vor") &^ seen; {
	case r.Err() != nil:
		return r.Err()
	case missing != 0:
		return errors.New("it lacks " + letters(missing))
	case version != d.version():
		return errors.New("a record has version 2 if it has a network, and else 1")
	}
	return nil
}

func (d *Record) field(r *wire.Reader, name byte) (err error) {
	switch name {
	case 'o':
		d.Site = r.Str()
	case 'r':
		d.Received, err = moment(r)
	case 't':
		d.Sent, err = moment(r)
	case 'n':
		var b []byte
		if b, err = bin(r, "n", len(Network{})); b != nil {
			d.Network = Network(b)
		}
	case 'e':
		d.Events, err = events(r)
	case 'd':
		d.Dead, err = dead(r)
	case 'x':
		var b []byte
		if b, err = bin(r, "x", len(Visitor{})); b != nil {
			v := Visitor(b)
			d.Erase = &v
		}
	default:
		err = errUnknown
	}
	return err
}

// dead reads at most [MaxBatch] letters.
func dead(r *wire.Reader) ([]DeadLetter, error) {
	n := r.Array()
	if n > MaxBatch {
		return nil, errors.New("more than 50 dead letters")
	}
	if n == 0 {
		return nil, nil
	}
	list := make([]DeadLetter, n)
	for i := range list {
		if pair := r.Array(); r.Err() == nil && pair != 2 {
			return nil, errors.New("a dead letter is not a reason and its bytes")
		}
		list[i] = DeadLetter{r.Str(), r.Bin()}
	}
	return list, nil
}
