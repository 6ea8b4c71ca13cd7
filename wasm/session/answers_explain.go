package session

import (
	"math"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

// explain answers with what each feature contributes to the score of one item
// for this visitor, and in sentences. Base and the contributions sum to the score.
func (s *Session) explain(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.catalog.Row(q.ID)
	if !ok {
		unknownItem(a, q.ID)
		return
	}
	query := s.plan(q, 0).queries[0]
	x := s.engine.Explain(query, r)
	if x.Score-x.Score != 0 { // NaN or an infinity
		refuse(a, "no-score", "The model gives this item no score.")
		return
	}
	a.Item, a.Score, a.Base = s.cardOf(r), x.Score, x.Base
	a.Item.Score = x.Score
	a.Parts = s.sentences(query, r, x)
	a.Reasons = make([]protocol.Reason, len(x.Contributions))
	unordered := s.engine.Unordered(s.profile.asked)
	for i := range x.Contributions {
		c, reason := &x.Contributions[i], &a.Reasons[i]
		reason.Feature, reason.Value, reason.Contribution = c.Feature, s.value(r, c), c.Amount
		if f, ok := feature.NumericOf(c.Feature); ok && unordered && f.ByPlace() {
			reason.Feature, reason.Value = c.Feature+feature.InSet, ""
		}
	}
}

// value returns what a feature of item r said, for people: a number as they
// know it, a title or a genre; "" for a figure that means nothing to them.
func (s *Session) value(r catalog.Row, c *engine.Contribution) string {
	switch {
	case c.Row != catalog.None:
		return s.title(c.Row)
	case c.Genre >= 0:
		return s.catalog.GenreNames[c.Genre]
	}
	f, ok := feature.NumericOf(c.Feature)
	if !ok {
		return "" // a place in a list of genres or items that is empty
	}
	v := float64(c.Value)
	switch f {
	case feature.ReleaseYear:
		if s.catalog.Years[r] == 0 {
			return ""
		}
		return decimals(v, 0)
	case feature.UserAvgReleaseYear:
		return decimals(v, 0)
	case feature.ItemRatingCount:
		return strconv.FormatUint(uint64(s.engine.Statistics().Count[r]), 10)
	case feature.UserRatingCount, feature.RetrievalRank, feature.YearDistance, feature.YearFromLast:
		return decimals(math.Exp2(v*math.Log2E)-1, 0)
	case feature.GenreAffinity:
		return decimals(100*v, 0) + " %"
	case feature.ItemAvgRating: // as cards show it, also where the ranker sees the plain mean
		return decimals(float64(s.engine.Quality(r)), 1)
	case feature.ItemRatingStddev, feature.UserAvgRating, feature.UserRatingStddev,
		feature.UserReleaseYearStddev:
		return decimals(v, 1)
	case feature.TransitionFromLast, feature.SimilarityToLast, feature.GenreOfLast:
		if n := len(s.profile.asked); n > 0 {
			return s.title(s.profile.asked[n-1].Row)
		}
	}
	return ""
}

func decimals(v float64, n int) string { return strconv.FormatFloat(v, 'f', n, 64) }
