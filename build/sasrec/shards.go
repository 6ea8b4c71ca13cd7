package sasrec

import (
	"context"
	"fmt"

	"sparrow/build/autodiff"
	"sparrow/wasm/catalog"
)

// Shards is a log by user in shards, of which one at a time is in memory.
type Shards interface {
	Items() int // N: the items' rows are below
	Len() int   // of shards
	// Each calls take for each user of a shard, in the same order each time, with the rows of their items, oldest first,
	// and how much each counts as a target. The slices are the caller's until take returns.
	Each(ctx context.Context, shard int, take func(rows []int32, weights []float32) error) error
}

// TrainShards is [Train] of a log that is read again, shard by shard, in each pass, so that the memory is that of the
// tables and of a shard: 8 bytes an event, besides what reading takes. Items count by the number of their events, and
// the users of a step are of one shard. The options are those of [LargeOptions], or as of Train.
func TrainShards(ctx context.Context, s Shards, opt Options, progress func(done, total int)) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, fmt.Errorf("sasrec: %w", err)
	}
	all, sizes, err := survey(ctx, s, &opt)
	if err != nil {
		return nil, fmt.Errorf("sasrec: %w", err)
	}
	if all.mean == 0 {
		return nil, fmt.Errorf("sasrec: no user has two items with %d interactions or more, from which something could be learned", opt.MinCount)
	}
	t := &task{events: all, opt: &opt}
	if opt.Negatives > 0 {
		t.draw = newDraw(all.count)
	}
	for _, n := range sizes {
		t.most = max(t.most, n)
	}
	g := newGraph(len(all.row), t.drawn(), &opt, start(opt.Seed))
	t.startBias(g.Params[biasParam].Data)
	open := func(part int) (autodiff.Task, error) {
		e := &events{number: all.number, row: all.row, count: all.count, mean: all.mean}
		if err := e.read(ctx, s, part, opt.Length); err != nil {
			return nil, err
		}
		return &task{events: e, opt: &opt, draw: t.draw, most: t.most}, nil
	}
	curve, err := autodiff.TrainParts(ctx, g, sizes, open, t.options(), nil, progress)
	if err != nil {
		return nil, fmt.Errorf("sasrec: %w", err)
	}
	m := newModel(t, g)
	m.Curve = curve
	return m, nil
}

// LargeOptions returns the settings of [DefaultOptions] for a log of more than five million interactions of a
// large catalog.
func LargeOptions() Options {
	return Options{Width: 64, Heads: 2, Blocks: 2, Length: 100, MinCount: 5, Epochs: 5, Batch: 2500, LearningRate: 2e-3, Dropout: 0.2, Negatives: 1024, Seed: 1}
}

// survey reads the shards twice: it counts the items, and then the windows of each shard.
func survey(ctx context.Context, s Shards, opt *Options) (all *events, sizes []int, err error) {
	all = &events{number: make([]int32, s.Items())}
	count := make([]float64, s.Items())
	for shard := range s.Len() {
		err := s.Each(ctx, shard, func(rows []int32, _ []float32) error {
			for _, r := range rows {
				count[r]++
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for r, c := range count {
		all.number[r] = -1
		if c > 0 && c >= float64(opt.MinCount) {
			all.number[r] = int32(len(all.row))
			all.row, all.count = append(all.row, catalog.Row(r)), append(all.count, c)
		}
	}
	windows, targets := 0, 0.0
	for shard := range s.Len() {
		e := &events{number: all.number}
		if err := e.read(ctx, s, shard, opt.Length); err != nil {
			return nil, nil, err
		}
		sizes, windows, targets = append(sizes, len(e.window)), windows+len(e.window), targets+e.targets
	}
	all.mean = targets / float64(max(1, windows))
	return all, sizes, nil
}

// read adds the events and windows of a shard.
func (e *events) read(ctx context.Context, s Shards, shard, length int) error {
	return s.Each(ctx, shard, func(rows []int32, weights []float32) error {
		first := int32(len(e.item))
		for i, r := range rows {
			e.add(r, weights[i])
		}
		e.targets += e.cut(first, length)
		return nil
	})
}
