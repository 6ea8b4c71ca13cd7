package command

import (
	"io"
	"runtime"
	"sync"

	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// all writes the lists of all items of b.
func (v *similarVerb) all(c *console.Console, b *bundle.Bundle) error {
	write := func(w io.Writer) error {
		out, err := v.ofItems(w, v.Out)
		if err != nil {
			return err
		}
		if err := v.writeAll(c, out, b); err != nil {
			return err
		}
		return out.close()
	}
	var err error
	if v.Out.isStdout() {
		err = write(c.Data())
	} else {
		err = durable.WriteFile(c.Ctx, string(v.Out), write)
	}
	c.Stop()
	if err == nil {
		c.Say("similar items of %s", plural.Of(b.Catalog.Len(), "item"))
	}
	return err
}

// atOnce is how many lists are made before they are written.
const atOnce = 1024

// writeAll writes the lists in the order of the items, made on all processors.
func (v *similarVerb) writeAll(c *console.Console, out listWriter, b *bundle.Bundle) error {
	n, workers := b.Catalog.Len(), runtime.GOMAXPROCS(0)
	neighbours := engine.NewNeighbours(engine.New(b), func(n int, do func(i int)) { spread(n, workers, func(_, i int) { do(i) }) })
	searches := make([]*engine.NeighbourSearch, workers)
	for i := range searches {
		searches[i] = neighbours.Search()
	}
	p, lists := c.Stage("similar items"), make([][]listItem, atOnce)
	for first := 0; first < n; first += atOnce {
		if err := c.Ctx.Err(); err != nil {
			return err
		}
		p(first, n)
		many := min(atOnce, n-first)
		spread(many, workers, func(worker, i int) {
			lists[i] = lists[i][:0]
			for _, s := range searches[worker].Similar(catalog.Row(first+i), v.K) {
				lists[i] = append(lists[i], listItem{string(b.Catalog.IDs[s.Row]), s.Score})
			}
		})
		for i := range many {
			if err := out.list(string(b.Catalog.IDs[first+i]), lists[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// spread calls do for 0 to n-1, by so many workers at once, each of which has a number.
func spread(n, workers int, do func(worker, i int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range next {
				do(w, i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
