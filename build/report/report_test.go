package report

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// scribe writes a log, event by event.
type scribe struct {
	log  feedback.Log
	next uint64
}

// add writes what visitor v did in a session so many minutes after noon, and returns
// its id. Visitors come in the order of the log.
func (s *scribe) add(v, session byte, minutes int, kind event.Kind, item catalog.ID, change ...func(*event.Event)) event.ID {
	s.next++
	e := event.Event{Kind: kind, Visitor: event.Visitor{v}, Session: event.ID{session}, Item: item, Bundle: event.Bundle{7}}
	binary.BigEndian.PutUint64(e.ID[8:], s.next)
	for _, f := range change {
		f(&e)
	}
	at := noon.Add(time.Duration(minutes) * time.Minute).UnixMilli()
	s.log.Events = append(s.log.Events, feedback.Event{Event: e, Site: "shop", At: at, Received: at})
	return e.ID
}

func on(list string, position uint16) func(*event.Event) {
	return func(e *event.Event) { e.Place = &event.Place{List: list, Position: position} }
}

func paid(cents, pieces uint32, currency string) func(*event.Event) {
	return func(e *event.Event) { e.Value, e.Count = cents, pieces; copy(e.Currency[:], currency) }
}

func takesBack(id event.ID) func(*event.Event) { return func(e *event.Event) { e.Cause = id } }

// books is a catalog of the items a, b, c and d.
func books() *catalog.Catalog {
	c := &catalog.Catalog{IDs: []catalog.ID{"a", "b", "c", "d"}, Titles: []string{"A", "B", "C", "D"}, Years: make([]int16, 4), Genres: make([][]uint8, 4), Tags: make([][]uint16, 4)}
	c.Index()
	return c
}

func (s *scribe) report(t *testing.T, change ...func(*Sources)) *Report {
	t.Helper()
	from := Sources{
		Log: &s.log, Read: &feedback.Report{}, Catalog: books(), Guard: feedback.DefaultGuard,
		From: noon.AddDate(0, 0, -10), Until: noon.AddDate(0, 0, 10),
		Service: Service{Bundle: "07" + strings.Repeat("0", 62)},
	}
	for _, f := range change {
		f(&from)
	}
	return New(from)
}

// TestCounts has a log that was counted by hand.
func TestCounts(t *testing.T) {
	var s scribe
	s.add(1, 1, 0, event.Impression, "a", on("similar", 1))
	s.add(1, 1, 0, event.Impression, "b", on("similar", 2))
	s.add(1, 1, 1, event.Impression, "a", on("similar", 1)) // the same card again
	s.add(1, 1, 1, event.Click, "a", on("similar", 1))
	s.add(1, 1, 2, event.Click, "a", on("similar", 1))                       // once a card
	s.add(1, 1, 3, event.Click, "c", on("popular", 30))                      // within the first second: seen, too
	s.add(1, 1, 4, event.Cart, "a", paid(1000, 1, "EUR"))                    // similar
	s.add(1, 1, 5, event.Cart, "a", paid(1000, 1, "EUR"))                    // once a session and item
	s.add(1, 1, 6, event.Purchase, "a", paid(2000, 2, "EUR"))                // similar: two pieces
	s.add(1, 1, 6, event.Purchase, "d", paid(500, 1, "EUR"))                 // no list
	s.add(1, 2, 60, event.Return, "a", paid(0, 1, ""))                       // one of the two
	s.add(1, 2, 61, event.Like, "c")                                         // popular
	s.add(1, 2, 62, event.Rate, "c", func(e *event.Event) { e.Stars = 5 })   // once an item
	s.add(1, 2, 63, event.Play, "c", func(e *event.Event) { e.Value = 500 }) // 5 seconds: no more than a click
	s.add(1, 3, 9*24*60, event.Purchase, "c", paid(700, 1, "EUR"))           // nine days after the click: no list

	mistake := s.add(2, 1, 0, event.Like, "b", on("similar", 1))
	s.add(2, 1, 1, event.Undo, "", takesBack(mistake))
	s.add(2, 1, 2, event.Purchase, "b", paid(900, 1, "USD"))
	s.add(2, 1, -11*24*60, event.Impression, "b", on("similar", 1)) // before the time

	s.add(3, 1, 0, event.Purchase, "x", paid(100, 1, "EUR"))
	s.log.Events[len(s.log.Events)-1].Site = serverSite

	r := s.report(t)
	want := []List{
		{Name: "similar", Visitors: 1, Sessions: 1, Seen: 2, Clicked: 1, Deeds: Deeds{Carted: 1, Bought: 1, Revenue: 10}, Positions: []Position{{1, 1}, {1, 0}}},
		{Name: "popular", Visitors: 1, Sessions: 1, Seen: 1, Clicked: 1, Deeds: Deeds{Liked: 1}, Positions: append(make([]Position, mostPositions-1), Position{1, 1})},
	}
	if diff := cmp.Diff(want, r.Lists); diff != "" {
		t.Errorf("the lists (-want +got):\n%s", diff)
	}
	// Pieces: a 2-1, d 1, c 1, b 1, x 1. Euros: a 10, d 5, c 7, x 1.
	if want := (Deeds{Liked: 1, Carted: 1, Bought: 5, Revenue: 23}); r.Any != want || r.Currency != "EUR" || r.Foreign != 1 {
		t.Errorf("in all %+v in %s and %d in other currencies, want %+v in EUR and 1", r.Any, r.Currency, r.Foreign, want)
	}
	if r.Visitors != 2 || r.Watchers != 1 || r.Total.Sessions != 1 || r.Total.Seen != 3 {
		t.Errorf("%d devices, %d saw %d cards in %d sessions; want 2, of which 1 saw 3 in 1", r.Visitors, r.Watchers, r.Total.Seen, r.Total.Sessions)
	}
	if want := (Coverage{Items: 4, Seen: 3, Clicked: 2, Half: 2}); r.Coverage != want {
		t.Errorf("coverage %+v, want %+v", r.Coverage, want)
	}
	if want := []Day{
		{Date: "2026-11-20", Visitors: 1, Seen: 3, Clicked: 2, Deeds: Deeds{Liked: 1, Carted: 1, Bought: 4, Revenue: 16}},
		{Date: "2026-11-29", Deeds: Deeds{Bought: 1, Revenue: 7}},
	}; !cmp.Equal(want, r.Days) {
		t.Errorf("the days (-want +got):\n%s", cmp.Diff(want, r.Days))
	}
}

// TestRate has ten visitors: the rate is told, of nine it is not. Visitor i sees two
// cards and clicks on one where i is even: 5 of 20, and by hand the standard
// error is √(Σ(L-R)²/9/10) = √(10·.0625/90) = .0833, Student's quantile 2.262.
func TestRate(t *testing.T) {
	var s scribe
	for i := range byte(10) {
		if r := s.report(t); len(r.Lists) > 0 && r.Lists[0].Rate != nil {
			t.Errorf("of %d visitors a rate is told", i)
		}
		s.add(i+1, 1, 0, event.Impression, "a", on("similar", 1))
		s.add(i+1, 1, 0, event.Impression, "b", on("similar", 2))
		if i%2 == 0 {
			s.add(i+1, 1, 1, event.Click, "a", on("similar", 1))
		}
	}
	got := rate(s.report(t).Lists[0].Rate)
	if want := "25.0 % (6.1 to 43.9)"; got != want {
		t.Errorf("the rate is %s, want %s", got, want)
	}
}

// TestModels says which models cards of the last days were seen of.
func TestModels(t *testing.T) {
	var s scribe
	s.add(1, 1, 0, event.Impression, "a", on("similar", 1))
	s.add(1, 1, 0, event.Impression, "b", on("similar", 2))
	s.add(1, 2, 1, event.Impression, "a", on("similar", 1), func(e *event.Event) { e.Bundle = event.Bundle{} })
	s.add(1, 3, -8*24*60, event.Impression, "a", on("similar", 1), func(e *event.Event) { e.Bundle = event.Bundle{1} })
	r := s.report(t, func(s *Sources) { s.Until = noon.Add(time.Hour) })
	want := []Model{{Bundle: r.Service.Bundle, Seen: 2, Share: 2. / 3, Newest: true}, {Seen: 1, Share: 1. / 3}}
	if diff := cmp.Diff(want, r.Models); diff != "" {
		t.Errorf("the models (-want +got):\n%s", diff)
	}
	if !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "33.3 % of the cards") }) {
		t.Errorf("no note says that a third names no model: %q", r.Notes)
	}
}

// TestConsent is told where the owner counts, and else said to be unknown.
func TestConsent(t *testing.T) {
	var s scribe
	s.add(1, 1, 0, event.Impression, "a", on("similar", 1))
	for _, c := range []struct {
		visitors    int
		value, note string
	}{{0, "not recorded", "Which share"}, {4, "25.0 %", ""}, {0, "not recorded", "--visitors N"}} {
		r := s.report(t, func(s *Sources) { s.Visitors = c.visitors })
		if got := r.Overview()[1]; got.Name != "agreed to share" || got.Value != c.value {
			t.Errorf("--visitors %d: %+v, want %s", c.visitors, got, c.value)
		}
		if !strings.Contains(strings.Join(r.Notes, "\n"), c.note) {
			t.Errorf("--visitors %d: no note has %q", c.visitors, c.note)
		}
	}
}

// TestForgedNames: what a page's script made up is neither markup nor a formula, and
// no number of lists makes the page long.
func TestForgedNames(t *testing.T) {
	var s scribe
	for i := range 60 {
		s.add(1, 1, 0, event.Impression, "a", on(fmt.Sprintf("=cmd|%d<script>", i), 1))
	}
	r := s.report(t, func(s *Sources) {
		for i := range 50 {
			s.Read.Dead = append(s.Read.Dead, feedback.Count{Name: fmt.Sprintf("reason %d <img src=x>", i), Count: 1})
		}
	})
	if len(r.Lists) != mostLists || r.Others != 60-mostLists || r.Total.Seen != 60 {
		t.Errorf("%d lists, %d others, %d cards; want %d, %d, 60", len(r.Lists), r.Others, r.Total.Seen, mostLists, 60-mostLists)
	}
	var page bytes.Buffer
	if err := r.WritePage(&page); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img"} {
		if strings.Contains(page.String(), bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	if !strings.Contains(page.String(), "30 more reasons") {
		t.Error("the page does not say how many reasons it leaves out")
	}
	for _, table := range r.Tables() {
		var b bytes.Buffer
		if err := table.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if strings.HasPrefix(row[0], "=") {
				t.Errorf("%s has a formula: %q", table.Name, row[0])
			}
		}
	}
}

// TestGreedyVisitor: one visitor's cards beyond a bound do not count, and are named.
func TestGreedyVisitor(t *testing.T) {
	var s scribe
	for i := range mostCards + 5 {
		s.add(1, 1, 0, event.Click, catalog.ID(fmt.Sprint(i)), on("similar", 1))
	}
	if r := s.report(t); r.Total.Clicked != mostCards || r.Excess != 5 {
		t.Errorf("%d clicks count and %d do not, want %d and 5", r.Total.Clicked, r.Excess, mostCards)
	}
}

// TestNothingHappened: a report of a new site is whole, and says so.
func TestNothingHappened(t *testing.T) {
	var s scribe
	var page, table bytes.Buffer
	r := s.report(t)
	if err := r.WritePage(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"No one who shares has seen a list", "nothing is tried out", "not recorded"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if text := page.String() + table.String(); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Error("a share of nothing is printed")
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		before time.Duration
		want   string
	}{{time.Minute, "1 minute ago"}, {119 * time.Minute, "119 minutes ago"}, {2 * time.Hour, "2 hours ago"}, {49 * time.Hour, "2 days ago"}, {-time.Hour, "in the future: 2026-11-20 13:00:00"}} {
		if got := age(noon.Add(-c.before), noon); got != c.want {
			t.Errorf("age of %v is %q, want %q", c.before, got, c.want)
		}
	}
	if got := age(time.Time{}, noon); got != "not known" {
		t.Errorf("age of no moment is %q", got)
	}
}

// TestStarts: of a device only so many count, and one without a time failed.
func TestStarts(t *testing.T) {
	var s scribe
	took := func(hundredths uint32) func(*event.Event) { return func(e *event.Event) { e.Value = hundredths } }
	if got := s.report(t).Beginnings(); len(got) != 1 || got[0].Value != "0" {
		t.Errorf("without a start: %+v", got)
	}
	for i := range uint32(10) {
		s.add(1, 1, int(i), event.Start, "", took(100+10*i))
	}
	for range mostStarts + 7 {
		s.add(2, 2, 20, event.Start, "", took(0))
	}
	r := s.report(t)
	if want := (Starts{Count: 10 + mostStarts, Failed: mostStarts, Median: 1.5, Slowest: 1.9}); r.Starts != want {
		t.Errorf("starts are %+v, want %+v", r.Starts, want)
	}
	if r.Watchers != 0 || r.Total.Seen != 0 || r.Any != (Deeds{}) {
		t.Errorf("a start is %d watchers, %d cards and %+v", r.Watchers, r.Total.Seen, r.Any)
	}
	if got := r.Beginnings()[1]; got.Note != "95.2 % of the starts" {
		t.Errorf("failed: %+v", got)
	}
}
