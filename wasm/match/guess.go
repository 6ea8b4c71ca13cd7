package match

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// guess returns the items of about the same year that share most of the words of the record's
// title, rare words weighing more.
func (m *Matcher) guess(rec *Record, t *titles) []catalog.Row {
	score, all := map[catalog.Row]float32{}, float32(0)
	var found []catalog.Row
	for _, w := range t.words {
		rows := m.words[w]
		weight := 1 / float32(4+len(rows))
		if len(w) > 3 || len(rows) > 0 {
			all += weight
		}
		for _, r := range rows {
			if away := m.away(rec, r); away <= 1 {
				if score[r] == 0 {
					found = append(found, r)
				}
				score[r] += weight
			}
		}
	}
	var close []catalog.Row
	for _, r := range found {
		if score[r] >= .7*all {
			close = append(close, r)
		}
	}
	vec.Sort(close, func(a, b catalog.Row) bool { return score[a] > score[b] })
	return close[:min(len(close), mostGuesses)]
}
