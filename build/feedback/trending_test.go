package feedback

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// everybody makes a log in which each of n visitors did the same.
func everybody(n int, events ...event.Event) *Log {
	l := new(Log)
	for v := range n {
		l.Events = append(l.Events, did(v+1, events...)...)
	}
	return l
}

// aged moves every event of l into the past.
func (l *Log) aged(by int64) *Log {
	for i := range l.Events {
		l.Events[i].At -= by
	}
	return l
}

func TestTrending(t *testing.T) {
	for _, test := range []struct {
		name string
		log  *Log
		want []Trend
	}{
		// Ages of at most a minute weigh 1 - 7·10⁻⁵.
		{"a like", everybody(10, on(event.Like, "a")), []Trend{{"a", 10, 10}}},
		{"a week ago", everybody(10, on(event.Like, "a")).aged(7 * day), []Trend{{"a", 5, 10}}},
		{"two weeks ago", everybody(10, on(event.Like, "a")).aged(14 * day), []Trend{{"a", 2.5, 10}}},
		{"six half-lives ago", everybody(10, on(event.Like, "a")).aged(42 * day), nil},
		{"nine visitors", everybody(9, on(event.Like, "a")), nil},
		{"weights", everybody(20, on(event.View, "a"), card(event.Click, "b", "for-you", 1), rated("c", 3.5), rated("d", 3)), []Trend{{"c", 20, 20}, {"a", 10, 20}, {"b", 5, 20}}},
		{"the strongest deed of a day", everybody(10, card(event.Click, "a", "for-you", 1), on(event.View, "a"), on(event.Like, "a"), on(event.View, "a")), []Trend{{"a", 10, 10}}},
		{"taken back", everybody(10, on(event.Like, "a"), event.Event{Kind: event.Undo}), nil},
		{"to be seen, disliked or kept is nothing", everybody(10, card(event.Impression, "a", "for-you", 1), on(event.Dislike, "a"), on(event.Watchlist, "a")), nil},
		{"nothing", new(Log), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i := range test.log.Events { // what an undo names is the event before it
				if e := &test.log.Events[i]; e.Kind == event.Undo {
					e.Cause = test.log.Events[i-1].ID
				}
			}
			got := test.log.Trending(TrendingOptions{}).Items
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Trending (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOneVisitorMovesLittle has twelve honest visitors an item, and one who
// sends a thousand likes for another one of theirs on two days.
func TestOneVisitorMovesLittle(t *testing.T) {
	l := everybody(12, on(event.Like, "a"), on(event.Like, "b"))
	var spam []event.Event
	for range 1000 {
		spam = append(spam, on(event.Like, "b"))
	}
	attack := did(99, spam...)
	for i := range attack {
		attack[i].At, attack[i].Received = noon-int64(i%2)*day, noon
	}
	l.Events = append(l.Events, attack...)
	trends := l.Trending(TrendingOptions{HalfLife: 1000 * 24 * time.Hour})
	got, at := trends.Items, trends.At
	if want := []Trend{{"b", 14, 13}, {"a", 12, 12}}; !slices.Equal(got, want) {
		t.Errorf("Trending: %v, want %v", got, want)
	}
	if want := (noon + 2*minute) / 1000; at != want {
		t.Errorf("as of %d, want the newest arrival %d", at, want)
	}
}

func TestTrendingIsBounded(t *testing.T) {
	var events []event.Event
	for i := range 250 {
		events = append(events, on(event.Like, catalog.ID("m"+strconv.Itoa(i))))
	}
	l := everybody(10, events...)
	known := func(item catalog.ID) bool { return item != "m249" }
	got := l.Trending(TrendingOptions{Known: known}).Items
	if len(got) != MaxTrending || got[0].Score != 10 || slices.ContainsFunc(got, func(t Trend) bool { return t.Item == "m249" }) {
		t.Errorf("%d movies are trending, the first %+v", len(got), got[0])
	}
}

// TestSince leaves out the segments of earlier days, and none whose name has no day.
func TestSince(t *testing.T) {
	one := func(n int) []byte { return segment(record(noon, noon, click(n, 1, noon))) }
	segments := map[string][]byte{
		"events/2025-11-22/23-a.seg": one(1), "events/2025-11-23/00-b.seg": one(2), "events/2025-11-24/12-c.seg": one(3),
		"rescued/2025-11-01/12-d.seg": one(4), "compacted.seg": one(5), "events/2025-99-99x/a.seg": one(6),
	}
	since := time.Date(2025, 11, 23, 18, 0, 0, 0, time.UTC)
	for _, from := range []string{stored(t, segments), "s3://feedback"} {
		l, r := open(t, from, Options{Since: since, Getenv: served(t, segments, nil)})
		if diff := cmp.Diff([]int{2, 3, 5, 6}, ids(l)); diff != "" || r.Skipped != 2 || r.Segments != 4 {
			t.Errorf("%s: %d segments, %d skipped; events (-want +got):\n%s", from, r.Segments, r.Skipped, diff)
		}
	}
}
