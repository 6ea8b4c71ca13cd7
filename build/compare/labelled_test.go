package compare

import (
	"errors"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/nn"
)

// TestLabelledRowsAreThoseThatModelsRead: each row that is handed out is the one that the trainer
// encodes, the parts follow one another in time, and an error ends the rows.
func TestLabelledRowsAreThoseThatModelsRead(t *testing.T) {
	quiet := func(string) func(done, total int) { return func(int, int) {} }
	d := dataset.Synthetic(dataset.Shape{Seed: 3, Users: 80, Items: 60, Interactions: 2500, Groups: 3})
	l, err := LabelledRows(d, 1, quiet)
	if err != nil {
		t.Fatal(err)
	}
	before := int64(0)
	for part := range Parts {
		of := &rows{set: l.parts[part], schema: l.Schema}
		i, last := int32(0), before
		err := l.Each(part, func(r *LabelledRow) error {
			batch := nn.Batch{Rows: 1, Numeric: make([]float32, len(l.Schema.Numerics()))}
			for _, f := range l.Schema.Fields() {
				batch.IDs = append(batch.IDs, make([]int32, f.Slots))
			}
			of.Encode(&batch, []int32{i})
			if !slices.Equal(r.Numeric, batch.Numeric) || !slices.EqualFunc(r.IDs, batch.IDs, slices.Equal) || r.Label != of.Label(i) {
				t.Fatalf("%s, row %d: %v, the trainer reads %v", Parts[part], i, r, batch)
			}
			if id := r.IDs[0][0]; id >= 0 && id != int32(r.Item) {
				t.Fatalf("%s, row %d is of item %d and has movieId %d", Parts[part], i, r.Item, id)
			}
			if r.At < last || i == 0 && part > 0 && r.At == before {
				t.Fatalf("%s, row %d: a row of %d after one of %d", Parts[part], i, r.At, last)
			}
			i, last = i+1, r.At
			return nil
		})
		if err != nil || int(i) != of.Len() || i == 0 {
			t.Fatalf("%s: %d rows of %d, error %v", Parts[part], i, of.Len(), err)
		}
		before = last
	}
	stop, n := errors.New("enough"), 0
	if err := l.Each(0, func(*LabelledRow) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("%d rows and the error %v after the first row's error", n, err)
	}
}
