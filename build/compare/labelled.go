package compare

import (
	"fmt"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/examples"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Labelled are the rows that the ranking models learn from and are judged by, in three parts:
// to fit to, to stop the training by, and to judge.
type Labelled struct {
	Schema   *feature.Schema // of what a bundle can serve
	Protocol string          // how the parts are made

	data  *dataset.Dataset
	parts [3]*examples.Set
}

// Parts are the names of the parts of [Labelled], in their order.
var Parts = [3]string{"fit", "valid", "test"}

// LabelledRows makes the rows of the opinions of d. Each knows what was known at its moment; of the parts
// behind the first, the crowd as of the end of the part before. The parts are in time: the newest tenth judges and the tenth before it
// stops the training. Where d is timeless, both are drawn at random.
func LabelledRows(d *dataset.Dataset, seed uint64, stage func(name string) func(done, total int)) (*Labelled, error) {
	var split *evaluation.Split
	var err error
	if d.Timeless() {
		if split, err = evaluation.HoldOut(d, evaluation.AtLeastFour, 0.1, seed); err == nil {
			split.HoldValid(0.1, seed)
		}
	} else {
		split, err = evaluation.Everybody(d, evaluation.AtLeastFour, 0.1, 0.1)
	}
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	x, err := newJudgedRows(split, shippedColumns(d), stage)
	if err != nil {
		return nil, err
	}
	return &Labelled{x.schema, split.Protocol, d, [3]*examples.Set{x.train.set, x.valid.set, x.test.set}}, nil
}

// LabelledRow is one row: the item, the moment of the opinion in Unix seconds, 0 where it is not known,
// whether it was liked, 1 or 0, and the columns of the schema, numbers and ids. The memory of Numeric and IDs is used again.
type LabelledRow struct {
	Item    catalog.Row
	At      int64
	Label   float32
	Numeric []float32 // [F]
	IDs     [][]int32 // of each field [Slots]; -1 is none
}

// blockOfRows is how many rows are encoded at a time.
const blockOfRows = 256

// Each calls do with each row of a part, oldest first, until it fails.
func (l *Labelled) Each(part int, do func(r *LabelledRow) error) error {
	set := l.parts[part]
	e, fields := set.Encoder(l.Schema), l.Schema.Fields()
	var b feature.Batch
	r := LabelledRow{IDs: make([][]int32, len(fields))}
	width := len(l.Schema.Numerics())
	for from := 0; from < set.Len(); from += blockOfRows {
		rows := make([]int32, min(blockOfRows, set.Len()-from))
		for i := range rows {
			rows[i] = int32(from + i)
		}
		e.Encode(rows, &b)
		for i, row := range rows {
			x := l.data.Interactions[set.At[row]]
			r.Item, r.At, r.Label, r.Numeric = x.Row, int64(x.At), set.Labels[row], b.Numeric[i*width:][:width]
			for f := range fields {
				r.IDs[f] = b.IDs[f][i*fields[f].Slots:][:fields[f].Slots]
			}
			if err := do(&r); err != nil {
				return err
			}
		}
	}
	return nil
}
