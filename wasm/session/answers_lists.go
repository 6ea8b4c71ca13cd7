package session

import (
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// open reports what is loaded.
func (s *Session) open(a *protocol.Answer) {
	meta := s.engine.Meta()
	a.Status = &protocol.Status{
		Name: meta.Name, Licence: meta.Licence, Citation: meta.Citation,
		Items: s.catalog.Len(), AsOf: s.engine.Statistics().AsOf, History: len(s.profile.history),
	}
	a.Status.Oldest, a.Status.Newest = s.engine.Years()
	a.Status.Rated = s.engine.Rated()
	for g, n := range s.genreCounts {
		a.Genres = append(a.Genres, protocol.GenreCount{Name: s.catalog.GenreNames[g], Count: n})
	}
}

// query stores in e the engine's query for q and the visitor's profile.
func (s *Session) query(e *engine.Query, q *protocol.Request) {
	e.History, e.Seen, e.Exclude, e.Disliked = s.profile.asked, s.profile.seen, s.profile.disliked, s.profile.disliked
	s.spare(e, q)
	if q.Repeat == repeatYes {
		for i := range s.profile.opinions {
			if o := &s.profile.opinions[i]; o.bought && o.action != protocol.Dislike && o.action != protocol.NotInterested {
				e.Again = append(e.Again, o.row)
			}
		}
	}
	e.Leaning = s.leaning(&q.Leaning)
	e.Filter.Genre, e.Variety, e.K, e.Because, e.Trending = engine.AllGenres, q.Variety, q.K, q.Reasons != protocol.Later, s.trending
}

// home fills the shelves of the home page, or where the reasons are asked for
// alone the visitor's.
func (s *Session) home(a *protocol.Answer, q *protocol.Request) {
	if badReasons(a, q) || badLeaning(a, q) {
		return
	}
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	p := s.plan(q, ListVariety)
	for i := range p.queries {
		p.queries[i].Filter.Among = among
	}
	var shelves []engine.Shelf
	if len(s.profile.history) > 0 {
		shelves = append(shelves, engine.Shelf{Kind: engine.ForYou, Items: s.draft(s.list(p, q))})
	}
	if q.Reasons != protocol.Alone {
		var forYou []engine.Recommendation
		if len(shelves) > 0 {
			forYou = shelves[0].Items
		}
		shelves = s.engine.Home(p.queries[0], forYou, s.liked())
	}
	a.Shelves = make([]protocol.Shelf, len(shelves))
	for i := range shelves {
		shelf, out := &shelves[i], &a.Shelves[i]
		teams, when := p.teams, q.Reasons
		if shelf.Kind != engine.ForYou {
			teams, when = nil, protocol.Together
		}
		out.Kind, out.Cards = string(shelf.Kind), s.recommended(shelf.Items, teams, when)
		switch shelf.Kind {
		case engine.LikeOne:
			out.ID, out.Title = s.catalog.IDs[shelf.Item], s.title(shelf.Item)
		case engine.OfGenre:
			out.Title = s.catalog.GenreNames[shelf.Genre]
		}
	}
}

// among returns the items that meet the filter of q, where same stands for what item has;
// for one that cannot be read it makes a an error. Of a list with quotas they are those that hold it.
func (s *Session) among(a *protocol.Answer, q *protocol.Request, item catalog.Row) filter.Set {
	set, err := s.engine.Where(q.Filter, item)
	if err != nil {
		refuse(a, "filter", "The "+err.Error()+".")
		return nil
	}
	s.allowed = set
	if q.Exclude == nil && s.held == nil && s.blocking == nil {
		return set
	}
	kept := filter.All(s.catalog.Len())
	for i := range kept {
		if set != nil {
			kept[i] &= set[i]
		}
		if s.held != nil {
			kept[i] &= s.held[i]
		}
		if s.blocking != nil {
			kept[i] &^= s.blocking.set[i]
		}
	}
	for _, id := range q.Exclude {
		if r, ok := s.catalog.Row(id); ok {
			kept[r>>6] &^= 1 << (r & 63)
		} else {
			a.Unknown = append(a.Unknown, id)
		}
	}
	return kept
}

// filter returns the part of the catalog that q names; for a genre that does not
// exist, and a filter that cannot be read, it makes a an error.
func (s *Session) filter(a *protocol.Answer, q *protocol.Request) engine.Filter {
	f := engine.Filter{Genre: engine.AllGenres, Decade: q.Decade, Least: q.Least, Most: q.Most, Among: s.among(a, q, catalog.None)}
	if q.Genre != "" {
		var ok bool
		if f.Genre, ok = s.engine.GenreNamed(q.Genre); !ok {
			badRequest(a, "There is no genre called \""+q.Genre+"\".")
		}
	}
	return f
}

// browse lists a part of the catalog.
func (s *Session) browse(a *protocol.Answer, q *protocol.Request) {
	f := s.filter(a, q)
	var order engine.Order
	switch q.Sort {
	case "", "popular":
		order = engine.ByPopularity
	case "new":
		order = engine.ByYear
	case "rating":
		order = engine.ByRating
	default:
		badRequest(a, "Lists are sorted by \"popular\", \"new\" or \"rating\", not by \""+q.Sort+"\".")
	}
	if a.Error == nil {
		rows, total := s.engine.Browse(f, order, max(0, q.Offset), q.K)
		a.Cards, a.Total = s.cards(rows), total
	}
}

// badReasons reports whether q asks for reasons at a moment that does not exist,
// and then makes a an error.
func badReasons(a *protocol.Answer, q *protocol.Request) bool {
	switch q.Reasons {
	case protocol.Together, protocol.Later, protocol.Alone:
		return false
	}
	badRequest(a, "Reasons come with a list, \"later\" or \"alone\", not \""+string(q.Reasons)+"\".")
	return true
}

// repeatYes is the Repeat of a request by which what was bought may come again.
const repeatYes = "yes"

// recommend answers with the visitor's list.
func (s *Session) recommend(a *protocol.Answer, q *protocol.Request) {
	if badReasons(a, q) || badLeaning(a, q) {
		return
	}
	if q.Repeat != "" && q.Repeat != repeatYes {
		refuse(a, "filter", "The repeat \""+q.Repeat+"\": say \"yes\", or leave it out.")
		return
	}
	filter := s.filter(a, q)
	if a.Error != nil {
		return
	}
	p := s.plan(q, ListVariety)
	for i := range p.queries {
		p.queries[i].Filter = filter
	}
	s.draw(p, q)
	m := s.list(p, q)
	a.Cards = s.recommended(s.draft(m), p.teams, q.Reasons)
	if q.Reasons != protocol.Alone {
		a.Candidates = len(m.found[p.n-1])
	}
}

// interests answers with the kinds of what the visitor likes.
func (s *Session) interests(a *protocol.Answer, _ *protocol.Request) {
	kinds := s.engine.Interests(s.profile.asked, s.profile.seen)
	a.Shelves = make([]protocol.Shelf, len(kinds))
	for i := range kinds {
		kind, out := &kinds[i], &a.Shelves[i]
		out.Kind, out.Cards = "interest", make([]protocol.Card, len(kind.Likes))
		for j, r := range kind.Likes {
			out.Cards[j].ID, out.Cards[j].Title = s.catalog.IDs[r], s.title(r)
		}
		s.name(out, kind)
	}
}

// name says in out what the items of kind share, whose cards it has.
func (s *Session) name(out *protocol.Shelf, kind *engine.Interest) {
	if kind.ByLike {
		out.Title = out.Cards[0].Title
	}
	if len(kind.Genres) > 0 {
		out.Why = append(out.Why, protocol.Why{Kind: protocol.WhyGenres, Names: called(s.catalog.GenreNames, kind.Genres)})
	}
	if kind.Decade > 0 {
		out.Why = append(out.Why, protocol.Why{Kind: protocol.WhyYears, Title: strconv.Itoa(kind.Decade)})
	}
	if len(kind.Tags) > 0 {
		out.Why = append(out.Why, protocol.Why{Kind: protocol.WhyTags, Names: called(s.catalog.TagNames, kind.Tags)})
	}
}

// called returns the names at some places.
func called(names []string, at []int) []string {
	out := make([]string, len(at))
	for i, k := range at {
		out[i] = names[k]
	}
	return out
}

// hasOpinion reports whether the visitor has spoken of item r.
func (s *Session) hasOpinion(r catalog.Row) bool { return s.profile.of(r).action != "" }

// item answers with one item, those like it, or popular ones, see like, and, for a
// visitor with a taste, a shelf of what follows from a liked item: this one when it
// is liked, else the one of the latest likes that it resembles most.
func (s *Session) item(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.catalog.Row(q.ID)
	if !ok {
		unknownItem(a, q.ID)
		return
	}
	among := s.among(a, q, r)
	if a.Error != nil {
		return
	}
	a.Item = s.cardOf(r)
	a.Item.Also = s.also(r, s.catalog.Titles[r])
	shown := make([]bool, s.catalog.Len())
	shown[r] = true
	a.Cards = s.like(r, q.K, s.engine.SimilarPinned(r, q.K, among), shown, q.Filter != "")
	a.Shows = likeOrPopular(a.Cards)
	anchor := s.engine.Nearest(r, s.liked())
	if anchor == catalog.None {
		return
	}
	known := 1
	for _, o := range s.profile.opinions {
		if o.action != "" {
			shown[o.row] = true
			known++
		}
	}
	if cards := s.like(anchor, q.K, s.engine.SimilarAmong(anchor, 2*q.K+known, among), shown, false); len(cards) > 0 && cards[0].Score > 0 {
		a.Shelves = []protocol.Shelf{{Kind: string(engine.LikeOne), ID: s.catalog.IDs[anchor], Title: s.title(anchor), Cards: cards}}
	}
}

// like returns the cards of at most k items of list, which are like r, that are not shown
// yet, and marks them as shown. Where no item is known to be like r, they are of popular
// ones, with a score of 0, and with fill these follow those that are like it.
func (s *Session) like(r catalog.Row, k int, list []engine.Similar, shown []bool, fill bool) []protocol.Card {
	cards := make([]protocol.Card, 0, k)
	for i := range list {
		if other := &list[i]; !shown[other.Row] && len(cards) < k && (fill || other.Score > 0 || list[0].Score == 0) {
			cards = cards[:len(cards)+1]
			s.similar(&cards[len(cards)-1], other, r)
			shown[other.Row] = true
		}
	}
	return cards
}
