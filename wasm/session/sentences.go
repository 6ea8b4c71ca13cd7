package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

const (
	mostSentences = 3
	leastPart     = 0.05 // of a score that a sentence is worth
)

// sentences returns at most mostSentences reasons for item r, whose score for q is explained by x, the
// strongest like first and the others by amount. Each amount is what the score loses where that reason goes
// after those before it: that of a like what the score is lower by without it, that of any other what its
// features contribute without these likes. So nothing is counted twice, and with what is left over they add
// up to the score.
func (s *Session) sentences(q engine.Query, r catalog.Row, x engine.Explanation) []protocol.Reason {
	var said []protocol.Reason
	add := func(why protocol.Why, amount float32) {
		said = append(said, protocol.Reason{Why: why, Contribution: amount})
	}
	q = q.Without(r)
	kinds := s.kinds(q.History, r, &x)
	for _, like := range s.engine.Influences(q, r) {
		free := mostSentences - len(said)
		if len(said) > 0 && len(kinds) >= free && (free == 0 || kinds[free-1].Contribution >= like.Amount) {
			break // what else there is says more
		}
		less := q.Without(like.Row)
		y := s.engine.Explain(less, r)
		if x.Score-y.Score < leastPart {
			continue
		}
		add(s.because(like.Row), x.Score-y.Score)
		q, x = less, y
		kinds = s.kinds(q.History, r, &x)
	}
	for _, part := range kinds[:min(len(kinds), mostSentences-len(said))] {
		add(part.Why, part.Contribution)
	}
	return said
}

// kinds returns what the features of one kind contribute together to the score of item r, for each kind that
// can be said and raises it, the largest first, ties as they stand here.
func (s *Session) kinds(h feature.History, r catalog.Row, x *engine.Explanation) []protocol.Reason {
	var all []protocol.Reason
	var people, genres, after, crowd float32
	for i := range x.Contributions {
		c := &x.Contributions[i]
		f, numeric := feature.NumericOf(c.Feature)
		switch {
		case !numeric:
			if n := len(feature.ItemGenre); len(c.Feature) > n && c.Feature[:n] == feature.ItemGenre {
				genres += c.Amount
			}
		case f == feature.GenreAffinity || f == feature.GenreOfLast:
			genres += c.Amount
		case f == feature.TransitionFromLast || f == feature.TransitionFromRecent || f == feature.TransitionFromSession:
			after += c.Amount
		case f == feature.ItemRatingCount || f == feature.ItemAvgRating || f == feature.ItemRatingStddev || f == feature.ItemTrend:
			crowd += c.Amount
		case f == feature.RetrievalScore || f == feature.RetrievalRank || f == feature.CoOccurrence || f == feature.ProfileScore || f == feature.SimilarityToLast || f == feature.SimilarityToRecent:
			people += c.Amount
		}
	}
	if names := s.genresOf(h, r); len(names) > 0 {
		all = append(all, protocol.Reason{Why: protocol.Why{Kind: protocol.WhySome, Names: names}, Contribution: genres})
	}
	if from := s.engine.Before(h, r); from != catalog.None {
		why := protocol.Why{Kind: protocol.WhyAfter, ID: s.catalog.IDs[from], Title: s.title(from)}
		if s.engine.Timeless() || s.engine.Unordered(h) {
			why.Kind = protocol.WhyWith
		}
		all = append(all, protocol.Reason{Why: why, Contribution: after})
	}
	if s.engine.Learned() && len(s.profile.liked) > 0 {
		all = append(all, protocol.Reason{Why: protocol.Why{Kind: protocol.WhyTaste}, Contribution: people})
	}
	all = append(all, protocol.Reason{Why: protocol.Why{Kind: protocol.WhyCrowd}, Contribution: crowd})
	sorted := make([]protocol.Reason, 0, len(all))
	for _, i := range vec.Sorted(len(all), func(a, b int32) bool { return all[a].Contribution > all[b].Contribution }) {
		if all[i].Contribution >= leastPart {
			sorted = append(sorted, all[i])
		}
	}
	return sorted
}

// mostGenres is how many genres a sentence names.
const mostGenres = 2

// genresOf returns the genres of item r that items of h have which the visitor likes, the most specific first.
func (s *Session) genresOf(h feature.History, r catalog.Row) (names []string) {
	for _, g := range s.engine.Specific(r) {
		if len(names) < mostGenres && slices.ContainsFunc(h, func(ev feature.Event) bool {
			return slices.Contains(s.profile.liked, ev.Row) && slices.Contains(s.catalog.Genres[ev.Row], g)
		}) {
			names = append(names, s.catalog.GenreNames[g])
		}
	}
	return names
}
