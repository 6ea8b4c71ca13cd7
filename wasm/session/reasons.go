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
	mostReasons = 3   // on a card
	fairShare   = 0.3 // of a similarity, and of what is liked, from which on a part of it is worth naming
	often       = 3   // liked items of a genre from which on it is chosen often
	mostShared  = 3   // names that one reason lists
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
// carries it, then a genre that the visitor likes often, then what the crowd
// does. Each is true of the history or of the catalog by itself.
func (s *Session) reasons(rec *engine.Recommendation, favourites []float32) []protocol.Why {
	why := make([]protocol.Why, 3) // of each sort one at most
	n := 0
	if r := rec.Because; r != catalog.None {
		why[0] = protocol.Why{Kind: "because", ID: s.catalog.IDs[r], Title: s.catalog.Titles[r]}
		if s.profile.of(r).action == protocol.View {
			why[0].Kind = "viewed"
		}
		n++
	}
	best := -1
	for _, g := range s.catalog.Genres[rec.Row] {
		if favourites[g] >= often && favourites[g] >= fairShare*float32(len(s.profile.liked)) && (best < 0 || favourites[g] > favourites[best]) {
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

// favourites returns for each genre how many liked items have it.
func (s *Session) favourites() []float32 {
	counts := make([]float32, len(s.catalog.GenreNames))
	for _, r := range s.profile.liked {
		for _, g := range s.catalog.Genres[r] {
			counts[g]++
		}
	}
	return counts
}

// similar stores an item like to in card, scored by similarity, with what the two
// have in common. It speaks of the two alone, not of the visitor, who may be new.
func (s *Session) similar(card *protocol.Card, like *engine.Similar, to catalog.Row) {
	s.card(card, like.Row)
	card.Score = like.Score
	c := s.catalog
	tags := shared(c.Tags[like.Row], c.Tags[to], c.TagNames, s.tagCounts, mostShared)
	genres := shared(c.Genres[like.Row], c.Genres[to], c.GenreNames, s.genreRanks, mostShared)
	story := 1 - like.Mix
	reasons := [...]protocol.Why{
		{Kind: "same-tags", Names: tags}, {Kind: "same-title"}, {Kind: "same-followers"}, {Kind: "same-people"}, {Kind: "same-genres", Names: genres},
	}
	weights := [...]float32{story * like.Tags, story * like.Title, like.Mix * like.Followed, like.Mix * like.Taste, story * like.Genre / 2}
	if len(tags) == 0 {
		weights[0] = 0
	}
	if len(genres) == 0 {
		weights[4] = 0
	}
	least := fairShare * (like.Mix*like.Taste + story*like.Story)
	for len(card.Why) < mostReasons {
		top := 0
		for i, w := range weights {
			if w > weights[top] {
				top = i
			}
		}
		if weights[top] <= 0 || weights[top] < least {
			break
		}
		card.Why = append(card.Why, reasons[top])
		weights[top] = 0
	}
}

// shared returns the names of what two items both have, those of the lowest rank
// first, ties by their order in a, at most most.
func shared[T uint8 | uint16](a, b []T, names []string, ranks []int, most int) (both []string) {
	var indices []int32
	for _, t := range a {
		if slices.Contains(b, t) {
			indices = append(indices, int32(t))
		}
	}
	vec.Sort(indices, func(x, y int32) bool { return ranks[x] < ranks[y] })
	for _, t := range indices[:min(most, len(indices))] {
		both = append(both, names[t])
	}
	return both
}
