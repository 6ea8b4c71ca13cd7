package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// listed returns what makes the list of a verb; nil for a verb that answers with none, or with
// several.
func listed(v protocol.Verb) func(*Session, *protocol.Answer, *protocol.Request) {
	switch v {
	case protocol.Browse:
		return (*Session).browse
	case protocol.Item:
		return (*Session).item
	case protocol.Basket, protocol.Next:
		return (*Session).together
	case protocol.Recent:
		return (*Session).recent
	case protocol.Trending:
		return (*Session).trends
	case protocol.Newest:
		return (*Session).newest
	case protocol.Recommend:
		return (*Session).recommend
	}
	return nil
}

// hold finds the items that the quotas of q leave of the list that make makes, of which it is
// made then. Quotas that cannot be read make a an error.
func (s *Session) hold(a *protocol.Answer, q *protocol.Request, make func(*Session, *protocol.Answer, *protocol.Request)) {
	quotas, err := s.engine.Quotas(q.Max, q.Min, q.Diversity)
	if err != nil {
		refuse(a, "filter", "The "+err.Error()+".")
	}
	if quotas == nil {
		return
	}
	s.held = s.engine.Within(quotas, q.K, func(n int) []catalog.Row {
		var longer protocol.Answer
		of := *q
		of.K = n
		make(s, &longer, &of)
		return s.rows(longer.Cards)
	})
}

// rows returns the items of cards, all of which are of this catalog.
func (s *Session) rows(cards []protocol.Card) []catalog.Row {
	rows := make([]catalog.Row, len(cards))
	for i := range cards {
		rows[i], _ = s.catalog.Row(cards[i].ID)
	}
	return rows
}

// pin puts the items that q pins on the first places of its list. What a visitor has seen is no
// list of the page's, and takes none. The item that the list is about is passed over.
func (s *Session) pin(a *protocol.Answer, q *protocol.Request) {
	if len(q.Pin) == 0 || a.Error != nil {
		return
	}
	about := s.basket(new(protocol.Answer), q.ID)
	var first []catalog.Row
	for _, id := range q.Pin {
		r, ok := s.catalog.Row(id)
		if !ok {
			a.Unknown = append(a.Unknown, id)
			continue
		}
		if slices.Contains(about, r) || slices.Contains(first, r) {
			continue
		}
		said := s.profile.of(r).action
		if len(first) == q.K || q.Verb == protocol.Recent || !s.allowed.Has(r) || slices.Contains(q.Exclude, id) ||
			said == protocol.Dislike || said == protocol.NotInterested {
			a.Unpinned = append(a.Unpinned, id)
			continue
		}
		first = append(first, r)
	}
	at := slices.Clone(first)
	for len(at) < q.K {
		at = append(at, catalog.None)
	}
	listed := a.Cards
	order := engine.Placed(s.rows(listed), at)
	a.Cards = make([]protocol.Card, len(order))
	for i, from := range order {
		card := &a.Cards[i]
		if from >= 0 {
			*card = listed[from]
		} else {
			s.card(card, catalog.Row(-1-from))
		}
		if i < len(first) {
			card.Origin = pinned(card.Origin)
		}
	}
}

// pinned returns an origin that says that the item is pinned, too.
func pinned(o *protocol.Origin) *protocol.Origin {
	const source = "pinned"
	if o == nil {
		return &protocol.Origin{Source: source}
	}
	also := *o
	switch before := len(o.Source) - len(source); {
	case before >= 0 && o.Source[before:] == source: // by a rule, too
	case o.Source == "":
		also.Source = source
	default:
		also.Source += "+" + source
	}
	return &also
}
