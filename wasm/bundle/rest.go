package bundle

import (
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// rest reads what transition lists have beside their First, and what the ranker
// answers to the golden questions with all of them.
func (d *decoder) rest() {
	var counts, gaps, weights []byte
	read := false
	if d.bundle.First == 0 {
		d.Fail("lists of which the first file has all")
	}
	for range d.Map() {
		switch d.Str() {
		case "counts":
			counts = d.Bin()
		case "gaps":
			gaps = d.Bin()
		case "weights":
			weights = d.Bin()
		case "golden":
			d.ranked()
			read = true
		default:
			d.Skip()
		}
	}
	if d.want("weights", min(len(weights), len(gaps)), len(weights)) {
		d.merge(&varints{d, "counts", counts}, &varints{d, "gaps", gaps}, weights)
	}
	if d.Err() == nil && !read {
		d.Fail("no golden answers")
	}
	d.merged = true
}

// ranked reads the ranker's columns of the golden answers.
func (d *decoder) ranked() {
	d.want("questions", d.few("golden", mostGolden), len(d.bundle.Golden))
	for i := range d.bundle.Golden {
		if d.Err() != nil {
			return
		}
		g := &d.bundle.Golden[i]
		column := d.floats("scores")
		if d.want("scores", len(column), len(g.Items)) {
			g.Scores = append([][]float32{g.Scores[0], column}, g.Scores[firstScores:]...)
		}
	}
}

// merge adds to each list of the first file, which has its strongest, those of the
// second: there are as many as many says, each gives their rows as in lists.
func (d *decoder) merge(many, each *varints, weights []byte) {
	first := &d.bundle.Transition
	total := len(first.Items) + len(weights)
	l := retrieval.Lists{Start: make([]uint32, len(first.Start)), Items: make([]catalog.Row, 0, total), Weights: make([]uint8, 0, total), Scale: first.Scale}
	for r := range first.Scale {
		items, strong, _ := first.Of(catalog.Row(r))
		count := int(many.next())
		if count > len(weights) || count > 0 && len(items) != d.bundle.First {
			d.Fail("list " + strconv.Itoa(r) + ": more items than weights, or than the first file has room for")
			return
		}
		least, last := catalog.None, uint8(255) // the first file's last item of its least weight
		for i, w := range strong {
			if w <= last {
				least, last = items[i], w
			}
		}
		row, at := int64(-1), 0
		for _, w := range weights[:count] {
			row += 1 + int64(each.next())
			for ; at < len(items) && int64(items[at]) < row; at++ {
				l.Items, l.Weights = append(l.Items, items[at]), append(l.Weights, strong[at])
			}
			if row >= int64(len(first.Scale)) || at < len(items) && int64(items[at]) == row {
				d.Fail("list " + strconv.Itoa(r) + ": row " + strconv.FormatInt(row, 10) + " is in it, or in no catalog of " + strconv.Itoa(len(first.Scale)))
				return
			}
			if w == 0 || w > last || w == last && row < int64(least) {
				d.Fail("list " + strconv.Itoa(r) + ": row " + strconv.FormatInt(row, 10) + " has a weight of 0, or belongs to the strongest")
				return
			}
			l.Items, l.Weights = append(l.Items, catalog.Row(row)), append(l.Weights, w)
		}
		l.Items, l.Weights = append(l.Items, items[at:]...), append(l.Weights, strong[at:]...)
		l.Start[r+1] = uint32(len(l.Items))
		weights = weights[count:]
	}
	many.end()
	each.end()
	if d.want("weights left over", len(weights), 0) {
		d.bundle.Transition = l
	}
}
