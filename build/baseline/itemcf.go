package baseline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// ItemCFOptions are the settings of [TrainItemCF].
type ItemCFOptions struct {
	Neighbours int     // K, kept of each item
	Shrinkage  float64 // β, users who saw both items at which their similarity counts half
	IUF        bool    // whether who saw few items says more of each than who saw many
	Decay      float64 // of an event's weight to the next older one's, when asked; 1 for none
}

// DefaultItemCFOptions returns the settings for a data set like d, the best found
// on validation items: a short memory and rare items count most. The README of this
// folder has the figures.
func DefaultItemCFOptions(d *dataset.Dataset) ItemCFOptions {
	return ItemCFOptions{Neighbours: 100, Shrinkage: 5, IUF: true, Decay: fading(d, 0.5)}
}

// fading returns the decay of older events, which is none where no time says what
// is older: decaying by lot would make a baseline worse than it is.
func fading(d *dataset.Dataset, decay float64) float64 {
	if d.Timeless() {
		return 1
	}
	return decay
}

// ItemCF is item-based collaborative filtering: a user who saw an item is given the
// items that are seen by the same people. With x_ui the weight of user u's
// interaction with item i, 0 for none,
//
//	c_ij   = Σ_u f_u²·x_ui·x_uj
//	sim_ij = c_ij/√(c_ii·c_jj) · n_ij/(n_ij + β)
//	score  = Σ_k decay^k · sim(h_k, j) over the history, k = 0 the newest,
//
// where j must be one of the K items most similar to h_k. n_ij = Σ_u x_ui·x_uj counts
// who saw both: similarities that few stand for are shrunken. f_u is 1, or with IUF
// ln(N/n_u) for a user with n_u of the N items.
//
// Sources: Sarwar et al., Item-based collaborative filtering, WWW 2001, and Deshpande &
// Karypis, Item-based top-N recommendation, ACM TOIS 2004, for the cosine and the K
// items; Bell & Koren, Scalable collaborative filtering, ICDM 2007, for the
// shrinkage; Breese et al., Empirical analysis of predictive algorithms, UAI 1998, for
// the inverse user frequency. Deviations: there it is the frequency of an item among
// users, in similarities of users, and here what it becomes when the two change
// places; stars do not count, only what was chosen; the decay is ours.
type ItemCF struct {
	decay   float32
	start   []int         // [N+1]
	rows    []catalog.Row // neighbours of item r from start[r], the most similar first, ties by row
	weights []float32
}

// TrainItemCF finds the neighbours of all items of d. The time grows with the sum of
// the squares of the users' numbers of items. The same data and options give the
// same model on any number of processors. progress, if not nil, is called after each
// item from one goroutine at a time.
func TrainItemCF(ctx context.Context, d *dataset.Dataset, opt ItemCFOptions, progress func(done, total int)) (*ItemCF, error) {
	if opt.Neighbours < 1 || opt.Shrinkage < 0 {
		return nil, errors.New("baseline: item CF: neighbours must be above 0 and the shrinkage not negative")
	}
	n := d.Catalog.Len()
	c := newCoOccurrence(d, opt.IUF)
	found := make([][]neighbour, n)
	var (
		wg   sync.WaitGroup
		lock sync.Mutex
		done int
	)
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			s := &counter{sums: make([]together, n)}
			for r := k; r < n && ctx.Err() == nil; r += workers {
				found[r] = c.neighbours(catalog.Row(r), s, &opt)
				lock.Lock()
				done++
				if progress != nil {
					progress(done, n)
				}
				lock.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("baseline: item CF: %w", err)
	}
	m := &ItemCF{decay: float32(opt.Decay), start: make([]int, n+1)}
	for r, list := range found {
		for _, x := range list {
			m.rows, m.weights = append(m.rows, x.row), append(m.weights, float32(x.sim))
		}
		m.start[r+1] = len(m.rows)
	}
	return m, nil
}

// Of returns the items most similar to r, best first, ties by row, and their
// similarities, above 0 to 1. The slices are shared.
func (m *ItemCF) Of(r catalog.Row) ([]catalog.Row, []float32) {
	a, b := m.start[r], m.start[r+1]
	return m.rows[a:b:b], m.weights[a:b:b]
}

// Scores stores the score of each item for history h in dst, [N]. It is safe for
// concurrent use.
func (m *ItemCF) Scores(dst []float32, h feature.History) {
	clear(dst)
	weight := float32(1)
	for k := range h {
		rows, weights := m.Of(h[len(h)-1-k].Row)
		for i, r := range rows {
			dst[r] += float32(weight * weights[i])
		}
		weight *= m.decay
	}
}

// coOccurrence says who saw what.
type coOccurrence struct {
	d      *dataset.Dataset
	seenBy [][]viewer // [N]
	factor []float64  // [U] f_u²
	own    []float64  // [N] c_ii
}

// viewer is a user who saw an item, and x_ui.
type viewer struct {
	user   int
	weight float64
}

func newCoOccurrence(d *dataset.Dataset, iuf bool) *coOccurrence {
	n := d.Catalog.Len()
	c := &coOccurrence{d, make([][]viewer, n), make([]float64, len(d.Users)), make([]float64, n)}
	for u := range d.Users {
		events := d.Of(u)
		c.factor[u] = 1
		if iuf && len(events) > 0 {
			f := math.Log(float64(n) / float64(len(events)))
			c.factor[u] = f * f
		}
		for _, e := range events {
			w := e.Weight()
			c.seenBy[e.Row] = append(c.seenBy[e.Row], viewer{u, w})
			c.own[e.Row] += float64(c.factor[u] * w * w)
		}
	}
	return c
}

// together are two items' sums over those who saw both.
type together struct{ weighted, plain float64 } // c_ij, n_ij

// counter is scratch memory.
type counter struct {
	sums    []together // [N], zero between items
	touched []catalog.Row
}

// neighbour is an item and how similar it is.
type neighbour struct {
	row catalog.Row
	sim float64
}

// neighbours returns the opt.Neighbours items most similar to r.
func (c *coOccurrence) neighbours(r catalog.Row, s *counter, opt *ItemCFOptions) []neighbour {
	for _, v := range c.seenBy[r] {
		factor := c.factor[v.user]
		for _, e := range c.d.Of(v.user) {
			sum := &s.sums[e.Row]
			if sum.plain == 0 {
				s.touched = append(s.touched, e.Row)
			}
			both := float64(v.weight * e.Weight())
			sum.plain += both
			sum.weighted += float64(factor * both)
		}
	}
	var list []neighbour
	least := 0.0 // of a neighbour that may still be among the best
	for _, j := range s.touched {
		sum := s.sums[j]
		s.sums[j] = together{}
		if j == r || sum.weighted == 0 {
			continue
		}
		sim := sum.weighted / math.Sqrt(float64(c.own[r]*c.own[j])) * sum.plain / (sum.plain + opt.Shrinkage)
		if sim < least {
			continue
		}
		if list = append(list, neighbour{j, sim}); len(list) == 4*opt.Neighbours {
			list = first(list, opt.Neighbours)
			least = list[len(list)-1].sim
		}
	}
	s.touched = s.touched[:0]
	return slices.Clone(first(list, opt.Neighbours))
}

// first sorts list, the most similar first, ties by row, and returns the first k.
func first(list []neighbour, k int) []neighbour {
	slices.SortFunc(list, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.row, b.row))
	})
	return list[:min(len(list), k)]
}
