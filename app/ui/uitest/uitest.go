// Package uitest has a session for tests of pages, which answers without an
// engine.
package uitest

import (
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// FakeSession answers like an engine with a simple taste: after a like, items
// that share a genre with it come first.
type FakeSession struct {
	Cards   []protocol.Card
	Columns []protocol.Value // by which the catalogue can be narrowed down
	log     []protocol.Entry
}

// Planted returns a session of n items, the even ones dramas and the odd ones
// westerns.
func Planted(n int) *FakeSession {
	f := new(FakeSession)
	for i := range n {
		genre := []string{"Drama", "Western"}[i%2]
		f.Cards = append(f.Cards, protocol.Card{
			ID: catalog.ID(strconv.Itoa(i + 1)), Title: `Film "` + strconv.Itoa(i+1) + `" & <b>`, Year: 1950 + i,
			Genres: []string{genre}, Mean: 3.5, Count: 1000 - i, URL: "javascript:alert(1)",
		})
	}
	return f
}

func (f *FakeSession) Find(id catalog.ID) *protocol.Card {
	for _, c := range f.Cards {
		if c.ID == id {
			for _, e := range f.log {
				if e.ID != id {
					continue
				}
				switch e.Action {
				case protocol.Watchlist:
					c.Watch = !c.Watch
				case protocol.Clear:
					c.Action, c.Stars = "", 0
				case protocol.Forget:
					c.Action, c.Stars, c.Watch = "", 0, false
				default:
					c.Action, c.Stars = e.Action, e.Stars
				}
			}
			return &c
		}
	}
	return nil
}

// like returns k items, those that share a genre with g first, without skip.
func (f *FakeSession) like(g []string, k int, skip func(catalog.ID) bool) []protocol.Card {
	var first, rest []protocol.Card
	for _, c := range f.Cards {
		switch {
		case skip(c.ID):
		case slices.ContainsFunc(c.Genres, func(x string) bool { return slices.Contains(g, x) }):
			first = append(first, c)
		default:
			rest = append(rest, c)
		}
	}
	all := append(first, rest...)
	return all[:min(k, len(all))]
}

func (f *FakeSession) tastes() (genres []string, seen map[catalog.ID]bool, last *protocol.Card) {
	seen = map[catalog.ID]bool{}
	for _, e := range f.log {
		c := f.Find(e.ID)
		seen[e.ID] = true
		if c != nil && (c.Action == protocol.Like || c.Action == protocol.Rate) {
			genres, last = append(genres, c.Genres...), c
		}
	}
	return genres, seen, last
}

// because gives all cards the reason that the visitor liked an item.
func because(liked *protocol.Card, cards []protocol.Card) []protocol.Card {
	for i := range cards {
		cards[i].Why = []protocol.Why{{Kind: "because", ID: liked.ID, Title: liked.Title}}
	}
	return cards
}

// Answer answers q. Reasons that are put off come as from an engine: with Alone, and
// with nothing but ids.
func (f *FakeSession) Answer(q protocol.Request) protocol.Answer {
	a := f.answer(q)
	lists := [][]protocol.Card{a.Cards}
	for i := range a.Shelves {
		if q.Verb == protocol.Home && a.Shelves[i].Kind == "for-you" {
			lists = append(lists, a.Shelves[i].Cards)
			if q.Reasons == protocol.Alone {
				a.Shelves = a.Shelves[i : i+1]
				break
			}
		}
	}
	for _, cards := range lists {
		for i := range cards {
			switch q.Reasons {
			case protocol.Later:
				cards[i].Why = nil
			case protocol.Alone:
				cards[i] = protocol.Card{ID: cards[i].ID, Why: cards[i].Why}
			}
		}
	}
	return a
}

func (f *FakeSession) answer(q protocol.Request) protocol.Answer {
	genres, seen, last := f.tastes()
	known := func(id catalog.ID) bool { return seen[id] }
	switch q.Verb {
	case protocol.Open:
		counts := map[string]int{}
		for _, c := range f.Cards {
			for _, g := range c.Genres {
				counts[g]++
			}
		}
		var all []protocol.GenreCount
		for g, n := range counts {
			all = append(all, protocol.GenreCount{Name: g, Count: n})
		}
		slices.SortFunc(all, func(x, y protocol.GenreCount) int { return strings.Compare(x.Name, y.Name) })
		status := &protocol.Status{Name: "Planted", Items: len(f.Cards), History: len(genres), Citation: "A citation."}
		for _, c := range f.Cards {
			if status.Newest = max(status.Newest, c.Year); c.Year > 0 && (status.Oldest == 0 || c.Year < status.Oldest) {
				status.Oldest = c.Year
			}
			status.Rated = status.Rated || c.Mean > 0
		}
		return protocol.Answer{Genres: all, Status: status}
	case protocol.Home:
		var out []protocol.Shelf
		if last != nil {
			out = append(out, protocol.Shelf{Kind: "for-you", Cards: because(last, f.like(genres, q.K, known))},
				protocol.Shelf{Kind: "because", ID: last.ID, Title: last.Title, Cards: f.like(last.Genres, q.K, known)})
		}
		out = append(out, protocol.Shelf{Kind: "popular", Cards: f.Cards[:min(q.K, len(f.Cards))]})
		for i, g := range f.Answer(protocol.Request{Verb: protocol.Open}).Genres {
			if i < 8 {
				cards := f.like([]string{g.Name}, 3*q.K, known)
				out = append(out, protocol.Shelf{Kind: "genre", Title: g.Name, Cards: cards[:min(q.K, len(cards))]})
			}
		}
		return protocol.Answer{Shelves: out}
	case protocol.Browse:
		var all []protocol.Card
		for _, c := range f.Cards {
			if (q.Genre == "" || slices.Contains(c.Genres, q.Genre)) && (q.Decade == 0 || c.Year/10*10 == q.Decade) {
				all = append(all, *f.Find(c.ID))
			}
		}
		from := min(q.Offset, len(all))
		return protocol.Answer{Cards: all[from:min(from+q.K, len(all))], Total: len(all)}
	case protocol.Columns:
		return protocol.Answer{Values: f.Columns}
	case protocol.Item:
		c := f.Find(q.ID)
		if c == nil {
			return protocol.Answer{Error: &protocol.Error{Code: "unknown-movie", Text: "No such item."}}
		}
		cards := f.like(c.Genres, q.K, func(id catalog.ID) bool { return id == q.ID })
		for i := range cards {
			cards[i].Score = 0.5
		}
		return protocol.Answer{Item: c, Cards: cards}
	case protocol.Recommend:
		return protocol.Answer{Cards: because(last, f.like(genres, q.K, known)), Candidates: len(f.Cards)}
	case protocol.Interests:
		var a protocol.Answer
		for _, g := range []string{"Drama", "Western"} {
			x := protocol.Shelf{Kind: "interest", Why: []protocol.Why{{Kind: protocol.WhyGenres, Names: []string{g}}}}
			for id := range f.Cards {
				if c := f.Find(f.Cards[id].ID); c.Action == protocol.Like && slices.Contains(c.Genres, g) {
					x.Cards = append(x.Cards, *c)
				}
			}
			if len(x.Cards) > 0 {
				a.Shelves = append(a.Shelves, x)
			}
		}
		return a
	case protocol.Two:
		a := protocol.Answer{Cards: f.Cards[:2], Points: protocol.Points{X: []float32{0.95, 0.8}, Y: []float32{0.1, 0.5}}}
		for _, e := range q.Entries {
			if f.Find(e.ID) == nil {
				a.Unknown = append(a.Unknown, e.ID)
			}
		}
		return a
	case protocol.OfUser:
		a := protocol.Answer{Cards: because(&f.Cards[2], f.like(nil, q.K, func(id catalog.ID) bool { return id == "3" })), Shelves: []protocol.Shelf{{Kind: protocol.UserRated}}, Genres: []protocol.GenreCount{{Name: "Drama", Count: 2}, {Name: "Western", Count: 1}}}
		for _, e := range q.Entries {
			if c := f.Find(e.ID); c != nil {
				a.Shelves[0].Cards, a.Total = append(a.Shelves[0].Cards, *c), a.Total+1
			} else {
				a.Unknown = append(a.Unknown, e.ID)
			}
		}
		return a
	case protocol.Named:
		var a protocol.Answer
		for _, e := range q.Entries {
			if c := f.Find(e.ID); c != nil {
				a.Cards = append(a.Cards, *c)
			} else {
				a.Unknown = append(a.Unknown, e.ID)
			}
		}
		return a
	case protocol.Tastes:
		return protocol.Answer{Cards: f.like(nil, q.K, func(id catalog.ID) bool { return slices.Contains(q.Exclude, id) })}
	case protocol.Groups:
		var a protocol.Answer
		for _, g := range []string{"Drama", "Western"} {
			cards := f.like([]string{g}, 3, func(id catalog.ID) bool { return slices.Contains(q.Exclude, id) })
			if len(cards) == 3 && cards[2].Genres[0] == g {
				a.Shelves = append(a.Shelves, protocol.Shelf{Kind: "group", Cards: cards, Why: []protocol.Why{{Kind: protocol.WhyGenres, Names: []string{g}}}})
			}
		}
		return a
	case protocol.Import:
		f.log = slices.DeleteFunc(f.log, func(e protocol.Entry) bool { return slices.Contains(q.Without, e) })
		f.log = append(f.log, q.Entries...)
		return protocol.Answer{Entries: q.Entries, Total: len(q.Entries)}
	case protocol.Search:
		var all []protocol.Card
		for _, c := range f.Cards {
			if strings.Contains(strings.ToLower(c.Title), strings.ToLower(q.Query)) && len(all) < q.K {
				all = append(all, c)
			}
		}
		return protocol.Answer{Cards: all}
	case protocol.Explain:
		return protocol.Answer{Item: f.Find(q.ID), Base: 0.5, Score: 1.25, Reasons: []protocol.Reason{
			{Feature: "genreAffinity", Value: "Drama", Contribution: 1}, {Feature: "movieAvgRating", Value: "3.5", Contribution: -0.25}}}
	case protocol.Profile:
		var a protocol.Answer
		for _, e := range f.log {
			c := f.Find(e.ID)
			if slices.ContainsFunc(a.Cards, func(o protocol.Card) bool { return o.ID == c.ID }) || c.Action == "" && !c.Watch {
				continue
			}
			a.Cards = append(a.Cards, *c)
			for _, o := range f.log {
				if o.ID == e.ID {
					a.Entries = append(a.Entries, o)
				}
			}
		}
		a.Taste, a.Total = &protocol.Taste{}, len(a.Cards)
		return a
	case protocol.Amend:
		f.log[len(f.log)-1] = q.Entries[0]
		return protocol.Answer{Item: f.Find(q.Entries[0].ID)}
	case protocol.Act:
		f.log = append(f.log, q.Entries...)
		return protocol.Answer{Item: f.Find(q.Entries[0].ID)}
	case protocol.Undo:
		e := f.log[len(f.log)-1]
		f.log = f.log[:len(f.log)-1]
		return protocol.Answer{Item: f.Find(e.ID), Entries: []protocol.Entry{e}}
	case protocol.LabSimilar, protocol.LabList, protocol.LabProbe, protocol.LabMap:
		return f.labAnswer(q)
	case protocol.Erase:
		f.log = nil
	}
	return protocol.Answer{}
}
