package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// merge returns the log that has every entry of both, by time: each keeps its
// own order, and of one moment those of log come first. An imported entry that
// stands in log already is not repeated, so importing an export changes nothing,
// and the watchlist entry of a movie that log has put on its watchlist once is
// left out, since a second one would take the movie off.
func merge(log, imported []protocol.Entry) []protocol.Entry {
	have := make(map[protocol.Entry]int, len(log))
	listed := make(map[catalog.ID]bool)
	for _, e := range log {
		have[e]++
		if e.Action == protocol.Watchlist {
			listed[e.ID] = true
		}
	}
	merged := make([]protocol.Entry, 0, len(log)+len(imported))
	for _, e := range imported {
		if have[e] > 0 {
			have[e]--
			continue
		}
		if e.Action == protocol.Watchlist && listed[e.ID] {
			continue
		}
		for len(log) > 0 && log[0].At <= e.At {
			merged, log = append(merged, log[0]), log[1:]
		}
		merged = append(merged, e)
	}
	return append(merged, log...)
}
