package event

import (
	"errors"

	"sparrow/wasm/wire"
)

// Checked is what a batch holds in the place of one event.
type Checked struct {
	Raw []byte // shares memory with the batch
	At  int64  // as in [Stamp]; 0 with an error
	Err error  // what [Check] says to it
}

// CheckBatch reads a request's body of 1 to [MaxBatch] events and checks each as [Check]
// does, in one pass: one bad event leaves the others good. It allocates the list it
// returns and, for events that are bad, what is wrong with them.
func CheckBatch(body []byte) (sent int64, found []Checked, err error) {
	r := wire.NewReader(body)
	sent, err = readBatch(r, func() (int, error) {
		n := r.Array()
		if n > MaxBatch {
			return 0, errMany
		}
		found = make([]Checked, n)
		for i := range found {
			found[i].read(r, body)
		}
		return n, nil
	})
	if err != nil {
		return 0, nil, err
	}
	return sent, found, nil
}

// read reads what comes next in the body. A good event is as long as its
// reading took; the length of a bad one is found by skipping it.
func (f *Checked) read(r *wire.Reader, body []byte) {
	begin := len(body) - r.Rest()
	var v view
	try := *r
	err := v.take(&try)
	if err == nil && try.Err() == nil {
		*r = try
		end := len(body) - r.Rest()
		f.Raw, f.At = body[begin:end:end], v.at
		return
	}
	f.Raw = r.Raw()
	if try.Err() != nil { // it names a byte of the body; the letter names one of the event
		var alone view
		err = alone.read(f.Raw)
	}
	if err != nil {
		f.Err = errors.New("event: " + err.Error())
	}
}
