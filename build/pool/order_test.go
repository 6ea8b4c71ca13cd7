package pool

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// TestSpan has a user with the events 10 to 14.
func TestSpan(t *testing.T) {
	for _, c := range []struct {
		name string
		s    span
		most int
		want []int
	}{
		{"before it", span{13, 10, 13}, 4, []int{12, 11, 10}},
		{"the newest before it", span{13, 10, 13}, 2, []int{12, 11}},
		{"none before the first", span{10, 10, 10}, 4, nil},
		{"on either side", span{12, 10, 15}, 9, []int{11, 10, 14, 13}},
		{"some on either side", span{11, 10, 15}, 3, []int{10, 14, 13}},
		{"all behind the first", span{10, 10, 15}, 9, []int{14, 13, 12, 11}},
	} {
		var got []int
		for k := range c.s.length(c.most) {
			got = append(got, c.s.event(k))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestOrderFreePool trains on users who like one of three groups, in no order: the
// model finds their group from the five items they have, in whatever order it gets
// them, and gives them the same scores.
func TestOrderFreePool(t *testing.T) {
	shape := dataset.Shape{Seed: 1, Users: 300, Items: 120, Interactions: 6000, Groups: 3}
	d := dataset.Synthetic(shape)
	d.Order.Random = true
	opt := DefaultPoolOptions(d)
	if !opt.OrderFree {
		t.Fatal("the defaults for timeless data are not order free")
	}
	opt.Width, opt.Epochs, opt.Batch, opt.LearningRate = 8, 6, 200, 0.01
	p, err := TrainPool(context.Background(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	q := p.Quantize()
	for group := range shape.Groups {
		var h feature.History
		for i := range 5 {
			h = append(h, feature.Event{Row: catalog.Row((3*i+2)*shape.Groups + group), Stars: 5})
		}
		right := 0
		for _, r := range best(&q, h, 10) {
			if shape.Group(r) == group {
				right++
			}
		}
		if right < 7 {
			t.Errorf("group %d: %d of the ten best are of it, want at least 7", group, right)
		}
		user := func(h feature.History) []float32 {
			v := make([]float32, q.Out.Cols)
			retrieval.NewEncoder(&q).UserVector(v, h)
			return v
		}
		there, back := user(h), make(feature.History, 0, len(h))
		for _, e := range slices.Backward(h) {
			back = append(back, e)
		}
		for i, v := range user(back) {
			if diff := v - there[i]; diff > 1e-5 || diff < -1e-5 {
				t.Errorf("group %d: element %d of the user is %g backwards, %g forwards", group, i, v, there[i])
			}
		}
	}
}
