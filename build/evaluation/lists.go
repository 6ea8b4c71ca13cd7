package evaluation

import (
	"fmt"
	"math"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// ListOptions select what of recommended lists is measured.
type ListOptions struct {
	K     int // places that count
	Items int // N, items of the catalog

	Counts   []int            // [N] users of the training data who have the item; nil: nothing of popularity is measured
	Users    int              // of the training data
	Distance Distance         // nil: no distances within lists
	Sampled  int              // above 0: the lists are of so many sampled negatives and the answers, not of the catalog
	Recall   int              // above 0: the recall of so many places is among the metrics that lead, and lists are as long
	Catalog  *catalog.Catalog // with genres; nil: nothing of genres is measured
	Groups   bool             // also measure groups of users and, with Counts, of items
}

// DefaultListOptions measures all there is, with genres for distances.
func DefaultListOptions(train *dataset.Dataset, k int) ListOptions {
	o := ListOptions{K: k, Items: train.Catalog.Len(), Counts: make([]int, train.Catalog.Len()), Groups: true}
	for u := range train.Users {
		e := train.Of(u)
		if len(e) > 0 {
			o.Users++
		}
		for _, x := range e {
			o.Counts[x.Row]++
		}
	}
	if len(train.Catalog.Genres) == o.Items {
		o.Distance, o.Catalog = GenreDistance(train.Catalog), train.Catalog
	}
	return o
}

// Lists measures recommended lists, lists[i] for cases[i]. The intervals of means
// over cases are those of the normal approximation, cases of one user taken
// together; coverage and Gini have none, for they belong to all lists together and
// fewer users would have others. [Result.Bootstrap] replaces them.
func Lists(method string, cases []Case, lists [][]catalog.Row, o ListOptions) Result {
	r := Result{
		Method: method, Cases: len(cases), Intervals: "normal approximation", cases: casesHash(cases),
		units: unitsOf(len(cases), func(i int) int { return cases[i].User }),
	}
	r.Users = r.units.users
	r.Metrics = o.accuracy(cases, lists, r.units, accuracies[:1])
	if o.Recall > 0 {
		at := o
		at.K = o.Recall
		r.Metrics = append(r.Metrics, at.accuracy(cases, lists, r.units, []accuracy{{"Recall", Recall}})...)
	}
	r.Metrics = append(r.Metrics, o.accuracy(cases, lists, r.units, accuracies[1:3])...)
	r.Metrics = append(r.Metrics, o.figure("Coverage", Coverage(lists, o.K, o.Items)))
	r.More = append(o.accuracy(cases, lists, r.units, accuracies[3:]), o.beyond(cases, lists, r.units)...)
	if o.Groups {
		r.Groups = append(o.userGroups(cases, lists), o.itemGroups(cases, lists, r.units)...)
	}
	return r
}

// accuracy is a metric of how well a list meets what is relevant.
type accuracy struct {
	name string
	of   func(ranked, relevant []catalog.Row, k int) float64
}

var accuracies = []accuracy{
	{"NDCG", NDCG}, {"HitRate", HitRate}, {"MRR", MRR},
	{"Precision", Precision}, {"Recall", Recall}, {"F1", F1}, {"MAP", AP},
}

// accuracy measures cases in the metrics given. A case without anything relevant does not count.
func (o *ListOptions) accuracy(cases []Case, lists [][]catalog.Row, u units, metrics []accuracy) []Metric {
	var all []Metric
	for _, m := range metrics {
		all = o.mean(all, m.name, len(cases), u, func(i int) float64 {
			if len(cases[i].Relevant) == 0 {
				return math.NaN()
			}
			return m.of(lists[i], cases[i].Relevant, o.K)
		})
	}
	return all
}

// beyond measures what lists are besides accurate: Gini, and, where the options have
// what it needs, novelty in bits, distance within lists and of their genres from the
// profile's, the share of rare items, ARP and how much more popular what is
// recommended is than the histories, as a share:
// PopularityLift = (ARP - ARP of the histories) / ARP of the histories.
// Source of the last: Abdollahpouri et al., The unfairness of popularity bias in
// recommendation, RMSE workshop at RecSys 2019, where it is called ΔGAP.
func (o *ListOptions) beyond(cases []Case, lists [][]catalog.Row, u units) []Metric {
	all := []Metric{o.figure("Gini", Gini(lists, o.K, o.Items))}
	if o.Distance != nil {
		all = o.mean(all, "IntraListDistance", len(cases), u, func(i int) float64 { return IntraListDistance(lists[i], o.Distance, o.K) })
	}
	if o.Catalog != nil {
		all = o.mean(all, "GenreKL", len(cases), u, func(i int) float64 { return GenreKL(o.Catalog, cases[i].History, lists[i], o.K) })
	}
	if o.Counts == nil || o.Users == 0 {
		return all
	}
	all = o.mean(all, "RareShare", len(cases), u, func(i int) float64 { return RareShare(lists[i], o.Counts, o.K) })
	popularity := make([]float64, len(cases))
	all = o.mean(all, "Novelty", len(cases), u, func(i int) float64 { return Novelty(lists[i], o.Counts, o.Users, o.K) })
	all = o.mean(all, "ARP", len(cases), u, func(i int) float64 {
		popularity[i] = MeanPopularity(lists[i][:min(o.K, len(lists[i]))], o.Counts, o.Users)
		return popularity[i]
	})
	lift := Metric{Name: o.name("PopularityLift"), values: make([]float64, len(cases)), weights: make([]float64, len(cases))}
	for i, c := range cases {
		rows := make([]catalog.Row, len(c.History))
		for j, e := range c.History {
			rows[j] = e.Row
		}
		past := MeanPopularity(rows, o.Counts, o.Users)
		if past > 0 && !math.IsNaN(popularity[i]) {
			lift.values[i], lift.weights[i] = (popularity[i]-past)/past, past
		}
	}
	if lift.approximate(u) {
		all = append(all, lift)
	}
	return all
}

// mean appends to dst the mean of a metric over n cases, unless it is NaN for all.
func (o *ListOptions) mean(dst []Metric, name string, n int, u units, of func(i int) float64) []Metric {
	values := make([]float64, n)
	for i := range values {
		values[i] = of(i)
	}
	if m, ok := meanOf(o.name(name), values, u); ok {
		dst = append(dst, m)
	}
	return dst
}

// figure returns a metric that is no mean over cases.
func (o *ListOptions) figure(name string, v float64) Metric {
	return Metric{Name: o.name(name), Estimate: Estimate{v, v, v}}
}

// name returns a metric's name with K, and with the number of negatives where
// they were sampled: such a figure is not to be mistaken for one of the catalog.
func (o *ListOptions) name(metric string) string {
	if o.Sampled > 0 {
		return fmt.Sprintf("%s@%d sampled %d", metric, o.K, o.Sampled)
	}
	return fmt.Sprintf("%s@%d", metric, o.K)
}
