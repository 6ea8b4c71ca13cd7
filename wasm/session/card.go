package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// card stores item r in card as a list shows it, with what the visitor said of
// it, and without a score and reasons. The mean is [engine.Engine.Quality], so
// that one enthusiast makes no masterpiece, and the first genre is the one that
// says most of the item.
func (s *Session) card(card *protocol.Card, r catalog.Row) {
	c, own := s.catalog, s.profile.of(r)
	card.ID, card.Title, card.Year = c.IDs[r], s.title(r), int(c.Years[r])
	card.Genres = make([]string, len(c.Genres[r]))
	card.Mean, card.Count = s.engine.Quality(r), s.engine.Ratings(r)
	card.Action, card.Stars, card.Watch = own.action, own.stars, own.watch
	for i, g := range s.engine.Specific(r) {
		card.Genres[i] = c.GenreNames[g]
	}
	card.Image, card.URL = s.engine.Addresses(r)
	if price, currency, known := s.engine.Price(r); known {
		card.Price, card.Currency = &price, currency
	}
	if s.brand != nil {
		card.Brand = s.brand.Texts(r)
	}
	if s.badge != nil {
		card.Badge = s.badge.Texts(r)
	}
}

// title returns what item r is called in the language that the request wants.
func (s *Session) title(r catalog.Row) string {
	if s.titles != nil {
		if own := s.titles.Texts(r); len(own) > 0 {
			return own[0]
		}
	}
	return s.catalog.Titles[r]
}

// label finds the columns that cards of the answer to q show as brand, badge and title. Where it
// cannot it makes a an error.
func (s *Session) label(a *protocol.Answer, q *protocol.Request) {
	s.brand, s.badge, s.titles = s.labels(a, "brand", q.Brand), s.labels(a, "badge", q.Badge), nil
	switch {
	case q.Titles != "":
		s.titles = s.labels(a, "titles", q.Titles)
	case q.Lang != "":
		s.titles = s.engine.Values(catalog.NameColumn + q.Lang)
	}
}

// labels returns the values of a column that cards show as what; of the one of that name where
// column is "", if there is one.
func (s *Session) labels(a *protocol.Answer, what, column string) *filter.Values {
	if column == "" {
		return s.engine.Values(what)
	}
	v, err := s.engine.Labels(what, column)
	if err != nil {
		refuse(a, "filter", "The "+err.Error()+".")
	}
	return v
}

// cardOf returns a card of item r.
func (s *Session) cardOf(r catalog.Row) *protocol.Card {
	card := new(protocol.Card)
	s.card(card, r)
	return card
}

// cards returns the cards of rows.
func (s *Session) cards(rows []catalog.Row) []protocol.Card {
	cards := make([]protocol.Card, len(rows))
	for i, r := range rows {
		s.card(&cards[i], r)
	}
	return cards
}
