package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// merge returns the settled log that has every entry of both settled logs, by
// time; entries of one moment keep their order, those of log first. An imported
// entry that stands in log already is not repeated, so importing an export
// changes nothing, and an item that is on log's watchlist stays where it is.
func merge(log, imported []protocol.Entry) []protocol.Entry {
	listed := make(map[catalog.ID]bool)
	for _, e := range log {
		if e.Action == protocol.Watchlist {
			listed[e.ID] = true
		}
	}
	merged := slices.Clone(log)
	for _, e := range imported {
		if !stands(log, e) && (e.Action != protocol.Watchlist || !listed[e.ID]) {
			merged = append(merged, e)
		}
	}
	return settle(byTime(merged))
}

// without returns the entries of log but those of gone, which may be in any order; of two equal
// ones in log each wants one in gone.
func without(log, gone []protocol.Entry) []protocol.Entry {
	if len(gone) == 0 {
		return log
	}
	count := make(map[protocol.Entry]int, len(gone))
	for _, e := range gone {
		count[e]++
	}
	var left []protocol.Entry
	for _, e := range log {
		if count[e] > 0 {
			count[e]--
		} else {
			left = append(left, e)
		}
	}
	return left
}

// undated returns a copy of imported without the entries that have no moment and say what log
// says already, so that importing a file without dates again changes nothing.
func undated(log, imported []protocol.Entry) []protocol.Entry {
	said := make(map[protocol.Entry]bool)
	for _, e := range log {
		e.At = 0
		said[e] = true
	}
	var left []protocol.Entry
	for _, e := range imported {
		if e.At != 0 || !said[e] {
			left = append(left, e)
		}
	}
	return left
}

// stands reports whether log, which is by time, has entry e.
func stands(log []protocol.Entry, e protocol.Entry) bool {
	low, high := 0, len(log)
	for low < high {
		if middle := (low + high) / 2; log[middle].At < e.At {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for ; low < len(log) && log[low].At == e.At; low++ {
		if log[low] == e {
			return true
		}
	}
	return false
}
