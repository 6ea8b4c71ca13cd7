package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// What [protocol.Answer].Shows says where a list is not what was asked for.
const (
	showsSimilar = "similar"
	showsPopular = "popular"
)

// likeOrPopular returns what cards of a list for an item show: those that are like it have a score.
func likeOrPopular(cards []protocol.Card) string {
	if len(cards) > 0 && cards[0].Score > 0 {
		return showsSimilar
	}
	return showsPopular
}

// trends answers with what is trending.
func (s *Session) trends(a *protocol.Answer, q *protocol.Request) { s.shelf(a, q, engine.Rising) }

// newest answers with what is new.
func (s *Session) newest(a *protocol.Answer, q *protocol.Request) { s.shelf(a, q, engine.Newest) }

// shelf answers with one shelf of the home page, or where nothing belongs there, with what is
// popular.
func (s *Session) shelf(a *protocol.Answer, q *protocol.Request, kind engine.Kind) {
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	a.Shows = string(kind)
	rows := s.engine.OnShelf(kind, s.trending, q.K, among)
	if len(rows) == 0 {
		a.Shows = showsPopular
		rows, _ = s.engine.Browse(engine.Filter{Genre: engine.AllGenres, Among: among}, engine.ByPopularity, 0, q.K)
	}
	a.Cards = s.cards(rows)
}

// recent answers with what the visitor saw, liked or rated, the latest first, without the item
// of the request and what they disliked; nothing where that is nothing.
func (s *Session) recent(a *protocol.Answer, q *protocol.Request) {
	own, known := s.catalog.Row(q.ID)
	if !known && q.ID != "" {
		a.Unknown = append(a.Unknown, q.ID)
	}
	among := s.among(a, q, own)
	if a.Error != nil {
		return
	}
	var rows []catalog.Row
	for i := len(s.profile.history) - 1; i >= 0 && len(rows) < q.K; i-- {
		if r := s.profile.history[i].Row; r != own && among.Has(r) {
			rows = append(rows, r)
		}
	}
	a.Shows, a.Cards = string(protocol.Recent), s.cards(rows)
}
