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
	length int  // of the file
	models int  // pointwise ones of the file
	merged bool // the rest of the transition lists is in it
	older  bool // it is of version 1
	bundle *Bundle
}

// section is a part of a file.
type section struct {
	name   string
	decode func(*decoder) // nil for pointwise, which not every program reads
}

// sections are the parts of a file in the only order that is accepted: each
// may rely on those before it.
var sections = []section{
	{"meta", (*decoder).meta},
	{"catalog", (*decoder).catalog},
	{"statistics", (*decoder).statistics},
	{"retrieval", (*decoder).retrieval},
	{"transition", (*decoder).transition},
	{"ranking", (*decoder).ranking},
	{"pointwise", nil},
	{"golden", (*decoder).golden},
	{"cells", (*decoder).cells},
	{"profile", (*decoder).profile},
	{"attributes", (*decoder).attributes},
	{"together", (*decoder).together},
}

// needed is how many sections a file must have: each of those from here on may be missing.
const needed = 6

// Decode reads and validates a model file. The bundle's texts, int8 tables and
// weights are those of data, which it keeps: data must not change afterwards.
// Beside it, decoding allocates at most four times its length and a mebibyte. The
// error tells the section and the offset in the file. What is in the bundle's second
// file [Bundle.Extend] adds.
func Decode(data []byte) (*Bundle, error) { return decode(data, (*decoder).pointwise) }

// DecodeLists is [Decode] for programs that make lists alone: it skips pointwise
// models and the golden answers that are theirs, so that the linker can leave out
// what reads them.
func DecodeLists(data []byte) (*Bundle, error) { return decode(data, (*decoder).skipped) }

func decode(data []byte, pointwise func(*decoder)) (*Bundle, error) {
	d := &decoder{Reader: wire.NewReader(data), length: len(data), bundle: new(Bundle)}
	pairs := d.Map()
	if key := d.Str(); key != "sparrow" || d.Err() != nil {
		return nil, errors.New("bundle: this is not a Sparrow model file")
	}
	version := d.Uint()
	if version < 1 || version > Version || d.Err() != nil {
		return nil, errors.New("bundle: version " + strconv.FormatUint(version, 10) + " of the format; this program reads versions 1 to " + strconv.Itoa(Version))
	}
	d.older = version == 1
	if err := d.parts(pairs-1, sections, needed, pointwise); err != nil {
		return nil, errors.New("bundle: " + err.Error())
	}
	if d.bundle.Supplement != nil && (d.bundle.Meta.Card != "" || d.models > 0) {
		return nil, errors.New("bundle: a supplement, and some of what belongs there")
	}
	return d.bundle, nil
}

// parts reads pairs of a name and a section, the first needed of all must be there,
// and then the end of the file.
func (d *decoder) parts(pairs int, all []section, needed int, pointwise func(*decoder)) error {
	part, next := "", 0
	for range pairs {
		key := d.Str()
		if d.older && key == "pool" {
			key = "retrieval"
		}
		i := indexOf(all, key)
		switch {
		case i < 0:
			d.Skip()
		case i < next || i > next && next < needed:
			d.Fail("section " + key + " is out of order")
		default:
			part = key + ": "
			read := all[i].decode
			if read == nil {
				read = pointwise
			}
			read(d)
			next = i + 1
		}
		if d.Err() != nil {
			return errors.New(part + d.Err().Error())
		}
	}
	if next < needed {
		d.Fail("section " + all[next].name + " is missing")
	}
	d.End()
	return d.Err()
}

func indexOf(all []section, name string) int {
	for i := range all {
		if all[i].name == name {
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
