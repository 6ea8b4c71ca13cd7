package pool

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// TestTrainPoolFindsPlantedGroups trains on users who take four of five items
// from their own group: after five items of one group most of the ten best
// must be of that group, with either softmax, also after quantization.
func TestTrainPoolFindsPlantedGroups(t *testing.T) {
	shape := dataset.Shape{Seed: 1, Users: 300, Items: 120, Interactions: 6000, Groups: 3}
	d := dataset.Synthetic(shape)
	for _, test := range []struct {
		name      string
		negatives int
	}{{"full softmax", 0}, {"sampled softmax", 60}} {
		t.Run(test.name, func(t *testing.T) {
			opt := PoolOptions{Width: 8, Length: 10, MinCount: 5, Epochs: 6, Batch: 200, LearningRate: 0.01, Dropout: 0.1, Negatives: test.negatives, Seed: 1}
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
				best := best(&q, h, 10)
				for _, r := range best {
					if shape.Group(r) == group {
						right++
					}
				}
				if right < 7 {
					t.Errorf("group %d: %d of the ten best %v are of it, want at least 7", group, right, best)
				}
			}
		})
	}
}

// best returns the k items with the highest scores for h that are not in it.
func best(p *retrieval.Model, h feature.History, k int) []catalog.Row {
	scores, user := make([]float32, p.Out.Rows), make([]float32, p.Out.Cols)
	retrieval.NewEncoder(p).UserVector(user, h)
	p.Scores(scores, user)
	var rows []catalog.Row
	for r := range scores {
		if !slices.ContainsFunc(h, func(e feature.Event) bool { return e.Row == catalog.Row(r) }) {
			rows = append(rows, catalog.Row(r))
		}
	}
	slices.SortStableFunc(rows, func(a, b catalog.Row) int {
		if scores[a] > scores[b] {
			return -1
		}
		return 1
	})
	return rows[:k]
}

func TestTrainPoolOnOneOrTwoProcessors(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 2, Users: 60, Items: 200, Interactions: 2000, Groups: 2})
	opt := PoolOptions{Width: 32, Length: 20, MinCount: 2, Epochs: 2, Batch: 300, LearningRate: 0.01, Dropout: 0.2, EventDropout: 0.1, Seed: 1}
	train := func(processors int) *Pool {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		p, err := TrainPool(context.Background(), d, opt, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b := train(1), train(2)
	for _, table := range []struct {
		name string
		a, b []float32
	}{{"In", a.In, b.In}, {"Out", a.Out, b.Out}, {"Bias", a.Bias, b.Bias}, {"Position", a.Position, b.Position}, {"Level", a.Level, b.Level}} {
		if !slices.Equal(table.a, table.b) {
			t.Errorf("TrainPool: %s depends on the number of processors", table.name)
		}
	}
}
