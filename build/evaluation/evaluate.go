package evaluation

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Recommender answers with items that are not in the history.
type Recommender interface {
	// Recommend returns at most k items for a user with history h, best first.
	Recommend(h feature.History, k int) []catalog.Row
}

// Chooser is a recommender that can be kept to some items.
type Chooser interface {
	Recommender
	// Choose returns at most k items of pool, which has no repeats, for a user with
	// history h, best first.
	Choose(h feature.History, pool []catalog.Row, k int) []catalog.Row
}

// Method is a recommender under test.
type Method struct {
	Name string
	New  func() Recommender // called once for each goroutine that uses it
}

// Evaluate runs the method on all cases and measures its first k answers. n is
// the size of the catalog. The result does not depend on the number of
// processors. progress, if not nil, is called from one goroutine at a time.
func Evaluate(ctx context.Context, m Method, cases []Case, k, n int, progress func(done, total int)) (Result, error) {
	lists, err := Ask(ctx, m, cases, nil, k, n, progress)
	if err != nil {
		return Result{}, err
	}
	return Lists(m.Name, cases, lists, ListOptions{K: k, Items: n}), nil
}

// Ask returns the method's first k answers to all cases. With pools, only items
// of pools[i] may be the answers to case i: a [Chooser] gets the pool, of others the
// list of the whole catalog, n items, is thinned out. progress, if not nil, is
// called from one goroutine at a time.
func Ask(ctx context.Context, m Method, cases []Case, pools [][]catalog.Row, k, n int, progress func(done, total int)) ([][]catalog.Row, error) {
	lists := make([][]catalog.Row, len(cases))
	var (
		wg   sync.WaitGroup
		lock sync.Mutex
		done int
	)
	workers := min(runtime.GOMAXPROCS(0), len(cases))
	for w := range workers {
		wg.Go(func() {
			r := m.New()
			for i := w; i < len(cases) && ctx.Err() == nil; i += workers {
				if pools == nil {
					lists[i] = slices.Clone(r.Recommend(cases[i].History, k))
				} else {
					lists[i] = slices.Clone(choose(r, cases[i].History, pools[i], k, n))
				}
				lock.Lock()
				done++
				if progress != nil {
					progress(done, len(cases))
				}
				lock.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("evaluation: %w", err)
	}
	return lists, nil
}

// choose returns the k best items of pool.
func choose(r Recommender, h feature.History, pool []catalog.Row, k, n int) []catalog.Row {
	if c, ok := r.(Chooser); ok {
		return c.Choose(h, pool, k)
	}
	in := make([]bool, n)
	for _, p := range pool {
		in[p] = true
	}
	var list []catalog.Row
	for _, x := range r.Recommend(h, n) {
		if in[x] && len(list) < k {
			list = append(list, x)
		}
	}
	return list
}
