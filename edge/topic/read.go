package topic

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"sparrow/wasm/event"
)

// maxValue bounds a message that [Read] takes: what the edge takes in, a body of
// 64 KB, becomes less than 200 KB. It is the bound of Kafka's own brokers, too.
const maxValue = 1 << 20

// Read returns what a message holds, as a record with one event, one dead letter
// or one erasure, which can be appended to a segment. An event is read from the
// bytes that came from the device, "raw", and must be good; the other fields of it
// are for other readers.
func Read(text []byte) (event.Record, error) {
	r, err := read(text)
	if err != nil {
		return event.Record{}, fmt.Errorf("topic: %w", err)
	}
	return r, nil
}

func read(text []byte) (r event.Record, err error) {
	if len(text) > maxValue {
		return r, fmt.Errorf("a message of %d bytes, of %d at most", len(text), maxValue)
	}
	var v value
	if err := json.Unmarshal(text, &v); err != nil {
		return r, err
	}
	if v.V != version {
		return r, fmt.Errorf("a message of version %d, and this program reads %d", v.V, version)
	}
	if v.Received < 1 || v.Received >= 1<<53 || v.Sent < 0 || v.Sent >= 1<<53 {
		return r, errors.New("a moment that is none")
	}
	r = event.Record{Site: v.Site, Received: v.Received, Sent: v.Sent}
	if v.Network != "" {
		if err := fill(r.Network[:], v.Network, "network"); err != nil {
			return r, err
		}
	}
	switch {
	case v.Erase != "":
		r.Erase = new(event.Visitor)
		return r, fill(r.Erase[:], v.Erase, "erase")
	case len(v.Raw) == 0:
		return r, errors.New("neither an event nor an erasure")
	case v.Dead != "":
		r.Dead = []event.DeadLetter{{Reason: v.Dead, Raw: v.Raw}}
		return r, nil
	}
	_, err = event.Check(v.Raw)
	r.Events = [][]byte{v.Raw}
	return r, err
}

// fill reads the hexadecimal digits of dst.
func fill(dst []byte, digits, name string) error {
	if len(digits) != 2*len(dst) {
		return fmt.Errorf("%s has %d hexadecimal digits, not %d", name, len(digits), 2*len(dst))
	}
	_, err := hex.Decode(dst, []byte(digits))
	return err
}
