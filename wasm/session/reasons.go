package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

const (
	mostReasons = 3   // on a card
	fairShare   = 0.3 // of a similarity from which on a part of it is worth naming
)

// recommended returns the cards of recommendations with their scores, reasons and
// origins; teams are the arms that share the list, if any do.
func (s *Session) recommended(list []engine.Recommendation, teams []string) []protocol.Card {
	favourites := s.favourites()
	cards := make([]protocol.Card, len(list))
	for i := range list {
		rec, card := &list[i], &cards[i]
		s.card(card, rec.Row)
		card.Score, card.Why = rec.Score, s.reasons(rec, favourites)
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
// carries it, then a genre that the visitor likes, then what the crowd does.
func (s *Session) reasons(rec *engine.Recommendation, favourites []float32) []protocol.Why {
	why := make([]protocol.Why, 3) // of each sort one at most
	n := 0
	if r := rec.Because; r != catalog.None {
		why[0] = protocol.Why{Kind: "because", ID: s.catalog.IDs[r], Title: s.catalog.Titles[r]}
		n++
	}
	best := -1
	for _, g := range s.catalog.Genres[rec.Row] {
		if favourites[g] >= fairShare && (best < 0 || favourites[g] > favourites[best]) {
			best = int(g)
		}
	}
	if best >= 0 {
		why[n] = protocol.Why{Kind: "genre", Title: s.catalog.GenreNames[best]}
		n++
	}
	switch {
	case s.engine.Recent(rec.Row):
		why[n].Kind = "new"
	case rec.Sources&feature.FromTrending != 0 || s.engine.Trending(rec.Row):
		why[n].Kind = "trending"
	case s.engine.WellKnown(rec.Row):
		why[n].Kind = "popular"
	}
	if why[n].Kind != "" {
		n++
	}
	return why[:n]
}

// favourites returns for each genre the share of liked items that have it.
func (s *Session) favourites() []float32 {
	shares := make([]float32, len(s.catalog.GenreNames))
	for _, r := range s.profile.liked {
		for _, g := range s.catalog.Genres[r] {
			shares[g] += 1 / float32(len(s.profile.liked))
		}
	}
	return shares
}

// similar stores an item like to in card, scored by similarity, with what the two
// have in common.
func (s *Session) similar(card *protocol.Card, like *engine.Similar, to catalog.Row) {
	s.card(card, like.Row)
	card.Score = like.Score
	taste, story := like.Mix*like.Taste, (1-like.Mix)*like.Story
	kinds := [...]string{"taste", "story", "followed", "title", "genre"}
	weights := [...]float32{taste, story, like.Mix * like.Followed, (1 - like.Mix) * like.Title, (1 - like.Mix) * like.Genre / 2}
	for len(card.Why) < mostReasons {
		top := 0
		for i, w := range weights {
			if w > weights[top] {
				top = i
			}
		}
		if len(card.Why) > 0 && weights[top] < fairShare*(taste+story) {
			break
		}
		why := protocol.Why{Kind: kinds[top]}
		if g := s.sharedGenre(like.Row, to); kinds[top] == "genre" && g >= 0 {
			why.Title = s.catalog.GenreNames[g]
		}
		card.Why = append(card.Why, why)
		weights[top] = -1
	}
}

// sharedGenre returns the rarest genre that two items share, -1 for none.
func (s *Session) sharedGenre(a, b catalog.Row) int {
	best, counts := -1, s.genreCounts
	for _, g := range s.catalog.Genres[a] {
		if slices.Contains(s.catalog.Genres[b], g) && (best < 0 || counts[g] < counts[best]) {
			best = int(g)
		}
	}
	return best
}
