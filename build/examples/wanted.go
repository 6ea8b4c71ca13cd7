package examples

import (
	"cmp"
	"math"
	"slices"

	"sparrow/build/dataset"
)

// Positive is the least number of stars of a positive label: 3.5 in Sparrow
// RecSys, 4 in much of the literature.
type Positive float32

// Wanted is an interaction that a row is to be made of.
type Wanted struct {
	User  int32
	At    int32   // of Dataset.Interactions
	Label float32 // 0 or 1
}

// Between returns every interaction with stars at a moment in [from, to) whose
// user had given his opinion of two movies or more before, as in Sparrow RecSys,
// labelled 1 from that many stars on. It is in the order of the log.
func Between(d *dataset.Dataset, from, to int64, positive Positive) []Wanted {
	var wanted []Wanted
	for u := range d.Start {
		said := 0
		for i := d.Start[u]; i < d.End[u]; i++ {
			e := d.Interactions[i]
			if e.Part != 0 {
				continue
			}
			if at := int64(e.At); e.Stars > 0 && said >= 2 && at >= from && at < to {
				w := Wanted{User: int32(u), At: int32(i)}
				if float32(e.Stars)/2 >= float32(positive) {
					w.Label = 1
				}
				wanted = append(wanted, w)
			}
			said++
		}
	}
	return wanted
}

// Cuts returns, for each share in [0, 1], the moment before which that share of
// the interactions of d happened, or a little less where many share a moment.
func Cuts(d *dataset.Dataset, shares ...float64) []int64 {
	var times []uint32
	for u := range d.Start {
		for _, e := range d.Of(u) {
			times = append(times, e.At)
		}
	}
	slices.Sort(times)
	cuts := make([]int64, len(shares))
	for i, s := range shares {
		cuts[i] = math.MaxInt64
		if k := int(s * float64(len(times))); k < len(times) {
			cuts[i] = int64(times[k])
		}
	}
	return cuts
}

// byTime sorts wanted by the time of the interactions, ties by their place in the log.
func byTime(d *dataset.Dataset, wanted []Wanted) []Wanted {
	sorted := slices.Clone(wanted)
	slices.SortFunc(sorted, func(a, b Wanted) int {
		return cmp.Or(cmp.Compare(d.Interactions[a.At].At, d.Interactions[b.At].At), cmp.Compare(a.At, b.At))
	})
	return sorted
}
