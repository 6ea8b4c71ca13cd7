//go:build !js

package session

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// likers returns the likes of made-up visitors of the demo: of one kind, of two, of any.
func likers(s *Session, rng *rand.Rand, n int) (all [][]catalog.ID) {
	from := func(f engine.Filter, n int) (ids []catalog.ID) {
		known, _ := s.engine.Browse(f, engine.ByPopularity, 0, 200)
		for _, i := range rng.Perm(len(known))[:min(n, len(known))] {
			ids = append(ids, s.catalog.IDs[known[i]])
		}
		return ids
	}
	genre := func() engine.Filter { return engine.Filter{Genre: rng.IntN(len(s.catalog.GenreNames))} }
	for i := range n {
		var likes []catalog.ID
		switch i % 3 {
		case 0:
			likes = from(genre(), 2+rng.IntN(10))
		case 1:
			likes = append(from(genre(), 5), from(engine.Filter{Genre: engine.AllGenres, Decade: 1930 + 10*rng.IntN(8)}, 4)...)
		default:
			likes = from(engine.Filter{Genre: engine.AllGenres}, 2+rng.IntN(30))
		}
		slices.Sort(likes)
		all = append(all, slices.Compact(likes))
	}
	return all
}

// interestsOfLikes answers with the interests of who likes these in one sitting.
func interestsOfLikes(t *testing.T, s *Session, likes []catalog.ID) []protocol.Shelf {
	t.Helper()
	s.Load(nil)
	for i, id := range likes {
		do(t, s, id, protocol.Like, 0, int64(1e9+i))
	}
	return ask(t, s, protocol.Request{Verb: protocol.Interests}).Shelves
}

// TestAnInterestIsWhatItsLikesAre draws 150 visitors: at least three quarters of the likes of
// an interest have each of its names, all of them where it does not say mostly, which are 2.5 times rarer in the catalog; each like is in
// one interest; no two interests are called the same; and in another order the likes give
// the same.
func TestAnInterestIsWhatItsLikesAre(t *testing.T) {
	s, rng := demo(t), rand.New(rand.NewPCG(3, 16))
	said := map[string]int{}
	share := func(likes []protocol.Card, has func(catalog.Row) bool) (of, all float64) {
		for _, c := range likes {
			if r, _ := s.catalog.Row(c.ID); has(r) {
				of += 1 / float64(len(likes))
			}
		}
		for r := range s.catalog.Len() {
			if has(catalog.Row(r)) {
				all += 1 / float64(s.catalog.Len())
			}
		}
		return of, all
	}
	for _, likes := range likers(s, rng, 150) {
		got := interestsOfLikes(t, s, likes)
		seen, names := map[catalog.ID]bool{}, map[string]bool{}
		last := len(likes)
		for _, x := range got {
			least := 1.0
			check := func(kind, name string, has func(catalog.Row) bool) {
				said[kind]++
				of, all := share(x.Cards, has)
				least = min(least, of)
				if of < 0.75 || of < 2.5*all-1e-9 {
					t.Errorf("%s %q is said of %.2f of %d likes, and is on %.3f of all", kind, name, of, len(x.Cards), all)
				}
			}
			for _, y := range x.Why {
				switch y.Kind {
				case protocol.WhyYears:
					check("decade", y.Title, func(r catalog.Row) bool { return strconv.Itoa(int(s.catalog.Years[r])/10*10) == y.Title })
				case protocol.WhyGenres:
					for _, name := range y.Names {
						check("genre", name, func(r catalog.Row) bool {
							return slices.ContainsFunc(s.catalog.Genres[r], func(g uint8) bool { return s.catalog.GenreNames[g] == name })
						})
					}
				case protocol.WhyTags:
					for _, name := range y.Names {
						check("tag", name, func(r catalog.Row) bool {
							return slices.ContainsFunc(s.catalog.Tags[r], func(g uint16) bool { return s.catalog.TagNames[g] == name })
						})
					}
				}
			}
			if mostly := least < 1-1e-9; mostly != (x.Kind == "mostly") {
				t.Errorf("%s, of which the rarest name is said of %.2f of the likes: %+v", x.Kind, least, x.Why)
			} else if mostly {
				said["mostly"]++
			}
			if x.Title != "" {
				said["like"]++
				if x.Title != x.Cards[0].Title {
					t.Errorf("an interest is called like %q, and begins with %q", x.Title, x.Cards[0].Title)
				}
			}
			if len(x.Cards) > last {
				t.Errorf("an interest of %d likes comes after one of %d", len(x.Cards), last)
			}
			last = len(x.Cards)
			for _, c := range x.Cards {
				if seen[c.ID] || !slices.Contains(likes, c.ID) {
					t.Errorf("%s is in two interests, or no like", c.Title)
				}
				seen[c.ID] = true
			}
			named := x
			named.Cards, named.Kind = nil, "interest"
			key := cmp.Diff(protocol.Shelf{Kind: "interest"}, named)
			if key == "" || names[key] {
				t.Errorf("an interest without a name, or with that of another: %+v", named)
			}
			names[key] = true
		}
		if len(seen) != len(likes) || len(got) > 5 {
			t.Errorf("%d interests hold %d of %d likes", len(got), len(seen), len(likes))
		}
		rng.Shuffle(len(likes), func(i, j int) { likes[i], likes[j] = likes[j], likes[i] })
		if diff := cmp.Diff(got, interestsOfLikes(t, s, likes)); diff != "" {
			t.Fatalf("in another order (-before +after):\n%s", diff)
		}
	}
	t.Log(said)
	if said["genre"] < 100 || said["decade"] < 30 || said["like"] < 30 || said["tag"] < 1 || said["mostly"] < 5 {
		t.Errorf("said %v: too little to show something", said)
	}
}

// TestNoLikesNoInterests: who said nothing has none, and neither has who only dislikes.
func TestNoLikesNoInterests(t *testing.T) {
	s := demo(t)
	do(t, s, "1", protocol.Dislike, 0, 1)
	if got := ask(t, s, protocol.Request{Verb: protocol.Interests}).Shelves; len(got) > 0 {
		t.Errorf("%+v", got)
	}
}
