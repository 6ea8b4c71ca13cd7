package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// open tells what is loaded.
func (s *Session) open() protocol.Answer {
	meta := s.engine.Meta()
	answer := protocol.Answer{Status: &protocol.Status{
		Name: meta.Name, Licence: meta.Licence, Citation: meta.Citation,
		Movies: s.catalog.Len(), AsOf: s.engine.Statistics().AsOf, History: len(s.meaning.history),
	}}
	for g, n := range s.genreCounts {
		answer.Genres = append(answer.Genres, protocol.GenreCount{Name: s.catalog.GenreNames[g], Count: n})
	}
	return answer
}

// query returns the engine's query for q and the visitor's profile.
func (s *Session) query(q protocol.Request) engine.Query {
	return engine.Query{
		History: s.meaning.history, Exclude: s.meaning.disliked, Disliked: s.meaning.disliked,
		Filter: engine.Filter{Genre: engine.AllGenres}, Variety: q.Variety, K: q.K, Because: true,
	}
}

// home fills the shelves of the home page.
func (s *Session) home(q protocol.Request) protocol.Answer {
	var answer protocol.Answer
	for _, shelf := range s.engine.Home(s.query(q), s.meaning.liked) {
		out := protocol.Shelf{Kind: string(shelf.Kind), Cards: s.recommended(shelf.Items)}
		switch shelf.Kind {
		case engine.LikeOne:
			out.ID, out.Title = s.catalog.IDs[shelf.Movie], s.catalog.Titles[shelf.Movie]
		case engine.OfGenre:
			out.Title = s.catalog.GenreNames[shelf.Genre]
		}
		answer.Shelves = append(answer.Shelves, out)
	}
	return answer
}

// filter returns the part of the catalog that q names; ok is false for a genre
// that does not exist.
func (s *Session) filter(q protocol.Request) (f engine.Filter, ok bool) {
	f = engine.Filter{Genre: engine.AllGenres, Decade: q.Decade}
	if q.Genre == "" {
		return f, true
	}
	f.Genre, ok = s.engine.GenreNamed(q.Genre)
	return f, ok
}

func unknownGenre(name string) protocol.Answer {
	return badRequest("There is no genre called \"" + name + "\".")
}

// browse lists a part of the catalog.
func (s *Session) browse(q protocol.Request) protocol.Answer {
	f, ok := s.filter(q)
	if !ok {
		return unknownGenre(q.Genre)
	}
	var order engine.Order
	switch q.Sort {
	case "", "popular":
		order = engine.ByPopularity
	case "new":
		order = engine.ByYear
	case "rating":
		order = engine.ByRating
	default:
		return badRequest("Lists are sorted by \"popular\", \"new\" or \"rating\", not by \"" + q.Sort + "\".")
	}
	rows, total := s.engine.Browse(f, order, max(0, q.Offset), q.K)
	return protocol.Answer{Cards: s.cards(rows), Total: total}
}

// recommend answers with the visitor's list.
func (s *Session) recommend(q protocol.Request) protocol.Answer {
	f, ok := s.filter(q)
	if !ok {
		return unknownGenre(q.Genre)
	}
	query := s.query(q)
	query.Filter = f
	list, candidates := s.engine.RecommendCounted(query)
	return protocol.Answer{Cards: s.recommended(list), Candidates: candidates}
}

// search answers with the movies whose titles meet q.Query.
func (s *Session) search(q protocol.Request) protocol.Answer {
	return protocol.Answer{Cards: s.cards(s.engine.Search(q.Query, q.K))}
}

// tastes answers with well-known movies to choose from, none that the visitor
// has spoken of.
func (s *Session) tastes(q protocol.Request) protocol.Answer {
	return protocol.Answer{Cards: s.cards(s.engine.Tastes(q.K, func(r catalog.Row) bool {
		return s.meaning.of(r).action != ""
	}))}
}

// movie answers with one movie, those like it and, for a visitor with a taste, a
// shelf of what follows from a liked movie: this one when it is liked, else the
// one of the latest likes that it resembles most.
func (s *Session) movie(q protocol.Request) protocol.Answer {
	r, ok := s.catalog.Row(q.ID)
	if !ok {
		return unknownMovie(q.ID)
	}
	answer := protocol.Answer{Movie: s.cardOf(r)}
	shown := make([]bool, s.catalog.Len())
	shown[r] = true
	for _, like := range s.engine.Similar(r, q.K) {
		answer.Cards = append(answer.Cards, s.similar(like, r))
		shown[like.Row] = true
	}
	anchor := s.engine.Nearest(r, s.meaning.liked)
	if anchor == catalog.None {
		return answer
	}
	for _, ev := range s.meaning.history {
		shown[ev.Row] = true
	}
	for _, d := range s.meaning.disliked {
		shown[d] = true
	}
	shelf := protocol.Shelf{Kind: string(engine.LikeOne), ID: s.catalog.IDs[anchor], Title: s.catalog.Titles[anchor]}
	for _, like := range s.engine.Similar(anchor, 2*q.K+1+len(s.meaning.history)+len(s.meaning.disliked)) {
		if !shown[like.Row] && len(shelf.Cards) < q.K {
			shelf.Cards = append(shelf.Cards, s.similar(like, anchor))
		}
	}
	answer.Shelves = append(answer.Shelves, shelf)
	return answer
}
