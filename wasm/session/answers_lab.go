package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
	"sparrow/wasm/retrieval"
)

const (
	labMovies = 250 // the best known ones, on the map
	labRecent = 40  // the visitor's newest ones, on the map
)

// lab answers the part of the laboratory that q.Query names.
func (s *Session) lab(a *protocol.Answer, q *protocol.Request) {
	popular, _ := s.engine.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, labMovies)
	history := s.meaning.history
	r, ok := popular[0], true
	if q.ID != "" {
		r, ok = s.catalog.Row(q.ID)
	} else if n := len(history); n > 0 {
		r = history[n-1].Row
	}
	if !ok {
		unknownMovie(a, q.ID)
		return
	}
	a.Shelves = make([]protocol.Shelf, 1)
	first := &a.Shelves[0]
	switch q.Query {
	case protocol.LabSimilar:
		s.labSimilar(a, q, r)
	case protocol.LabList:
		s.labList(a, q, popular)
	case protocol.LabProbe:
		first.Numbers = s.engine.Probe()
	case protocol.LabMap:
		rows := popular
		for i := range history[max(0, len(history)-labRecent):] {
			if own := history[len(history)-1-i].Row; !slices.Contains(rows, own) {
				rows = append(rows, own)
			}
		}
		if !slices.Contains(rows, r) {
			rows = append(rows, r)
		}
		first.Cards, first.Numbers = s.cards(rows), s.engine.Map(rows)
	default:
		a.Shelves = nil
		badRequest(a, "The laboratory has no such part.")
	}
}

// labWays name the shelves of movies like another one.
var labWays = [...]string{
	engine.ByTaste: "taste", engine.ByNext: "next", engine.ByGenres: "genres", engine.ByTags: "tags", engine.ByTitle: "title",
	"shown",
}

// labSimilar answers with what is like movie r.
func (s *Session) labSimilar(a *protocol.Answer, q *protocol.Request, r catalog.Row) {
	a.Movie = s.cardOf(r)
	mixed, alone := s.engine.Alike(r, q.K)
	a.Shelves = make([]protocol.Shelf, len(labWays))
	for w, name := range labWays {
		shelf := &a.Shelves[w]
		shelf.Kind = name
		if w < len(alone) {
			shelf.Cards = s.recommended(alone[w], nil)
			continue
		}
		shelf.Cards = make([]protocol.Card, len(mixed))
		for i := range mixed {
			s.similar(&shelf.Cards[i], &mixed[i], r)
		}
	}
}

// labList answers with the visitor's list as the model q.Sort makes it, and how it
// came about. Experiments that share a list between two arms have no say.
func (s *Session) labList(a *protocol.Answer, q *protocol.Request, popular []catalog.Row) {
	first := &a.Shelves[0]
	q.Variety = -1
	query := &s.plan(q, listVariety).queries[0]
	switch q.Sort {
	case "popular":
		unknown := slices.DeleteFunc(popular, s.hasOpinion)
		first.Cards = s.cards(unknown[:min(q.K, len(unknown))])
		s.labJudges(a)
		return
	case "taste":
		query.Mix = new(retrieval.Mix)
	default:
		if slices.Contains(s.engine.Models(), q.Sort) {
			query.Model, query.Now = q.Sort, q.Now
		}
		if query.Unranked = q.Sort == "retrieved"; query.Unranked || query.Model != "" {
			query.Because, query.Variety, query.Explore, query.Disliked = false, 0, 0, nil
		}
	}
	list, candidates := s.engine.RecommendCounted(query)
	first.Cards, a.Candidates = s.recommended(list, nil), candidates
	first.Numbers = make([]float32, 2*len(list))
	for i := range list {
		first.Numbers[2*i], first.Numbers[2*i+1] = float32(list[i].Retrieved), float32(list[i].Ranked)
	}
	a.Shelves = append(a.Shelves, protocol.Shelf{Kind: "cost", Numbers: s.engine.Cost()})
	s.labJudges(a)
}

// labJudges adds a shelf with the name of each model that the bundle carries beside its ranker.
func (s *Session) labJudges(a *protocol.Answer) {
	for _, name := range s.engine.Models() {
		a.Shelves = append(a.Shelves, protocol.Shelf{Kind: "judge", Title: name})
	}
}
