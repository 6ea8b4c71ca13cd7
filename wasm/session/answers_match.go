package session

import (
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/match"
	"sparrow/wasm/protocol"
)

// prepareMatch does a piece of the matcher's index.
func (s *Session) prepareMatch() bool { return s.matching().Prepare() }

func (s *Session) matching() *match.Matcher {
	m, made := s.matcher.(*match.Matcher)
	if !made {
		m = match.New(s.catalog, s.names())
		s.matcher = m
	}
	return m
}

// names returns a function of the titles that an item goes by, in every language.
func (s *Session) names() func(r catalog.Row) []string {
	var columns []*filter.Values
	for i := range s.catalog.Attributes {
		name := s.catalog.Attributes[i].Name
		if n := len(catalog.NameColumn); len(name) > n && name[:n] == catalog.NameColumn && name != catalog.PinyinColumn {
			columns = append(columns, s.engine.Values(name))
		}
	}
	return func(r catalog.Row) []string {
		all := []string{s.catalog.Titles[r]}
		for _, c := range columns {
			all = append(all, c.Texts(r)...)
		}
		return all
	}
}

// match finds the items that records of another site speak of. Links of another catalog, or broken
// ones, are an error: the same request without them is answered by titles alone.
func (s *Session) match(a *protocol.Answer, q *protocol.Request) {
	if len(q.Records) > protocol.MostRecords {
		badRequest(a, "One request matches at most "+strconv.Itoa(protocol.MostRecords)+" records.")
		return
	}
	m := s.linked(a, q)
	if a.Error != nil {
		return
	}
	a.Shelves = make([]protocol.Shelf, len(q.Records))
	for i := range q.Records {
		from, shelf := &q.Records[i], &a.Shelves[i]
		found := m.Match(&match.Record{
			Own: from.ID, IMDb: uint32(from.IMDb), TMDB: uint32(from.TMDB), ISBN: from.ISBN, Titles: from.Titles, Year: from.Year, People: from.People,
		})
		switch {
		case found.Sure:
			r := found.Rows[0]
			shelf.Kind = protocol.MatchSure
			shelf.Cards = []protocol.Card{{ID: s.catalog.IDs[r], Title: s.catalog.Titles[r], Year: int(s.catalog.Years[r])}}
		case len(found.Rows) > 0:
			shelf.Kind, shelf.Cards = protocol.MatchDoubtful, s.cards(found.Rows)
		default:
			shelf.Kind = protocol.MatchNone
		}
	}
}

// linked returns the matcher, which goes by the request's links, if it has some; an error of theirs is a's.
func (s *Session) linked(a *protocol.Answer, q *protocol.Request) *match.Matcher {
	m := s.matching()
	if len(q.Links) > 0 && string(q.Links) != string(s.links) {
		if err := m.Use(q.Links); err != nil {
			refuse(a, "links", err.Error())
			return m
		}
		s.links = q.Links
	}
	return m
}

// numbers answers with the numbers that the items of q.Entries have at film sites, none of items that
// this catalog does not have.
func (s *Session) numbers(a *protocol.Answer, q *protocol.Request) {
	m := s.linked(a, q)
	if a.Error != nil {
		return
	}
	a.Records = make([]protocol.Record, len(q.Entries))
	for i := range q.Entries {
		to := &a.Records[i]
		to.ID = q.Entries[i].ID
		if r, ok := s.catalog.Row(to.ID); ok {
			imdb, tmdb := m.Numbers(r)
			to.IMDb, to.TMDB = int(imdb), int(tmdb)
		}
	}
}
