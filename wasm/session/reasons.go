package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

// recommended returns the cards of recommendations with their scores, origins and,
// when it is time for them, reasons; with Alone these and nothing else. teams are the
// arms that share the list, if any do.
func (s *Session) recommended(list []engine.Recommendation, teams []string, when protocol.When) []protocol.Card {
	favourites := s.favourites()
	cards := make([]protocol.Card, len(list))
	for i := range list {
		rec, card := &list[i], &cards[i]
		if when != protocol.Later {
			card.Why = s.reasons(rec, favourites)
		}
		if when == protocol.Alone {
			card.ID = s.catalog.IDs[rec.Row]
			continue
		}
		s.card(card, rec.Row)
		card.Score = rec.Score
		if rec.Sources != 0 {
			card.Origin = &protocol.Origin{Source: rec.Sources.String(), Propensity: rec.Propensity}
			if teams != nil {
				card.Origin.Team = teams[rec.Team]
			}
		}
	}
	return cards
}

// reasons returns why an item is recommended: the item of the history that
// carries it, then a genre that the visitor often likes, then what the crowd does;
// where there is nothing else that those who like what they like lead to it, or that it follows from their
// history.
func (s *Session) reasons(rec *engine.Recommendation, favourites []float32) []protocol.Why {
	why := make([]protocol.Why, 3) // of each sort one at most
	n := 0
	if r := rec.Because; r != catalog.None {
		why[0] = s.because(r)
		n++
	}
	best := -1
	for _, g := range s.catalog.Genres[rec.Row] {
		if favourites[g] > 0 && (best < 0 || favourites[g] > favourites[best]) {
			best = int(g)
		}
	}
	if best >= 0 {
		why[n].Kind, why[n].Title = protocol.WhyGenre, s.catalog.GenreNames[best]
		n++
	}
	switch {
	case s.engine.Recent(rec.Row):
		why[n].Kind = protocol.WhyNew
	case rec.Sources&feature.FromTrending != 0 || s.engine.Trending(rec.Row):
		why[n].Kind = protocol.WhyTrending
	case s.engine.WellKnown(rec.Row):
		why[n].Kind = protocol.WhyPopular
	}
	if n == 0 && why[0].Kind == "" && len(s.profile.history) > 0 && rec.Sources != feature.FromPin {
		why[0].Kind = protocol.WhyHistory
		if rec.Sources&feature.FromTaste != 0 && s.engine.Learned() && len(s.profile.liked) > 0 {
			why[0].Kind = protocol.WhyTaste
		}
	}
	if why[n].Kind != "" {
		n++
	}
	return why[:n]
}

// liked returns the items that the visitor likes, the latest first, without those that are blocked: a row that is
// there for one of them.
func (s *Session) liked() []catalog.Row {
	if s.blocking != nil {
		return s.blocking.liked
	}
	return s.profile.liked
}

// because returns the reason that the visitor said something of item r: what they said.
func (s *Session) because(r catalog.Row) protocol.Why {
	why := protocol.Why{Kind: protocol.WhyLiked, ID: s.catalog.IDs[r], Title: s.title(r)}
	switch own := s.profile.of(r); {
	case own.action == protocol.View || own.action == protocol.Buy:
		why.Kind = protocol.WhyViewed
	case own.action == protocol.Seen:
		why.Kind = protocol.WhySeen
	case own.action == protocol.Rate && own.stars < likedStars:
		why.Kind = protocol.WhyRated
	}
	return why
}

// A visitor likes a genre often when it stands on at least oftenItems of the
// items that they like, on at least oftenShare of them, and on a larger share than
// among what the crowd watches: three dramas of ten are fewer than most people's.
const (
	oftenItems = 3
	oftenShare = 0.3
)

// favourites returns for each genre that the visitor likes often how much larger
// its share among the items they like is than in the crowd's interactions, 0 for
// the others.
func (s *Session) favourites() []float32 {
	liked := s.profile.liked
	counts := make([]int, len(s.catalog.GenreNames))
	for _, r := range liked {
		for _, g := range s.catalog.Genres[r] {
			counts[g]++
		}
	}
	over := make([]float32, len(counts))
	for g, n := range counts {
		share := float32(n) / float32(max(1, len(liked)))
		if n >= oftenItems && share >= oftenShare {
			over[g] = max(0, share-s.engine.GenreShare(g))
		}
	}
	return over
}

// similar stores an item like to in card, scored by similarity, with what the two
// have in common.
func (s *Session) similar(card *protocol.Card, like *engine.Similar, to catalog.Row) {
	s.card(card, like.Row)
	card.Score = like.Score
	if kind, names := s.engine.Likeness(like, to); kind != "" {
		card.Why = make([]protocol.Why, 1)
		card.Why[0].Kind, card.Why[0].Names = kind, names
	}
}
