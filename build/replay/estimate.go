package replay

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Sample is one decision of the logging policy, as the estimators see it.
type Sample struct {
	Visitor int     // decisions of one visitor are not independent
	Reward  float64 // r, 0 to 1
	Weight  float64 // w = π(a|x) / p(a|x): the new policy's probability of what was shown over the one it was shown with
	Model   float64 // q̂(x, a): the reward that a model fitted on other visitors expects of what was shown
	Value   float64 // Σ π(b|x)·q̂(x, b) over all actions b: what it expects of the new policy
}

// Estimate is a value with its interval over visitors: from the 2.5th to the
// 97.5th percentile of the bootstrap.
type Estimate struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Used  int     `json:"used"` // decisions that the estimate rests on
}

// Estimates is what is known of the new policy's reward for a decision.
type Estimates struct {
	Decisions int        `json:"decisions"`
	Visitors  int        `json:"visitors"`
	All       []Estimate `json:"estimates"`
	Gain      Estimate   `json:"gain"`           // doubly robust minus logged, on the same bootstraps
	Effective float64    `json:"effective"`      // effective sample size, (Σ w)² / Σ w²
	Mean      float64    `json:"mean_weight"`    // 1 in the long run; less where the new policy wants what was never shown
	Largest   float64    `json:"largest_weight"` // before it was cut
	Cut       float64    `json:"cut"`            // share of the decisions whose weight was cut at Clip
	Never     float64    `json:"never"`          // share of the decisions whose action the new policy never takes
	Clip      float64    `json:"clip"`
}

// sums are what one visitor adds to the estimators.
type sums struct{ n, r, w, wr, robust, kept, keptR float64 }

func (s *sums) add(t *sums, times float64) {
	s.n += times * t.n
	s.r += times * t.r
	s.w += times * t.w
	s.wr += times * t.wr
	s.robust += times * t.robust
	s.kept += times * t.kept
	s.keptR += times * t.keptR
}

// names of the estimators in their order.
var names = []string{"logged", "replay", "IPS", "SNIPS", "doubly robust"}

// values returns the estimates of the sums of all visitors; 0 over 0 is NaN.
func (s *sums) values() [5]float64 {
	return [5]float64{s.r / s.n, s.keptR / s.kept, s.wr / s.n, s.wr / s.w, s.robust / s.n}
}

// Judge estimates the mean reward of a decision under the new policy, weights
// cut at clip, with bootstraps of visitors drawn with the seed:
//
//	logged         mean r: what the logging policy got
//	replay         mean r of the decisions that are kept, each with probability w / max w: of a uniform logging policy
//	               and a new one without chance these are the matches. Source: Li, Chu, Langford & Wang, Unbiased
//	               offline evaluation of contextual-bandit-based news article recommendation algorithms, WSDM 2011
//	IPS            mean w·r. Source: Horvitz & Thompson, 1952
//	SNIPS          Σ w·r / Σ w. Source: Swaminathan & Joachims, The self-normalized estimator, NIPS 2015
//	doubly robust  mean Value + w·(r - Model). Source: Dudík, Langford & Li, Doubly robust policy evaluation, ICML 2011
//
// Cutting weights makes IPS too small and the others a little biased for a
// smaller variance (Ionides, Truncated importance sampling, 2008); Cut is how many.
// The doubly robust estimate is right if the propensities or the model are.
func Judge(samples []Sample, clip float64, bootstraps int, seed uint64) Estimates {
	e := Estimates{Decisions: len(samples), Clip: clip}
	if len(samples) == 0 {
		return e
	}
	r := rand.New(rand.NewPCG(seed, 0))
	largest := 0.0
	for i := range samples {
		e.Largest = max(e.Largest, samples[i].Weight)
	}
	largest = min(e.Largest, clip)
	var visitors []sums
	index := map[int]int{}
	var weight, squares, cut, never float64
	used := [5]int{0: len(samples)}
	for i := range samples {
		s := &samples[i]
		w := min(s.Weight, clip)
		if s.Weight > clip {
			cut++
		}
		if w == 0 {
			never++
		} else {
			used[2]++
		}
		weight += w
		squares += w * w
		at, there := index[s.Visitor]
		if !there {
			at = len(visitors)
			index[s.Visitor] = at
			visitors = append(visitors, sums{})
		}
		one := sums{n: 1, r: s.Reward, w: w, wr: w * s.Reward, robust: s.Value + w*(s.Reward-s.Model)}
		if largest > 0 && r.Float64() < w/largest {
			one.kept, one.keptR = 1, s.Reward
			used[1]++
		}
		visitors[at].add(&one, 1)
	}
	n := float64(len(samples))
	used[3], used[4] = used[2], len(samples)
	e.Visitors, e.Mean, e.Cut, e.Never = len(visitors), weight/n, cut/n, never/n
	if squares > 0 {
		e.Effective = weight * weight / squares
	}
	e.bootstrap(visitors, used, bootstraps, r)
	return e
}

// bootstrap fills the estimates from the visitors' sums.
func (e *Estimates) bootstrap(visitors []sums, used [5]int, n int, r *rand.Rand) {
	var all sums
	for i := range visitors {
		all.add(&visitors[i], 1)
	}
	values := all.values()
	drawn := make([][]float64, len(names)+1)
	for range n {
		var s sums
		for range visitors {
			s.add(&visitors[r.IntN(len(visitors))], 1)
		}
		v := s.values()
		for i := range v {
			if !math.IsNaN(v[i]) {
				drawn[i] = append(drawn[i], v[i])
			}
		}
		drawn[5] = append(drawn[5], v[4]-v[0])
	}
	for i, name := range names {
		e.All = append(e.All, interval(name, values[i], drawn[i], used[i]))
	}
	e.Gain = interval("gain", values[4]-values[0], drawn[5], e.Decisions)
}

// interval returns an estimate; where nothing was used it is 0 with an interval of 0 to 1.
func interval(name string, value float64, drawn []float64, used int) Estimate {
	if used == 0 || math.IsNaN(value) || len(drawn) == 0 {
		return Estimate{Name: name, High: 1}
	}
	slices.Sort(drawn)
	return Estimate{name, value, stat.Quantile(0.025, stat.Empirical, drawn, nil), stat.Quantile(0.975, stat.Empirical, drawn, nil), used}
}

// Get returns the estimate of the given name.
func (e *Estimates) Get(name string) Estimate {
	for _, x := range e.All {
		if x.Name == name {
			return x
		}
	}
	return Estimate{}
}
