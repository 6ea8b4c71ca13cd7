package bundle

import (
	"errors"
	"strconv"

	"sparrow/wasm/wire"
)

// The second file of a bundle.
const (
	supplementKey     = "sparrow supplement"
	supplementVersion = 1
)

// supplementSections are the parts of a second file, in this order: the last one where
// the first file has but the strongest neighbours of each item.
var supplementSections = []section{
	{"card", func(d *decoder) { d.bundle.Meta.Card = d.Str() }},
	{"pointwise", nil},
	{"golden", (*decoder).further},
	{"transition", (*decoder).rest},
}

// named reads the hash and the length of the second file.
func (d *decoder) named() *Supplement {
	if d.Array() != 2 {
		d.Fail("supplement: want [SHA-256, length]")
		return nil
	}
	hash, n := d.Bin(), d.small("supplement")
	if len(hash) != 32 || n == 0 {
		d.Fail("supplement: no hash or no length")
		return nil
	}
	return &Supplement{SHA256: [32]byte(hash), Bytes: n}
}

// Extend adds what data, the second file of b, encodes, and takes the ownership of
// [Decode], and its bounds for both files together. The caller has compared its SHA-256 with the one that b
// names. After an error b is what it was.
func (b *Bundle) Extend(data []byte) error {
	if b.Supplement == nil || b.Supplement.Bytes != len(data) {
		return errors.New("bundle: supplement: " + strconv.Itoa(len(data)) + " bytes, which are not what the bundle names")
	}
	next := *b
	next.Supplement, next.Golden = nil, append([]Golden(nil), b.Golden...)
	d := &decoder{Reader: wire.NewReader(data), length: len(data), bundle: &next}
	pairs := d.Map()
	if key, version := d.Str(), d.Uint(); key != supplementKey || version != supplementVersion || d.Err() != nil {
		return errors.New("bundle: supplement: this is none that this program reads")
	}
	if err := d.parts(pairs-1, supplementSections, len(supplementSections)-1, (*decoder).pointwise); err != nil {
		return errors.New("bundle: supplement: " + err.Error())
	}
	if n := b.Supplement.Models; n >= 0 && n != d.models {
		return errors.New("bundle: supplement: " + strconv.Itoa(d.models) + " models, of which the bundle names " + strconv.Itoa(n))
	}
	if b.First > 0 && !d.merged {
		return errors.New("bundle: supplement: section transition is missing")
	}
	*b = next
	return nil
}

// further reads the columns of golden answers that the first file does not have.
func (d *decoder) further() {
	d.want("questions", d.few("golden", mostGolden), len(d.bundle.Golden))
	for i := range d.bundle.Golden {
		g := &d.bundle.Golden[i]
		more := d.scores(d.models, len(g.Items))
		if d.Err() != nil {
			return
		}
		g.Scores = append(g.Scores[:len(g.Scores):len(g.Scores)], more...)
	}
}
