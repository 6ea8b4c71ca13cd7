package bundledir

import (
	"bytes"

	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// Section is a part of a bundle's file; parts of a part have no parts.
type Section struct {
	Name  string    `json:"name"`
	Bytes int       `json:"bytes"`
	Parts []Section `json:"parts,omitempty"`
}

// Sections returns the entries of the map that data encodes, in order, down
// to the given depth.
func Sections(data []byte, depth int) ([]Section, error) {
	d := msgpack.NewDecoder(bytes.NewReader(data))
	n, err := d.DecodeMapLen()
	if err != nil {
		return nil, err
	}
	list := []Section{}
	for range n {
		name, err := d.DecodeString()
		if err != nil {
			return nil, err
		}
		raw, err := d.DecodeRaw()
		if err != nil {
			return nil, err
		}
		s := Section{Name: name, Bytes: len(raw)}
		if c := raw[0]; depth > 1 && (msgpcode.IsFixedMap(c) || c == msgpcode.Map16 || c == msgpcode.Map32) {
			if s.Parts, err = Sections(raw, depth-1); err != nil {
				return nil, err
			}
		}
		list = append(list, s)
	}
	return list, nil
}
