package bundle

import (
	"errors"
	"math"
	"strconv"

	"sparrow/wasm/wire"
)

// Version is the version of the format that Encode writes. Decode reads it and those
// before it.
const Version = 2

// bytesPerItem is what an item costs in memory beside its texts, vectors and
// lists, with a little to spare. Decode refuses a file that is too short for
// the number of items it announces.
const bytesPerItem = 136

// decoder reads one file. All its methods do nothing after the reader's first error.
type decoder struct {
	*wire.Reader
	length int // of the file
	bundle *Bundle
}

// sections are the parts of a file in the only order that is accepted: each
// may rely on those before it.
var sections = []struct {
	name   string
	decode func(*decoder)
}{
	{"meta", (*decoder).meta},
	{"catalog", (*decoder).catalog},
	{"statistics", (*decoder).statistics},
	{"retrieval", (*decoder).retrieval},
	{"transition", (*decoder).transition},
	{"ranking", (*decoder).ranking},
	{"pointwise", (*decoder).pointwise},
	{"golden", (*decoder).golden},
	{"cells", (*decoder).cells},
}

// needed is how many sections a file must have: each of those from here on may be missing.
const needed = 6

// Decode reads and validates a model file. The bundle's texts, int8 tables and
// weights are those of data, which it keeps: data must not change afterwards.
// Beside it, decoding allocates at most four times its length and a mebibyte. The
// error tells the section and the offset in the file.
func Decode(data []byte) (*Bundle, error) {
	d := &decoder{Reader: wire.NewReader(data), length: len(data), bundle: new(Bundle)}
	part := ""
	pairs := d.Map()
	if key := d.Str(); key != "sparrow" || d.Err() != nil {
		return nil, errors.New("bundle: this is not a Sparrow model file")
	}
	version := d.Uint()
	if version < 1 || version > Version || d.Err() != nil {
		return nil, errors.New("bundle: version " + strconv.FormatUint(version, 10) + " of the format; this program reads versions 1 to " + strconv.Itoa(Version))
	}
	next := 0
	for range pairs - 1 {
		key := d.Str()
		if version == 1 && key == "pool" {
			key = "retrieval"
		}
		i := indexOf(key)
		switch {
		case i < 0:
			d.Skip()
		case i < next || i > next && next < needed:
			d.Fail("section " + key + " is out of order")
		default:
			part = key + ": "
			sections[i].decode(d)
			next = i + 1
		}
		if d.Err() != nil {
			return nil, errors.New("bundle: " + part + d.Err().Error())
		}
	}
	if next < needed {
		d.Fail("section " + sections[next].name + " is missing")
	}
	d.End()
	if d.Err() != nil {
		return nil, errors.New("bundle: " + d.Err().Error())
	}
	return d.bundle, nil
}

func indexOf(section string) int {
	for i := range sections {
		if sections[i].name == section {
			return i
		}
	}
	return -1
}

// items reads the number of items and fails when the file is too short for
// that many.
func (d *decoder) items() int {
	n := d.Uint()
	if n < 1 || n > uint64(4*d.length+1<<20)/bytesPerItem {
		d.Fail(strconv.FormatUint(n, 10) + " items do not fit a file of " + strconv.Itoa(d.length) + " bytes")
		return 0
	}
	return int(n)
}

// width reads a number of columns, 1 to 4096.
func (d *decoder) width() int {
	n := d.Uint()
	if n < 1 || n > 4096 {
		d.Fail("width " + strconv.FormatUint(n, 10) + " is not within 1 to 4096")
		return 0
	}
	return int(n)
}

// want fails unless the part called name has the length that the rest asks for.
func (d *decoder) want(name string, got, want int) bool {
	if got != want && d.Err() == nil {
		d.Fail(name + ": " + strconv.Itoa(got) + " values, want " + strconv.Itoa(want))
	}
	return d.Err() == nil
}

func isFinite(v float32) bool { return !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0) }
