package catalog

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// naiveDistance is the recurrence as it is written down: distances of all
// beginnings of a and b.
func naiveDistance(a, b []rune) [][]int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d
}

func TestEditDistanceEqualsTheRecurrence(t *testing.T) {
	var e editDistance
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abcé]{1,12}`)
		a, b := word.Draw(t, "query"), word.Draw(t, "word")
		limit := rapid.IntRange(1, 2).Draw(t, "limit")
		all := naiveDistance([]rune(a), []rune(b))
		whole := all[len(all)-1][len([]rune(b))]
		beginning := slices.Min(all[len(all)-1])
		for _, prefix := range []bool{false, true} {
			want := whole
			if prefix {
				want = beginning
			}
			e.prepare(a, prefix)
			got := e.to(b, limit)
			if got != want && (got <= limit || want <= limit) {
				t.Errorf("distance of %q to %q, prefix %t = %d, want %d", a, b, prefix, got, want)
			}
			if term := (&term{edits: limit, last: prefix}); want <= limit && far(lettersOf([]byte(a)), lettersOf([]byte(b)), term) {
				t.Errorf("far(%q, %q) although the distance is %d", a, b, want)
			}
		}
	})
}
