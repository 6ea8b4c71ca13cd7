package feature

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// TestEncounterAgreesWithExtractor compares the features that both compute.
func TestEncounterAgreesWithExtractor(t *testing.T) {
	tables := four()
	totals := tables.Statistics.Totals()
	h := History{{2, 4, 0}, {0, 4.5, 1e6}}
	x := NewExtractor(tables)
	u := x.User(h)
	items := make([]Item, 4)
	x.Items(items, []Candidate{{Row: 0, Score: 1}, {Row: 1, Score: 1}, {Row: 2, Score: 1}, {Row: 3, Score: 1}}, nil)
	e := NewEncounter(tables.Catalog)
	e.SetUser(h, -1, 2e6)
	for r := range items {
		crowd := tables.Statistics.Crowd(catalog.Row(r), &totals)
		pairs, weights, scale := tables.Neighbours(0)
		for i, item := range pairs {
			if int(item) == r {
				crowd.Follows = scale * float32(weights[i])
			}
		}
		e.SetItem(catalog.Row(r), crowd)
		for n := range numerics {
			if _, ok := SourceOf(n.String()); !ok {
				continue
			}
			want := u.Numeric[max(0, int(n)-CandidateNumerics)]
			if n.Side() != OfUser {
				want = items[r].Numeric[n]
			}
			if got := e.Value(Source(n)); got != want {
				t.Errorf("movie %d: %v = %g, want %g", r, n, got, want)
			}
		}
	}
}

// TestEncounterByHand works the other numbers out: events at 0, 4000 and 7600,
// the last two in a sitting, met at 8000.
func TestEncounterByHand(t *testing.T) {
	e := NewEncounter(four().Catalog)
	h := History{{0, 4, 0}, {1, 0, 4000}, {2, 1, 7600}}
	crowd := Crowd{Count: 15, AvgRating: 4, MeanStars: 3, UserBias: -0.5, GenreBias: 0.25}
	for _, c := range []struct {
		name    string
		history History
		now     int64
		want    map[Source]float32
	}{
		{"in the sitting", h, 8000, map[Source]float32{
			secondsSinceLast: 400, sittingEvents: 2, sittingSeconds: 4000,
			// (15·4 + 5·3)/20; (4 + 1 + 5·3)/7.
			itemShrunkenRating: 3.75, userShrunkenRating: 20. / 7, shrunkenRatingSum: 3.75 + 20./7,
			itemRatingOffset: 1, userRatingOffset: -0.5, ratingSum: 6.5,
			userBias: -0.5, genreBias: 0.25, baselineRating: 3.25, expectedRating: 3.5,
		}},
		{"an hour later is the same sitting", h, 7600 + 3600, map[Source]float32{secondsSinceLast: 3600, sittingEvents: 2, sittingSeconds: 7200}},
		{"a second more is not", h, 7600 + 3601, map[Source]float32{secondsSinceLast: 3601, sittingEvents: 0, sittingSeconds: 0}},
		{"nobody", nil, 8000, map[Source]float32{secondsSinceLast: 0, sittingEvents: 0, userShrunkenRating: 3, userRatingOffset: 0.5}},
	} {
		e.SetUser(c.history, 7, c.now)
		e.SetItem(1, crowd)
		for s, want := range c.want {
			if got := e.Value(s); math.Abs(float64(got-want)) > 1e-6 {
				t.Errorf("%s: %v = %g, want %g", c.name, s, got, want)
			}
		}
	}
	e.SetUser(h, 7, 8000)
	for s, want := range map[Source][]int32{
		itemID: {1}, userID: {7}, itemGenre1: {1}, itemGenre1 + 1: {-1}, itemGenresAll: {1, -1},
		// Items 0 and 1, which has no stars, speak for Drama (1), 0 for War (2).
		userGenre1: {1}, userGenre1 + 1: {2}, userGenre1 + 2: {-1}, userGenresAll: {1, 2, -1},
		userRatedItem1: {1}, userRatedItem1 + 1: {0}, userRatedItem1 + 4: {-1}, userRatedItems: {1, 0, -1, -1},
		userHistory: {2, 1, 0, -1}, userHistoryStars: {2, 0, 8, -1}, userHistoryGenre: {0, 1, 1, -1},
	} {
		got := make([]int32, len(want))
		e.IDs(got, s)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", s, diff)
		}
	}
	short := make([]int32, 1)
	e.IDs(short, userHistory)
	if short[0] != 2 {
		t.Errorf("one slot of the history holds %d, want the newest, 2", short[0])
	}
}

// TestBias works it out for the items of four, whose mean is 47/12 stars and
// whose shrunken means are m₀ = (7·4 + 5μ)/12 and m₂ = (2·5 + 5μ)/7.
func TestBias(t *testing.T) {
	tables := four()
	s, totals := tables.Statistics, tables.Statistics.Totals()
	var b Bias
	b.Read(tables.Catalog, History{{0, 5, 0}, {1, 0, 0}, {2, 2, 0}, {3, 3, 0}}, s, &totals)
	mu := 47. / 12
	r0, r2, r3 := 5-(28+5*mu)/12, 2-(10+5*mu)/7, 3-mu // no one rated item 3
	user := (r0 + r2 + r3) / 8
	drama, comedy := (r0-user)/6, (r2-user)/6 // War as Drama; item 1 has no stars
	for name, c := range map[string]struct {
		genres []uint8
		want   float64
	}{
		"Drama, War": {[]uint8{1, 2}, drama}, "Comedy": {[]uint8{0}, comedy},
		"Drama, Comedy": {[]uint8{1, 0}, (drama + comedy) / 2}, "none": {nil, 0},
	} {
		var crowd Crowd
		b.Of(c.genres, &crowd)
		if math.Abs(float64(crowd.UserBias)-user) > 1e-6 || math.Abs(float64(crowd.GenreBias)-c.want) > 1e-6 {
			t.Errorf("%s: %g and %g, want %g and %g", name, crowd.UserBias, crowd.GenreBias, user, c.want)
		}
	}
	var crowd Crowd
	b.Read(tables.Catalog, nil, s, &totals)
	if b.Of([]uint8{1}, &crowd); crowd.UserBias != 0 || crowd.GenreBias != 0 {
		t.Errorf("nobody has the bias %g and %g", crowd.UserBias, crowd.GenreBias)
	}
}

// TestEncounterSeesTheWindow puts 30 events before the last hundred.
func TestEncounterSeesTheWindow(t *testing.T) {
	tables := four()
	totals := tables.Statistics.Totals()
	var h History
	for i := range 130 {
		h = append(h, Event{catalog.Row(i * i % 4), float32(1+i*7%10) / 2, int64(100 * i)})
	}
	var values [2][numericSources]float32
	for i, h := range []History{h, h[30:]} {
		crowd := tables.Statistics.Crowd(1, &totals)
		var b Bias
		b.Read(tables.Catalog, h, tables.Statistics, &totals)
		b.Of([]uint8{1}, &crowd)
		e := NewEncounter(tables.Catalog)
		e.SetUser(h, -1, 13000)
		e.SetItem(1, crowd)
		for s := range numericSources {
			values[i][s] = e.Value(s)
		}
	}
	if diff := cmp.Diff(values[1], values[0]); diff != "" {
		t.Errorf("older events are seen (-without +with):\n%s", diff)
	}
}
