package evaluation

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Recommender answers with movies that are not in the history.
type Recommender interface {
	// Recommend returns at most k movies for a user with history h, best first.
	Recommend(h feature.History, k int) []catalog.Row
}

// Method is a recommender under test.
type Method struct {
	Name string
	New  func() Recommender // called once for each goroutine that asks
}

// Evaluate asks the method all cases and measures its first k answers. n is
// the size of the catalog. The result does not depend on the number of
// processors. progress, if not nil, is called from one goroutine at a time.
func Evaluate(ctx context.Context, m Method, cases []Case, k, n int, progress func(done, total int)) (Result, error) {
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
				lists[i] = append([]catalog.Row(nil), r.Recommend(cases[i].History, k)...)
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
		return Result{}, fmt.Errorf("evaluation: %w", err)
	}
	return measure(m.Name, cases, lists, k, n), nil
}

// measure returns the metrics of one list for each case.
func measure(name string, cases []Case, lists [][]catalog.Row, k, n int) Result {
	res := Result{Method: name, Cases: len(cases)}
	for _, metric := range []struct {
		name string
		of   func(ranked, relevant []catalog.Row, k int) float64
	}{{"NDCG", NDCG}, {"HitRate", HitRate}, {"MRR", MRR}} {
		values := make([]float64, len(cases))
		for i, c := range cases {
			values[i] = metric.of(lists[i], c.Relevant, k)
		}
		res.Metrics = append(res.Metrics, Metric{Name: fmt.Sprintf("%s@%d", metric.name, k), Estimate: estimate(values), values: values})
	}
	coverage := Coverage(lists, k, n)
	res.Metrics = append(res.Metrics, Metric{
		Name: fmt.Sprintf("Coverage@%d", k), Estimate: Estimate{coverage, coverage, coverage},
	})
	return res
}
