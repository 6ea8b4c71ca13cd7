package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// card returns movie r as a list shows it, with what the visitor said of it, and
// without a score and reasons.
func (s *Session) card(r catalog.Row) protocol.Card {
	c, crowd, own := s.catalog, s.engine.Statistics(), s.meaning.of(r)
	card := protocol.Card{
		ID: c.IDs[r], Title: c.Titles[r], Year: int(c.Years[r]), Genres: make([]string, len(c.Genres[r])),
		Mean: crowd.Mean[r], Count: int(crowd.Count[r]),
		Action: own.action, Stars: own.stars, Watch: own.watch,
	}
	for i, g := range c.Genres[r] {
		card.Genres[i] = c.GenreNames[g]
	}
	if c.Images != nil {
		card.Image = c.Images[r]
	}
	if c.URLs != nil {
		card.URL = c.URLs[r]
	}
	return card
}

// cards returns the cards of rows.
func (s *Session) cards(rows []catalog.Row) []protocol.Card {
	cards := make([]protocol.Card, len(rows))
	for i, r := range rows {
		cards[i] = s.card(r)
	}
	return cards
}
