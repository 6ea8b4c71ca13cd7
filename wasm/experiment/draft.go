package experiment

import (
	"slices"

	"sparrow/wasm/catalog"
)

// Pick is a place of a list that two teams made.
type Pick struct {
	Team int // 0 or 1
	At   int // index into the team's list
}

// Draft interleaves the rankings of two teams as captains choose players: the
// team with fewer players is next, of equal ones the team that chance names, and
// takes the first item of its ranking that is not in the list yet. It ends
// after k picks or when the team that is next has none left. chance(n) is
// asked before the n-th pick, n = 0, 2, 4 …; below one half team 0 goes first.
//
// A visitor's clicks on the items of each team say which ranking they prefer,
// on their own list and at the same moment. Source: Radlinski, Kurup & Joachims,
// How does clickthrough data reflect retrieval quality?, CIKM 2008, algorithm 2.
func Draft(a, b []catalog.Row, k int, chance func(n uint64) float64) []Pick {
	teams := [2][]catalog.Row{a, b}
	var next, size [2]int
	var list []catalog.Row
	var picks []Pick
	for len(picks) < k {
		team := 0
		if size[0] > size[1] || size[0] == size[1] && chance(uint64(len(picks))) >= 0.5 {
			team = 1
		}
		rows, at := teams[team], next[team]
		for at < len(rows) && slices.Contains(list, rows[at]) {
			at++
		}
		if at == len(rows) {
			break
		}
		list = append(list, rows[at])
		picks = append(picks, Pick{team, at})
		next[team] = at + 1
		size[team]++
	}
	return picks
}
