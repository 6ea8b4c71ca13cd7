package session

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

func near(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > 1e-3 {
		t.Errorf("%s is %g, want %g", what, got, want)
	}
}

// at returns a moment in Unix seconds.
func at(text string) int64 {
	moment, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return moment.Unix()
}

func TestMonthOf(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 10_000 {
		moment := rng.Int64N(8e9) - 4e9
		if y, m, _ := time.Unix(moment, 0).UTC().Date(); monthOf(moment) != 12*y+int(m)-1 {
			t.Fatalf("monthOf(%d) = %d, want month %d of %d", moment, monthOf(moment), m, y)
		}
	}
}

func summary(t *testing.T, s *Session, q protocol.Request) *protocol.Summary {
	t.Helper()
	q.Verb = protocol.Summarize
	a := s.Answer(q)
	m, err := protocol.DecodeSummary(a.Bytes)
	if a.Error != nil || err != nil {
		t.Fatalf("summary: %+v, %v", a.Error, err)
	}
	return m
}

// TestLittleIsKnownOfANewcomer: no figure without what it takes.
func TestLittleIsKnownOfANewcomer(t *testing.T) {
	s, _ := parity()
	if got := summary(t, s, protocol.Request{}); !cmp.Equal(*got, protocol.Summary{}) {
		t.Errorf("of a newcomer: %+v", got)
	}
	for i := range 9 {
		do(t, s, catalog.ID(rune('1'+i)), protocol.Rate, 3, at("2024-03-01 12:00")+int64(i))
	}
	do(t, s, "41", protocol.Like, 0, at("2024-03-03 12:00"))
	want := protocol.Summary{Liked: 1, Rated: 9, Compared: 9}
	if got := summary(t, s, protocol.Request{ID: "50"}); !cmp.Equal(*got, want) {
		t.Errorf("of nine ratings, one like and one month: %+v", got)
	}
}

// TestSummaryOverTime: Comedies are even items, dramas odd ones; item r is of 1950 + 7·r mod 70.
func TestSummaryOverTime(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, at("2022-05-01 12:00"))      // Comedy, 1950
	do(t, s, "2", protocol.Rate, 2, at("2022-06-01 12:00"))      // Drama, 1957
	do(t, s, "3", protocol.Like, 0, at("2023-12-31 23:30"))      // Comedy, 1964: in a zone an hour ahead, of 2024
	do(t, s, "4", protocol.Dislike, 0, at("2024-02-01 12:00"))   // counts nowhere
	do(t, s, "5", protocol.Seen, 0, at("2024-02-01 12:00"))      // Comedy, 1978
	do(t, s, "6", protocol.Watchlist, 0, at("2024-03-01 12:00")) // counts nowhere
	got := summary(t, s, protocol.Request{Offset: 3600})
	want := protocol.Summary{
		Liked: 2, Rated: 1, Compared: 1, Periods: []string{"2022", "2023", "2024"}, Entries: []float32{2, 0, 2},
		Genres: []string{"Comedy", "Drama"}, Decades: []string{"1950", "1960", "1970"},
		Parts: []float32{0.5, 0, 1, 0.5, 0, 0, 1, 0, 0, 0, 0, 0.5, 0, 0, 0.5},
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	got = summary(t, s, protocol.Request{})
	if diff := cmp.Diff([]float32{2, 1, 1}, got.Entries); diff != "" {
		t.Errorf("in UTC: -want +got\n%s", diff)
	}
}

// TestSummaryOfMonths: entries of one year stand by month; of more than twelve years the last ones.
func TestSummaryOfMonths(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, at("2024-01-31 12:00"))
	do(t, s, "2", protocol.Like, 0, at("2024-03-01 12:00"))
	if diff := cmp.Diff([]string{"2024-01", "2024-02", "2024-03"}, summary(t, s, protocol.Request{}).Periods); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	s.Load(nil)
	do(t, s, "1", protocol.Like, 0, at("2005-01-31 12:00"))
	do(t, s, "2", protocol.Like, 0, at("2024-03-01 12:00"))
	got := summary(t, s, protocol.Request{})
	if n := len(got.Periods); n != protocol.MostPeriods || got.Periods[0] != "2013" || got.Earlier != 1 || got.Entries[n-1] != 1 {
		t.Errorf("of 20 years: %+v", got)
	}
}

// TestSummaryOfDepth: item r of Parity is the r+1st best known one, see TestDepth of engine.
func TestSummaryOfDepth(t *testing.T) {
	s, _ := parity()
	for i, id := range []catalog.ID{"31", "1", "5", "3", "7"} {
		do(t, s, id, protocol.Like, 0, int64(100+i))
	}
	got := summary(t, s, protocol.Request{})
	near(t, "depth", got.Depth, 5./60)
	near(t, "the crowd's depth", got.CrowdDepth, 18./60)
}

// TestSummaryBesideTheCrowd: every item has 10 ratings, with a mean of 3 or 4, so that cards show
// (10·3.5 + 10·3)/20 = 3.25, or 3.75. The visitor gives five of the first 3 3 4 4 4 and five of the second
// 4 5 5 5 5: 4.2 on average and 0.7 more; the squares of the differences sum to 8.125, so that the variance is
// (8.125 - 10·0.7²)/9 = 0.3583 and the standard error √0.03583 = 0.1893. The correlation is
// 1.5/√(5.6·0.625) = 0.8018, atanh of it 1.1037 ± 1.96/√7.
func TestSummaryBesideTheCrowd(t *testing.T) {
	b := enginetest.Parity(60)
	for r := range b.Statistics.Count {
		b.Statistics.Count[r], b.Statistics.Mean[r] = 10, float32(3+r%2)
	}
	s := New(engine.New(b))
	given := map[catalog.ID]float32{"1": 3, "3": 3, "5": 4, "7": 4, "9": 4, "2": 4, "4": 5, "6": 5, "8": 5, "10": 5}
	for i, id := range []catalog.ID{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
		do(t, s, id, protocol.Rate, given[id], int64(100+i))
	}
	do(t, s, "11", protocol.Like, 0, 200) // no stars
	got := summary(t, s, protocol.Request{ID: "20,nowhere,21"})
	if got.Compared != 10 || got.Rated != 10 || got.Tested != 10 || len(got.Guesses) != 2 {
		t.Fatalf("%+v", got)
	}
	near(t, "beyond", got.Beyond, 0.7)
	near(t, "doubt", got.Doubt, 0.1893)
	near(t, "follows", got.Follows, 0.8018)
	near(t, "at least", got.Least, 0.3478)
	near(t, "at most", got.Most, 0.9512)

	rows, stars := make([]catalog.Row, 10), make([]float32, 10)
	for i := range rows {
		rows[i] = catalog.Row(i)
		stars[i] = given[s.catalog.IDs[i]]
	}
	guesses := s.engine.GuessStars(rows, stars, []catalog.Row{19, 20})
	if diff := cmp.Diff(guesses.Stars, got.Guesses); diff != "" {
		t.Errorf("-engine +session\n%s", diff)
	}
	near(t, "off", got.Off, float64(guesses.Off[8])) // the 9th of 10: 9/11 is the first share of 0.8 or more
	near(t, "off on average", got.MeanOff, float64(guesses.MeanOff))
}

// TestNoVarianceNoCorrelation: who gives everything the same stars follows no one.
func TestNoVarianceNoCorrelation(t *testing.T) {
	s, _ := parity()
	for i := range 12 {
		do(t, s, s.catalog.IDs[i], protocol.Rate, 4, int64(100+i))
	}
	if got := summary(t, s, protocol.Request{}); got.Follows != 0 || got.Least != 0 || got.Most != 0 || got.Compared != 12 {
		t.Errorf("%+v", got)
	}
}
