package experiment

import "sparrow/wasm/catalog"

// Pick is a place of a list that two teams made.
type Pick struct {
	Team int // 0 or 1
	At   int // index into the team's list
}

// Draft interleaves the rankings of two teams as captains choose players: the
// team with fewer players is next, of equal ones the team that coin names, and
// takes the first movie of its ranking that is not in the list yet. It ends
// after k picks or when the team that is next has none left. coin(n) is asked
// before the n-th pick, n = 0, 2, 4 …, and tells whether team 0 goes first.
//
// A visitor's clicks on the movies of each team say which ranking he prefers,
// on his own list and at the same moment. Source: Radlinski, Kurup & Joachims,
// How does clickthrough data reflect retrieval quality?, CIKM 2008, algorithm 2.
func Draft(a, b []catalog.Row, k int, coin func(n int) bool) []Pick {
	teams := [2][]catalog.Row{a, b}
	var next, size [2]int
	picks := make([]Pick, 0, max(0, k))
	taken := func(r catalog.Row) bool {
		for _, p := range picks {
			if teams[p.Team][p.At] == r {
				return true
			}
		}
		return false
	}
	for len(picks) < k {
		team := 0
		if size[0] > size[1] || size[0] == size[1] && !coin(len(picks)) {
			team = 1
		}
		list := teams[team]
		for next[team] < len(list) && taken(list[next[team]]) {
			next[team]++
		}
		if next[team] == len(list) {
			break
		}
		picks = append(picks, Pick{team, next[team]})
		size[team]++
	}
	return picks
}
