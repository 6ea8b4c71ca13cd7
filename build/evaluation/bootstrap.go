package evaluation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Resampling is a bootstrap or a random permutation: how often, from which seed.
type Resampling struct {
	Rounds int
	Seed   uint64
}

// DefaultResampling is good for the second digit of a 95 % interval's ends.
var DefaultResampling = Resampling{Rounds: 1000, Seed: 1}

// Bootstrap replaces the intervals of r by those of the cluster bootstrap: as many
// users as there are are drawn with replacement, each with all their cases or rows,
// and the interval reaches from the 2.5th to the 97.5th percentile of what the draws
// give. What had no interval gets none.
// Source: Efron, Bootstrap methods: another look at the jackknife, Annals of
// Statistics 1979; of clusters: Field & Welsh, Bootstrapping clustered data, JRSS B 2007.
func (r *Result) Bootstrap(o Resampling) {
	r.Intervals = fmt.Sprintf("bootstrap over users, %d rounds", o.Rounds)
	bootstrap(r.units, [][]Metric{r.Metrics, r.More}, o)
	for i := range r.Groups {
		bootstrap(r.Groups[i].units, [][]Metric{r.Groups[i].Metrics}, o)
	}
}

func bootstrap(u units, lists [][]Metric, o Resampling) {
	var figures []func(times []float64) float64
	var of []*Metric
	for _, list := range lists {
		for i := range list {
			if f := list[i].figure(u); f != nil {
				figures, of = append(figures, f), append(of, &list[i])
			}
		}
	}
	for i, draws := range o.draw(u.users, figures) {
		of[i].Low, of[i].High = interval(draws)
	}
}

// figure returns what m is when user k of u counts times[k], nil if m has no interval.
func (m *Metric) figure(u units) func(times []float64) float64 {
	if m.of != nil || m.values == nil {
		return m.of
	}
	sum, weight := u.byUser(m)
	return func(times []float64) float64 {
		var above, below float64
		for k, n := range times {
			above += n * sum[k]
			below += n * weight[k]
		}
		return above / below
	}
}

// draw returns what each of figures gives for each round's draw of users,
// [figures][rounds]; all figures have the same draws. Round i depends on the seed and
// i alone, so that the result does not depend on the number of processors.
func (o Resampling) draw(users int, figures []func(times []float64) float64) [][]float64 {
	draws := make([][]float64, len(figures))
	for i := range draws {
		draws[i] = make([]float64, o.Rounds)
	}
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), o.Rounds)
	for w := range workers {
		wg.Go(func() {
			times := make([]float64, users)
			for round := w; round < o.Rounds; round += workers {
				clear(times)
				rng := rand.New(rand.NewPCG(o.Seed, uint64(round)))
				for range users {
					times[rng.IntN(users)]++
				}
				for i, f := range figures {
					draws[i][round] = f(times)
				}
			}
		})
	}
	wg.Wait()
	return draws
}

// interval returns the 2.5th and the 97.5th percentile of draws. Those that gave
// no number, as the AUC of users who liked everything, do not count. Those of
// build/replay are not interpolated: published figures rest on either.
func interval(draws []float64) (low, high float64) {
	s := slices.DeleteFunc(slices.Clone(draws), math.IsNaN)
	slices.Sort(s)
	return percentile(s, 0.025), percentile(s, 0.975)
}

// percentile returns the p-quantile of sorted, linear between its values; 0 of none.
func percentile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
