package feedback

import (
	"cmp"
	"maps"
	"slices"

	"sparrow/wasm/event"
)

// Currency returns the currency of most purchases among the events that in holds of, of as
// many the first in the alphabet, and how many purchases have a value in others: revenue is of
// one, as sums of several mean nothing. It is zero where purchases have no value, or no currency.
func (l *Log) Currency(in func(*Event) bool) (most [3]byte, others int) {
	count := map[[3]byte]int{}
	for i := range l.Events {
		if e := &l.Events[i]; e.Kind == event.Purchase && e.Value > 0 && in(e) {
			count[e.Currency]++
		}
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b [3]byte) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(string(a[:]), string(b[:])))
	})
	for i, name := range names {
		if i == 0 {
			most = name
		} else {
			others += count[name]
		}
	}
	return most, others
}
