package bundle

import (
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// transition reads which items follow each item.
func (d *decoder) transition() {
	b := d.bundle
	l := d.lists(func(key string) bool {
		if key == "first" {
			b.First = d.small("first")
		}
		return key == "first"
	})
	if d.Err() != nil {
		return
	}
	b.Transition = *l
	if b.First == 0 || b.Supplement == nil {
		return
	}
	for r := range l.Scale {
		if n := l.Start[r+1] - l.Start[r]; uint64(n) > uint64(b.First) {
			d.Fail("list " + strconv.Itoa(r) + ": " + strconv.Itoa(int(n)) + " items, of which " + strconv.Itoa(b.First) + " are the first")
			return
		}
	}
}

// together reads what is bought together.
func (d *decoder) together() {
	d.bundle.Together = d.lists(func(string) bool { return false })
}

// lists reads a short list of neighbours for each item: how many there are, the
// gaps between their rows, the weights and the scales. other reads the value of
// another key, or reports that it does not know it. After an error it is nil.
func (d *decoder) lists(other func(key string) bool) *retrieval.Lists {
	n := d.bundle.Catalog.Len()
	var counts, gaps, weights []byte
	l := &retrieval.Lists{}
	for range d.Map() {
		switch key := d.Str(); key {
		case "counts":
			counts = d.Bin()
		case "gaps":
			gaps = d.Bin()
		case "weights":
			weights = d.Bin()
		case "scale":
			l.Scale = d.floats("scale")
		default:
			if !other(key) {
				d.Skip()
			}
		}
	}
	if !d.want("scale", len(l.Scale), n) {
		return nil
	}
	if len(weights) > len(gaps) {
		d.Fail("more weights than gaps")
		return nil
	}
	l.Start, l.Items = make([]uint32, n+1), make([]catalog.Row, len(weights))
	filled := 0
	many, each := varints{d, "counts", counts}, varints{d, "gaps", gaps}
	for r := range n {
		count := many.next()
		if uint64(count) > uint64(len(weights)-filled) {
			d.Fail("list " + strconv.Itoa(r) + ": more items than weights")
			return nil
		}
		item := int64(-1)
		for i := range l.Items[filled:][:count] {
			item += 1 + int64(each.next())
			if item >= int64(n) {
				d.Fail("list " + strconv.Itoa(r) + ": row " + strconv.FormatInt(item, 10) + " of " + strconv.Itoa(n))
				return nil
			}
			l.Items[filled+i] = catalog.Row(item)
		}
		filled += int(count)
		l.Start[r+1] = uint32(filled)
		if l.Scale[r] < 0 {
			d.Fail("list " + strconv.Itoa(r) + ": negative scale")
			return nil
		}
	}
	many.end()
	each.end()
	if !d.want("weights", len(weights), filled) {
		return nil
	}
	if slices.Contains(weights, 0) {
		d.Fail("a weight is 0")
		return nil
	}
	l.Weights = weights // of the file
	return l
}
