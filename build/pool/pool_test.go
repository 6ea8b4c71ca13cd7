package pool

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// small returns a data set of 40 users and 12 items with an irregular but
// fixed order of stars, items and parts.
func small() *dataset.Dataset {
	c := &catalog.Catalog{GenreNames: []string{"Drama", "Comedy"}}
	for r := range 12 {
		c.IDs = append(c.IDs, catalog.ID('a'+rune(r)))
		c.Titles = append(c.Titles, "")
		c.Years = append(c.Years, 1990)
		c.Genres = append(c.Genres, []uint8{uint8(r % 2)})
		c.Tags = append(c.Tags, nil)
	}
	c.Index()
	d := &dataset.Dataset{Catalog: c}
	for u := range 40 {
		d.Users = append(d.Users, "")
		d.Start = append(d.Start, len(d.Interactions))
		for i := range 6 {
			d.Interactions = append(d.Interactions, dataset.Interaction{
				Row: catalog.Row((u*5 + i*7 + u*i) % 12), At: uint32(1000 + i), Stars: uint8((u + 3*i) % 11), Part: uint8(u * i % 3 * 60),
			})
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

// TestGradient compares each derivative with the central difference
// (f(x+h) - f(x-h)) / 2h of the loss, with dropout on: the same seed drops the same.
func TestGradient(t *testing.T) {
	for _, test := range []struct {
		name      string
		negatives int
		orderFree bool
	}{{"full softmax", 0, false}, {"sampled softmax", 9, false}, {"full softmax, order free", 0, true}, {"sampled softmax, order free", 9, true}} {
		t.Run(test.name, func(t *testing.T) {
			opt := PoolOptions{Width: 5, Length: 4, MinCount: 1, Epochs: 1, Batch: 100, Dropout: 0.3, EventDropout: 0.2,
				Negatives: test.negatives, OrderFree: test.orderFree, Seed: 3}
			s := newSequences(small(), opt)
			tr := newTrainer(s, opt)
			for i := range tr.params.out {
				tr.params.out[i] *= 10 // so that scores differ enough to matter
			}
			batch := s.targets[:100]
			loss := func() float64 { return tr.gradient(batch, 7) * float64(len(batch)) }
			loss()
			got := make([]float32, len(tr.params.all))
			for _, h := range tr.shards {
				for i, v := range h.grad.all {
					got[i] += v
				}
			}
			const h = 1e-2
			worst := 0.0
			fixed := 2*len(tr.params.in) + len(tr.params.bias) // where the positions begin
			for i := range got {
				if test.orderFree && i >= fixed && i < fixed+opt.Length {
					if got[i] != 0 {
						t.Errorf("gradient of position %d is %g, want 0", i-fixed, got[i])
					}
					continue
				}
				x := tr.params.all[i]
				tr.params.all[i] = x + h
				up := loss()
				tr.params.all[i] = x - h
				down := loss()
				tr.params.all[i] = x
				want := (up - down) / (2 * h)
				diff := math.Abs(float64(got[i])-want) / (0.1 + math.Abs(want))
				worst = max(worst, diff)
				if diff > 0.01 {
					t.Errorf("gradient(parameter %d) = %g, central difference %g", i, got[i], want)
				}
			}
			t.Logf("worst relative difference %.2g", worst)
		})
	}
}

func TestTrainPoolIsReproducible(t *testing.T) {
	opt := PoolOptions{Width: 8, Length: 5, MinCount: 1, Epochs: 3, Batch: 32, LearningRate: 0.01, Dropout: 0.2, Seed: 5}
	train := func() *Pool {
		p, err := TrainPool(context.Background(), small(), opt, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b := train(), train()
	if !slices.Equal(a.In, b.In) || !slices.Equal(a.Out, b.Out) || !slices.Equal(a.Bias, b.Bias) {
		t.Error("TrainPool gave different parameters in two runs with equal options")
	}
}

func TestTrainPoolStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := TrainPool(ctx, small(), PoolOptions{Width: 8, Length: 5, MinCount: 1, Epochs: 1, Batch: 32}, nil); err == nil {
		t.Error("TrainPool with a cancelled context returned no error")
	}
}

// TestTablesHaveFewLevels: what ships has no value beyond 31 in the rows of its tables
// that were trained, none beyond 7 in the others; and each row reaches them, or one less
// where its scale was rounded up.
func TestTablesHaveFewLevels(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	p := &Pool{N: 100, D: 32, L: 1, Bias: make([]float32, 100), Position: []float32{1}, Level: make([]float32, retrieval.Levels)}
	for range p.N * p.D {
		p.In, p.Out = append(p.In, float32(rng.NormFloat64())), append(p.Out, float32(rng.NormFloat64()))
	}
	trained := make([]bool, p.N)
	for _, r := range rng.Perm(p.N)[:50] { // the trainer's order is not that of the rows
		p.Trained, trained[r] = append(p.Trained, catalog.Row(r)), true
	}
	q := p.Quantize()
	for name, values := range map[string][]int8{"In": q.In.Data, "Out": q.Out.Data} {
		for r, yes := range trained {
			most := int8(7)
			if yes {
				most = 31
			}
			row := values[r*p.D : (r+1)*p.D]
			if reached := max(slices.Max(row), -slices.Min(row)); reached > most || reached < most-1 {
				t.Errorf("%s, row %d, trained %v: values reach %d, want %d", name, r, yes, reached, most)
			}
		}
	}
}
