package answers

import (
	"context"
	"runtime"
	"sync"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// All recommends k items to every user of d on all processors, each with what
// start returns, and calls each with the lists in the order of the users. Before an
// answer is asked for a user their number is stored in *user.
func All(ctx context.Context, start func(user *int) Answer, d *dataset.Dataset, k int, each func(u int, list []Scored) error) error {
	const batch = 1024
	workers := make([]Answer, runtime.GOMAXPROCS(0))
	users := make([]int, len(workers))
	for i := range workers {
		workers[i] = start(&users[i])
	}
	lists := make([][]Scored, batch)
	for first := 0; first < len(d.Users); first += batch {
		n := min(batch, len(d.Users)-first)
		next := make(chan int)
		var wg sync.WaitGroup
		for w, answer := range workers {
			wg.Go(func() {
				for i := range next {
					users[w] = first + i
					lists[i] = append(lists[i][:0], answer(evaluation.History(d.Of(first+i)), nil, k)...)
				}
			})
		}
		for i := 0; i < n && ctx.Err() == nil; i++ {
			next <- i
		}
		close(next)
		wg.Wait()
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range n {
			if err := each(first+i, lists[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
