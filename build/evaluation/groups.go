package evaluation

import (
	"cmp"
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// Group is what was measured of a part of the users or of the items.
type Group struct {
	By      string   `json:"by"`
	Name    string   `json:"name"`
	Cases   int      `json:"cases"`
	Items   int      `json:"items,omitempty"`
	Metrics []Metric `json:"metrics"`

	units units
}

// userGroups measures the cases in three groups of as many, by the length of
// their histories. Cases of equal length are together, so that a group may be
// larger than a third; one without cases is left out.
func (o *ListOptions) userGroups(cases []Case, lists [][]catalog.Row) []Group {
	if len(cases) == 0 {
		return nil
	}
	lengths := make([]int, len(cases))
	for i, c := range cases {
		lengths[i] = len(c.History)
	}
	slices.Sort(lengths)
	from := []int{math.MinInt, lengths[len(lengths)/3], lengths[2*len(lengths)/3], math.MaxInt}
	var groups []Group
	for g, name := range []string{"least active third", "middle third", "most active third"} {
		var some []Case
		var theirs [][]catalog.Row
		for i, c := range cases {
			if n := len(c.History); n >= from[g] && n < from[g+1] {
				some, theirs = append(some, c), append(theirs, lists[i])
			}
		}
		if len(some) == 0 {
			continue
		}
		u := unitsOf(len(some), func(i int) int { return some[i].User })
		metrics := append(o.accuracy(some, theirs, u, accuracies), o.figure("Coverage", Coverage(theirs, o.K, o.Items)))
		groups = append(groups, Group{
			By: "users by length of history", Name: name, Cases: len(some),
			Metrics: append(metrics, o.beyond(some, theirs, u)...), units: u,
		})
	}
	return groups
}

// itemGroups measures the items in three groups that a third of the training's
// interactions each fall to: the few of the head, those of the middle, and the
// tail. What is relevant is that of the group alone, and cases without are left
// out; Exposure is the group's share of the places of a list.
func (o *ListOptions) itemGroups(cases []Case, lists [][]catalog.Row, u units) []Group {
	if o.Counts == nil || o.Users == 0 {
		return nil
	}
	of := thirds(o.Counts)
	var groups []Group
	for g, name := range []string{"head", "middle", "tail"} {
		in := func(r catalog.Row) bool { return of[r] == g }
		some := make([]Case, len(cases))
		answers, items := 0, 0
		for i, c := range cases {
			some[i] = c
			some[i].Relevant = slices.DeleteFunc(slices.Clone(c.Relevant), func(r catalog.Row) bool { return !in(r) })
			if len(some[i].Relevant) > 0 {
				answers++
			}
		}
		shown := make([][]catalog.Row, len(lists))
		for i, l := range lists {
			shown[i] = slices.DeleteFunc(slices.Clone(l[:min(o.K, len(l))]), func(r catalog.Row) bool { return !in(r) })
		}
		for _, x := range of {
			if x == g {
				items++
			}
		}
		if items == 0 {
			continue
		}
		metrics := append(o.accuracy(some, lists, u, accuracies), o.figure("Coverage", Coverage(shown, o.K, o.Items)*float64(o.Items)/float64(items)))
		metrics = o.mean(metrics, "Exposure", len(cases), u, func(i int) float64 {
			return float64(len(shown[i])) / float64(min(o.K, len(lists[i])))
		})
		groups = append(groups, Group{
			By: "items by share of interactions", Name: name, Cases: answers, Items: items, Metrics: metrics, units: u,
		})
	}
	return groups
}

// thirds returns for each item 0, 1 or 2: the most popular ones, ties by row,
// that hold the first third of all counts, those of the second, and the rest. A
// item belongs where the counts before it end.
func thirds(counts []int) []int {
	order, all := make([]int, len(counts)), 0
	for r, n := range counts {
		order[r] = r
		all += n
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	of, before := make([]int, len(counts)), 0
	for _, r := range order {
		of[r] = 2
		if all > 0 && counts[r] > 0 {
			of[r] = min(2, 3*before/all)
		}
		before += counts[r]
	}
	return of
}
