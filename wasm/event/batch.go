package event

import (
	"errors"
	"strconv"

	"sparrow/wasm/wire"
)

// Bounds of what a device sends at once.
const (
	MaxBatch = 50       // events
	MaxBody  = 64 << 10 // bytes
)

// Batch is what a device sends at once.
type Batch struct {
	Sent   int64    // Unix milliseconds on the device's clock, when it was sent
	Events [][]byte // as the device wrote them, each read by [Decode] alone
}

// Append appends the batch as a request's body.
func (b *Batch) Append(dst []byte) []byte {
	w := wire.Writer{Buf: dst}
	w.Map(3)
	w.Str("v")
	w.Int(1)
	w.Str("t")
	w.Int(b.Sent)
	w.Str("e")
	w.Array(len(b.Events))
	for _, e := range b.Events {
		w.Buf = append(w.Buf, e...)
	}
	return w.Buf
}

// readBatch reads all of a batch but its events, which list reads and counts.
func readBatch(r *wire.Reader, list func() (int, error)) (sent int64, err error) {
	var seen fields
	n := 0
	for range r.Map() {
		name, err := key(r, &seen)
		if err == nil {
			switch name {
			case 'v':
				err = version(r)
			case 't':
				sent, err = moment(r)
			case 'e':
				n, err = list()
			default:
				err = errUnknown
			}
		}
		if r.Err() != nil || err != nil {
			return 0, batchError(r, err)
		}
	}
	r.End()
	switch missing := set("vte") &^ seen; {
	case r.Err() != nil:
	case missing != 0:
		err = errors.New("it lacks " + letters(missing))
	case n == 0:
		err = errors.New("it holds no event")
	default:
		return sent, nil
	}
	return 0, batchError(r, err)
}

// batchError is the error of the reader, or else err.
func batchError(r *wire.Reader, err error) error {
	if r.Err() != nil {
		err = r.Err()
	}
	return errors.New("event: batch: " + err.Error())
}

// version reads the number of the format, of which there is one.
func version(r *wire.Reader) error {
	if n := r.Int(); r.Err() == nil && n != 1 {
		return errors.New("version " + strconv.FormatInt(n, 10) + " is not 1")
	}
	return nil
}

var errMany = errors.New("more than 50 events")

// events reads an array of at most [MaxBatch] values, each of any type.
func events(r *wire.Reader) ([][]byte, error) {
	n := r.Array()
	if n > MaxBatch {
		return nil, errMany
	}
	if n == 0 {
		return nil, nil
	}
	list := make([][]byte, n)
	for i := range list {
		list[i] = r.Raw()
	}
	return list, nil
}
