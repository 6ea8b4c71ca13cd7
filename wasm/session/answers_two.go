package session

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// two answers with a list for the visitor and one other, whose profile the request brings; nothing of it is kept.
// Candidates are those of either, without what one of the two knows or does not want. Each one's scores s of all
// candidates become z = (s - mean) / deviation, since the scores of two histories have no common scale, and the list
// goes by
//
//	min(z of the visitor, z of the other)
//
// ties by the sum of the two, then by row. Sources: least misery, O'Connor et al., PolyLens, ECSCW 2001; why scores are
// normalized first, Masthoff, Group recommender systems, in Recommender Systems Handbook, 2015.
func (s *Session) two(a *protocol.Answer, q *protocol.Request) {
	log := s.otherOf(a, q)
	filter := s.filter(a, q)
	if a.Error != nil {
		return
	}
	both := [2]*profile{s.profile, fold(s.catalog, log)}
	var known []catalog.Row
	for _, p := range both {
		known = append(known, p.disliked...)
		for _, event := range p.history {
			known = append(known, event.Row)
		}
	}
	var queries [2]engine.Query
	var rows []catalog.Row
	seen := make([]bool, s.catalog.Len())
	for i, p := range both {
		queries[i] = engine.Query{History: p.asked, Seen: p.seen, Exclude: known, Disliked: p.disliked, Filter: filter, Trending: s.trending}
		for _, c := range s.engine.Retrieve(queries[i], engine.Candidates) {
			if !seen[c.Row] {
				seen[c.Row] = true
				rows = append(rows, c.Row)
			}
		}
	}
	vec.Sort(rows, func(a, b catalog.Row) bool { return a < b }) // so that the sums do not depend on who asks
	var z [2][]float32
	for i := range both {
		z[i] = standardized(s.engine.Scores(&queries[i], rows))
	}
	order := leastMisery(z[0], z[1], rows)
	for _, at := range order[:min(q.K, len(order))] {
		card := s.cardOf(rows[at])
		card.Score = min(z[0][at], z[1][at])
		a.Cards = append(a.Cards, *card)
		a.Points.X, a.Points.Y = append(a.Points.X, below(z[0], at)), append(a.Points.Y, below(z[1], at))
	}
	a.Candidates = len(rows)
}

// otherOf returns the settled profile of the other one, as the bytes that a browser keeps or as entries; for one
// that cannot be read it makes a an error. Items that this catalog lacks are Unknown.
func (s *Session) otherOf(a *protocol.Answer, q *protocol.Request) []protocol.Entry {
	log, err := decode(q.Other)
	if err != nil {
		badRequest(a, "The other profile cannot be read: "+err.Error()+".")
		return nil
	}
	if len(log)+len(q.Entries) > maxEntries {
		badRequest(a, "The other profile has more than 20,000 entries.")
		return nil
	}
	for _, e := range q.Entries {
		if text := fault(&e); text != "" {
			badRequest(a, "The other profile cannot be used: "+text+".")
			return nil
		}
		log = append(log, e)
	}
	log = settle(byTime(log))
	said := map[catalog.ID]bool{}
	for _, e := range log {
		if _, ok := s.catalog.Row(e.ID); !ok && !said[e.ID] {
			said[e.ID] = true
			a.Unknown = append(a.Unknown, e.ID)
		}
	}
	return log
}

// standardized returns scores with a mean of 0 and a deviation of 1, in place; equal ones become 0.
func standardized(scores []float32) []float32 {
	n := float64(len(scores))
	var sum, squares float64
	for _, v := range scores {
		sum += float64(v)
	}
	mean := sum / max(1, n)
	for _, v := range scores {
		squares += float64((float64(v) - mean) * (float64(v) - mean))
	}
	deviation := math.Sqrt(squares / max(1, n))
	for i, v := range scores {
		scores[i] = 0
		if deviation > 0 {
			scores[i] = float32((float64(v) - mean) / deviation)
		}
	}
	return scores
}

// leastMisery returns the places of rows in the order of the lower of two scores, the highest first, ties by
// their sum, then by row.
func leastMisery(x, y []float32, rows []catalog.Row) []int32 {
	return vec.Sorted(len(rows), func(a, b int32) bool {
		p, q := min(x[a], y[a]), min(x[b], y[b])
		if p != q {
			return p > q
		}
		if s, t := x[a]+y[a], x[b]+y[b]; s != t {
			return s > t
		}
		return rows[a] < rows[b]
	})
}

// below returns the share of the others whose score is lower than that at a place: 0 to 1, 1 where there are no others.
func below(scores []float32, at int32) float32 {
	n := 0
	for _, v := range scores {
		if v < scores[at] {
			n++
		}
	}
	if len(scores) < 2 {
		return 1
	}
	return float32(n) / float32(len(scores)-1)
}
