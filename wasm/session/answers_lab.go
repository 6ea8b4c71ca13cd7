package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
	"sparrow/wasm/retrieval"
)

const (
	labItems  = 250 // the best known ones, on the map
	labRecent = 40  // the visitor's newest ones, on the map
)

// labItem returns the item that q is about: q.ID or, without one, the last of
// the history, else the best known, of those that may be shown. For an ID that does
// not exist, and where nothing may be shown, it makes a an error.
func (s *Session) labItem(a *protocol.Answer, q *protocol.Request) (r catalog.Row, ok bool) {
	if q.ID != "" {
		if r, ok = s.catalog.Row(q.ID); !ok {
			unknownItem(a, q.ID)
		}
		return r, ok
	}
	for i := len(s.profile.history) - 1; i >= 0; i-- {
		if last := s.profile.history[i].Row; s.allows(last) {
			return last, true
		}
	}
	known := s.popular()
	if len(known) == 0 {
		refuse(a, "held", "No item meets what this profile is held to.")
		return catalog.None, false
	}
	return known[0], true
}

// labWays name the shelves of items like another one.
var labWays = [...]string{
	engine.ByTaste: "taste", engine.ByNext: "next", engine.ByGenres: "genres", engine.ByTags: "tags", engine.ByTitle: "title",
	"shown",
}

// labSimilar answers with what is like an item, one way to compare at a time.
func (s *Session) labSimilar(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.labItem(a, q)
	if !ok {
		return
	}
	a.Item = s.cardOf(r)
	k := q.K
	if s.blocking != nil {
		k = mostCards // so that enough are left
	}
	mixed, alone := s.engine.Alike(r, k)
	a.Shelves = make([]protocol.Shelf, len(labWays))
	for w, name := range labWays {
		shelf := &a.Shelves[w]
		shelf.Kind = name
		if w == int(engine.ByNext) && s.engine.Timeless() {
			shelf.Kind = "together"
		}
		if w < len(alone) {
			shelf.Cards = s.first(q.K, s.recommended(alone[w], nil, protocol.Together))
			continue
		}
		shelf.Cards = make([]protocol.Card, len(mixed))
		for i := range mixed {
			s.similar(&shelf.Cards[i], &mixed[i], r)
		}
		shelf.Cards = s.first(q.K, shelf.Cards)
	}
}

// first returns the first k of the cards that may be shown.
func (s *Session) first(k int, cards []protocol.Card) []protocol.Card {
	cards = s.siftCards(cards, new(protocol.Points))
	return cards[:min(k, len(cards))]
}

// listable returns the items that the Lab lists: nil for all.
func (s *Session) listable() filter.Set {
	if s.blocking == nil {
		return nil
	}
	return s.among(new(protocol.Answer), new(protocol.Request), catalog.None)
}

func (s *Session) prepareSimilar() bool { return s.engine.Prepare() }

// labList answers with the visitor's list as the model q.Model makes it, and how
// it came about. Experiments that share a list between two arms have no say.
func (s *Session) labList(a *protocol.Answer, q *protocol.Request) {
	models := append(protocol.LabModels, s.engine.Models()...) // a copy: a literal leaves no room
	if q.Model != "" && !slices.Contains(models, q.Model) {
		unknown(a, "model", q.Model, models)
		return
	}
	a.Models = models
	q.Variety, q.Reasons = -1, protocol.Together
	query := &s.plan(q, ListVariety).queries[0]
	query.Filter.Among = s.listable()
	switch q.Model {
	case "", protocol.ModelRanked:
	case protocol.ModelTaste:
		query.Mix = new(retrieval.Mix)
	case protocol.ModelPopular:
		rows := slices.DeleteFunc(s.popular(), s.hasOpinion)
		a.Cards = s.cards(rows[:min(q.K, len(rows))])
		return
	default: // the order of retrieval or of a model of the bundle, as it is
		if query.Unranked = q.Model == protocol.ModelRetrieved; !query.Unranked {
			query.Model, query.Now = q.Model, q.Now
		}
		query.Because, query.Variety, query.Explore, query.Disliked = false, 0, 0, nil
	}
	list, found := s.engine.RecommendAmong(query)
	took := s.engine.Timing()
	list = s.engine.Pin(query, list)
	a.Cards, a.Candidates = s.recommended(list, nil, protocol.Together), len(found)
	for i := range list {
		from := a.Cards[i].Origin
		from.Retrieved, from.Ranked = list[i].Retrieved, list[i].Ranked
	}
	if took != nil {
		a.Stages = protocol.Stages{Names: labStages, Milliseconds: took}
	}
	s.moved(a.Cards, list, query)
}

// moved adds to the cards of list, which answers query, which rules move them, and where
// they would stand without.
func (s *Session) moved(cards []protocol.Card, list []engine.Recommendation, query *engine.Query) {
	some := false
	for i := range list {
		cards[i].Origin.Rules = s.engine.Movers(list[i].Row)
		some = some || cards[i].Origin.Rules != nil
	}
	if !some {
		return
	}
	var before []engine.Recommendation
	s.engine.Unmoved(func() { before, _ = s.engine.RecommendAmong(query) })
	for i := range list {
		if from := cards[i].Origin; from.Rules != nil {
			from.Before = 1 + slices.IndexFunc(before, func(x engine.Recommendation) bool { return x.Row == list[i].Row })
		}
	}
}

// labStages name the parts of the work on a list.
var labStages = []string{"retrieve", "rank", "diversify", "reasons"}

// labProbe answers with what an approximate search finds, against the exact one.
func (s *Session) labProbe(a *protocol.Answer, _ *protocol.Request) {
	a.Curve.Recall, a.Curve.Compared = s.engine.Probe()
}

// labMap answers with the best known items, those of the history from the newest
// on, and the one that q is about, each once, as points on a plane.
func (s *Session) labMap(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.labItem(a, q)
	if !ok {
		return
	}
	rows, history := s.popular(), s.profile.history
	for i := range history[max(0, len(history)-labRecent):] {
		if own := history[len(history)-1-i].Row; s.allows(own) && !slices.Contains(rows, own) {
			rows = append(rows, own)
		}
	}
	if !slices.Contains(rows, r) {
		rows = append(rows, r)
	}
	a.Cards = s.cards(rows)
	a.Points.X, a.Points.Y = s.engine.Map(rows)
}

// popular returns the best known items, the best known first.
func (s *Session) popular() []catalog.Row {
	rows, _ := s.engine.Browse(engine.Filter{Genre: engine.AllGenres, Among: s.listable()}, engine.ByPopularity, 0, labItems)
	return rows
}
