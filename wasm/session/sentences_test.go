package session

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// readers draws visitors of the demo, each with 1 to 25 of the best known films: liked one by one over days,
// liked in one sitting, or rated with 3 to 5 stars.
func readers(s *Session, n int, visit func(seed int)) {
	known, _ := s.engine.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 1500)
	for seed := range n {
		rng := rand.New(rand.NewPCG(uint64(seed), 31))
		var log []protocol.Entry
		for i, at := range rng.Perm(len(known))[:1+rng.IntN(25)] {
			e := protocol.Entry{ID: s.catalog.IDs[known[at]], Action: protocol.Like, At: 1_700_000_000 + int64(i)}
			switch seed % 3 {
			case 0:
				e.At += int64(i) * 86_400
			case 1:
				e.Action, e.Stars, e.At = protocol.Rate, 3+float32(rng.IntN(5))/2, e.At+int64(i)*4_000
			}
			log = append(log, e)
		}
		s.become(state{log: settle(log)})
		visit(seed)
	}
}

// TestWhatACardCitesCarriesIt takes each item that a card names back: in 95 of 100 checks at least, the card's
// item has a lower score in the list that is made then. And each pair shares a genre, a tag, or enough
// people who like both.
func TestWhatACardCitesCarriesIt(t *testing.T) {
	s := demo(t)
	checks, held, cards, apart := 0, 0, 0, 0
	readers(s, 60, func(seed int) {
		log := s.log
		for _, c := range ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 30, Variety: -1}).Cards {
			cards++
			if len(c.Why) == 0 || c.Why[0].ID == "" {
				continue
			}
			checks++
			s.become(state{log: settle(slices.DeleteFunc(slices.Clone(log), func(e protocol.Entry) bool { return e.ID == c.Why[0].ID }))})
			if ask(t, s, protocol.Request{Verb: protocol.Explain, ID: c.ID}).Score < c.Score {
				held++
			}
			s.become(state{log: log})
			if !shares(s, c.ID, c.Why[0].ID) {
				apart++
				t.Errorf("visitor %d: %s is cited for %s, and they share nothing", seed, c.Why[0].Title, c.Title)
			}
		}
	})
	t.Logf("%d of %d cited items carry theirs, %.1f %%; %d of %d cards cite one; %d pairs share nothing", held, checks, 100*float64(held)/float64(checks), checks, cards, apart)
	if checks < 300 || 100*held < 95*checks {
		t.Errorf("%d of %d cited items carry theirs: at least 95 %% of at least 300", held, checks)
	}
}

// shares reports whether two items have a genre or a tag in common, or what the same people like says that they
// are near: from the catalog's own tables, and not by what the engine takes for related.
func shares(s *Session, a, b catalog.ID) bool {
	x, _ := s.catalog.Row(a)
	y, _ := s.catalog.Row(b)
	for _, g := range s.catalog.Genres[x] {
		if slices.Contains(s.catalog.Genres[y], g) {
			return true
		}
	}
	for _, tag := range s.catalog.Tags[x] {
		if slices.Contains(s.catalog.Tags[y], tag) {
			return true
		}
	}
	v := s.engine.Describe([]catalog.Row{x, y})
	var dot, xx, yy float64
	for i, n := 0, len(v)/2; i < n; i++ {
		dot, xx, yy = dot+float64(v[i]*v[n+i]), xx+float64(v[i]*v[i]), yy+float64(v[n+i]*v[n+i])
	}
	return dot >= 0.48*math.Sqrt(xx*yy)
}

// TestSentencesAreWhatIsLost reads what is said of items of lists: the first like's part is what the score is
// lower by without it, the next one's what it is lower by then, parts are above 0, and no reason is said twice.
func TestSentencesAreWhatIsLost(t *testing.T) {
	s := demo(t)
	kinds := map[string]int{}
	said, likes := 0, 0
	readers(s, 24, func(seed int) {
		log := s.log
		for _, c := range ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 30, Variety: -1}).Cards[:12] {
			x := ask(t, s, protocol.Request{Verb: protocol.Explain, ID: c.ID})
			if len(x.Parts) > mostSentences {
				t.Fatalf("visitor %d: %d sentences on %s", seed, len(x.Parts), c.Title)
			}
			seen := map[string]bool{}
			rest, without, score := x.Score-x.Base, slices.Clone(log), x.Score
			for _, p := range x.Parts {
				said++
				kinds[p.Why.Kind]++
				if rest -= p.Contribution; p.Contribution < leastPart || seen[p.Why.Kind+string(p.Why.ID)] {
					t.Errorf("visitor %d: %+v of %s is too small, or said twice", seed, p, c.Title)
				}
				seen[p.Why.Kind+string(p.Why.ID)] = true
				switch p.Why.Kind {
				case protocol.WhyLiked, protocol.WhyRated:
					likes++
					without = slices.DeleteFunc(without, func(e protocol.Entry) bool { return e.ID == p.Why.ID })
					s.become(state{log: settle(slices.Clone(without))})
					now := ask(t, s, protocol.Request{Verb: protocol.Explain, ID: c.ID}).Score
					s.become(state{log: log})
					if lost := score - now; math.Abs(float64(lost-p.Contribution)) > 1e-4 {
						t.Errorf("visitor %d: %s is said to carry %s with %v, and without it the score is lower by %v", seed, p.Why.Title, c.Title, p.Contribution, lost)
					}
					score = now
				case protocol.WhySome:
					for _, name := range p.Why.Names {
						if !slices.Contains(c.Genres, name) {
							t.Errorf("visitor %d: %s is said to be %s", seed, c.Title, name)
						}
					}
				}
			}
		}
	})
	t.Logf("%d sentences, %d of them of likes: %v", said, likes, kinds)
	if likes < 200 || kinds[protocol.WhySome] < 10 || kinds[protocol.WhyTaste] < 10 {
		t.Errorf("too few sentences to compare: %v", kinds)
	}
}
