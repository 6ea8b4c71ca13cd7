package feature

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// four items: 0 and 1 are alike, 1 follows 0, 2 follows 1, no one saw 3.
//
//	row  year  genres       count  mean
//	0    2000  Drama, War   7      4
//	1    2010  Drama        3      3
//	2    1980  Comedy       2      5
//	3    ?     –            0      –
func four() Tables {
	c := &catalog.Catalog{
		IDs: []catalog.ID{"a", "b", "c", "d"}, Years: []int16{2000, 2010, 1980, 0},
		GenreNames: []string{"Comedy", "Drama", "War"}, Genres: [][]uint8{{1, 2}, {1}, {0}, nil},
	}
	s := &Statistics{Count: []uint32{7, 3, 2, 0}, Mean: []float32{4, 3, 5, 0},
		Stddev: []float32{1, 0.5, 0, 0}, Trend: []float32{1, 1, 0, 0}}
	out := &quant.Matrix{Rows: 4, Cols: 2, Data: []int8{3, 4, 6, 8, -8, 6, 0, 0}, Scale: []float32{1, 0.1, 1, 0}}
	return Tables{Catalog: c, Statistics: s, Out: out,
		Neighbours: func(r catalog.Row) ([]catalog.Row, []uint8, float32) {
			switch r {
			case 0:
				return []catalog.Row{1}, []uint8{100}, 0.001
			case 1:
				return []catalog.Row{0, 2}, []uint8{50, 20}, 0.001
			}
			return nil, nil, 0
		}}
}

var near = cmpopts.EquateApprox(0, 2e-6)

func TestUserFeatures(t *testing.T) {
	x := NewExtractor(four())
	for _, c := range []struct {
		name    string
		history History
		numeric [UserNumerics]float32
		genres  [UserGenres]uint16
		items   [UserItems]catalog.Row
	}{
		{"nobody", nil, [5]float32{0, 1990, 0, 3.5, 0}, [5]uint16{}, [5]catalog.Row{-1, -1, -1, -1, -1}},
		// Years 2000 and 1980; only item 0 is positive.
		{"one liked, one not", History{{0, 4, 10}, {2, 2, 20}},
			[5]float32{float32(math.Log(3)), 1990, 10, 3, 1}, [5]uint16{2, 3}, [5]catalog.Row{0, -1, -1, -1, -1}},
		// No stars count as positive and not as stars. Drama twice, then the others by number.
		{"without stars", History{{2, 0, 1}, {0, 0, 2}, {1, 0, 3}},
			[5]float32{float32(math.Log(4)), 1996, float32(math.Sqrt(1400. / 9)), 3.5, 0}, [5]uint16{2, 1, 3}, [5]catalog.Row{1, 0, 2, -1, -1}},
		// An unknown year counts as 1990.
		{"3.5 stars are positive, 3 are not", History{{1, 3, 1}, {3, 3.5, 2}},
			[5]float32{float32(math.Log(3)), 2000, 10, 3.25, 0.25}, [5]uint16{}, [5]catalog.Row{3, -1, -1, -1, -1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := x.User(c.history)
			if diff := cmp.Diff(c.numeric, u.Numeric, near); diff != "" {
				t.Errorf("numeric (-want +got):\n%s", diff)
			}
			if u.Genres != c.genres || u.Items != c.items {
				t.Errorf("genres %v, movies %v, want %v and %v", u.Genres, u.Items, c.genres, c.items)
			}
		})
	}
}

func TestWindowIsAHundredEvents(t *testing.T) {
	h := History{{2, 5, 0}}
	for range 100 {
		h = append(h, Event{1, 3, 1})
	}
	u := NewExtractor(four()).User(h)
	if u.Numeric[1] != 2010 || u.Items[0] != catalog.None {
		t.Errorf("the 101st event is seen: year %g, movies %v", u.Numeric[1], u.Items)
	}
}

// TestItemFeatures works candidates 1, 2 and 3 out by hand for a user who saw
// 2 long ago, then 0.
func TestItemFeatures(t *testing.T) {
	x := NewExtractor(four())
	x.User(History{{2, 4, 0}, {0, 4, 1e6}})
	got := make([]Item, 2)
	x.Items(got, []Candidate{{Row: 1, Score: 1}, {Row: 3, Score: 1 + float32(math.Log(3))}}, nil)
	ln := func(v float64) float32 { return float32(math.Log(v)) }

	// 12 interactions, 3 an item; trend 2 in all, of which 3/12·2 are expected of item 1.
	want := [CandidateNumerics]float32{
		ReleaseYear: 2010, ItemRatingCount: 0, ItemAvgRating: 3, ItemRatingStddev: 0.5, ItemTrend: ln(2 / 1.5),
		RetrievalScore: ln(0.25), RetrievalRank: ln(3),
		// 0 is followed by 1 with 0.1; 2 by no one. Item 1 is followed by 0
		// with 0.05 and by 2, one event older, with 0.02.
		TransitionFromLast: ln(51), TransitionFromRecent: ln(51), TransitionFromSession: ln(51),
		CoOccurrence:     ln(1 + 500*(0.1+0.05+0.95*0.02)),
		SimilarityToLast: 1, SimilarityToRecent: 1,
		// Of two positives one is a drama. Years: 1990 on average, then 2000.
		GenreAffinity: 0.5, GenreOfLast: 0.5, YearDistance: ln(21), YearFromLast: ln(11),
	}
	if diff := cmp.Diff(want, got[0].Numeric, near); diff != "" {
		t.Errorf("movie 1 (-want +got):\n%s", diff)
	}
	// No one gave stars: the mean is (7·4+3·3+2·5)/12. No genre, no vector.
	want = [CandidateNumerics]float32{
		ReleaseYear: 1990, ItemRatingCount: -ln(4), ItemAvgRating: 47. / 12,
		RetrievalScore: ln(0.75), RetrievalRank: ln(2), YearFromLast: ln(11),
	}
	if diff := cmp.Diff(want, got[1].Numeric, near); diff != "" {
		t.Errorf("movie 3 (-want +got):\n%s", diff)
	}
	if got[0].Genres != [3]uint16{2} || got[1].Genres != [3]uint16{} {
		t.Errorf("genres %v and %v", got[0].Genres, got[1].Genres)
	}
}

// TestSitting takes 0 and 1 as one sitting and 2, over an hour before, as none of it.
func TestSitting(t *testing.T) {
	x := NewExtractor(four())
	x.User(History{{1, 4, 0}, {3, 4, 4000}, {0, 4, 7600}})
	got := make([]Item, 1)
	x.Items(got, []Candidate{{Row: 1, Score: 0}}, nil)
	if want := float32(math.Log(1 + 500*0.1/2)); math.Abs(float64(got[0].Numeric[TransitionFromSession]-want)) > 1e-6 {
		t.Errorf("transitionFromSession = %g, want that of the mean over two events, %g", got[0].Numeric[TransitionFromSession], want)
	}
}

// TestQueriesAreIndependent asks two users in turn.
func TestQueriesAreIndependent(t *testing.T) {
	a, b := History{{0, 4, 0}, {1, 5, 9}}, History{{2, 1, 5}}
	candidates := []Candidate{{Row: 0, Score: 1}, {Row: 1, Score: 2}, {Row: 2, Score: 0}, {Row: 3, Score: 4}}
	ask := func(x *Extractor, h History) []Item {
		x.User(h)
		m := make([]Item, len(candidates))
		x.Items(m, candidates, nil)
		return m
	}
	x := NewExtractor(four())
	ask(x, a)
	if diff := cmp.Diff(ask(NewExtractor(four()), b), ask(x, b)); diff != "" {
		t.Errorf("the second query depends on the first (-alone +after):\n%s", diff)
	}
}

func TestNames(t *testing.T) {
	for n := range numerics {
		if got, ok := NumericOf(n.String()); !ok || got != n {
			t.Errorf("NumericOf(%q) = %v, %v, want %v", n.String(), got, ok, n)
		}
	}
	if _, ok := NumericOf("shoeSize"); ok {
		t.Error("NumericOf knows shoeSize")
	}
	for _, name := range []string{"releaseYear", "movieRatingCount", "movieAvgRating", "movieRatingStddev",
		"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userAvgRating", "userRatingStddev"} {
		if _, ok := NumericOf(name); !ok {
			t.Errorf("Sparrow's %s is missing", name)
		}
	}
}

// TestAFewItemsAreThoseOfAll asks for a few of the candidates in another order: each has
// the features that it has among all, also where two have the same score.
func TestAFewItemsAreThoseOfAll(t *testing.T) {
	candidates := []Candidate{{Row: 0, Score: 1}, {Row: 3, Score: 2}, {Row: 2, Score: 2}, {Row: 1, Score: -4}}
	x := NewExtractor(four())
	x.User(History{{2, 4, 0}, {0, 4, 1e6}})
	all, few := make([]Item, 4), make([]Item, 3)
	x.Items(all, candidates, nil)
	at := []int{3, 1, 2}
	x.Items(few, candidates, at)
	for k, i := range at {
		if few[k] != all[i] {
			t.Errorf("candidate %d alone is %+v, among all %+v", i, few[k], all[i])
		}
	}
	x.Items(nil, nil, nil)
}
