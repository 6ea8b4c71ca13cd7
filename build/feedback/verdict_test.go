package feedback

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// did makes a visitor's events out of kinds, in their order, a minute apart;
// events that name what they mean get numbers from 1 on.
func did(of int, events ...event.Event) []Event {
	var all []Event
	for i, e := range events {
		at := noon + int64(i+1)*minute
		e.ID, e.At, e.Visitor, e.Session, e.Seq = id(1000*of+i+1), at, visitor(of), id(1000*of), uint32(i)
		all = append(all, Event{Event: e, At: at, Received: at, Site: "shop"})
	}
	return all
}

// on is an event of a kind on an item.
func on(kind event.Kind, item catalog.ID) event.Event { return event.Event{Kind: kind, Item: item} }

func rated(item catalog.ID, stars float32) event.Event {
	return event.Event{Kind: event.Rate, Item: item, Stars: stars}
}

// card is an event of a kind on a card.
func card(kind event.Kind, item catalog.ID, list string, position uint16) event.Event {
	return event.Event{Kind: kind, Item: item, Place: &event.Place{List: list, Position: position}}
}

func TestFold(t *testing.T) {
	first := &event.Place{List: "for-you", Position: 1}
	for _, test := range []struct {
		name   string
		events []event.Event
		want   []verdict
	}{
		{"a like is five stars", []event.Event{on(event.Like, "a")}, []verdict{{item: "a", said: event.Like, stars: 5, at: noon + minute}}},
		{"the last rating counts", []event.Event{rated("a", 2), on(event.Like, "b"), rated("a", 4)}, []verdict{
			{item: "a", said: event.Rate, stars: 4, at: noon + 3*minute}, {item: "b", said: event.Like, stars: 5, at: noon + 2*minute}}},
		{"a dislike takes the movie out, its click too", []event.Event{card(event.Click, "a", "for-you", 1), on(event.Dislike, "a")}, []verdict{
			{item: "a", said: event.Dislike, at: noon + 2*minute, opened: true, last: noon + minute, place: first}}},
		{"a clear takes an opinion back and leaves the click", []event.Event{card(event.Click, "a", "for-you", 1), rated("a", 1), on(event.Clear, "a")}, []verdict{
			{item: "a", at: noon + 2*minute, opened: true, last: noon + minute, place: first}}},
		{"a clear without an opinion takes the movie off the watchlist", []event.Event{on(event.Watchlist, "a"), on(event.Clear, "a")}, []verdict{{item: "a"}}},
		{"the watchlist is no opinion", []event.Event{on(event.Like, "a"), on(event.Watchlist, "a"), on(event.Clear, "a")}, []verdict{{item: "a", watch: true, at: noon + minute}}},
		{"undo brings back what was said before", []event.Event{rated("a", 4), on(event.NotInterested, "a"), {Kind: event.Undo, Cause: id(1002)}}, []verdict{
			{item: "a", said: event.Rate, stars: 4, at: noon + minute}}},
		{"undo of a clear", []event.Event{on(event.Like, "a"), on(event.Clear, "a"), {Kind: event.Undo, Cause: id(1002)}}, []verdict{
			{item: "a", said: event.Like, stars: 5, at: noon + minute}}},
		{"undo of another visitor's event", []event.Event{on(event.Like, "a"), {Kind: event.Undo, Cause: id(2001)}}, []verdict{
			{item: "a", said: event.Like, stars: 5, at: noon + minute}}},
		{"a view after the click keeps its card", []event.Event{card(event.Click, "a", "for-you", 1), on(event.View, "a")}, []verdict{
			{item: "a", opened: true, last: noon + 2*minute, place: first}}},
		{"a purchase outlives a view", []event.Event{on(event.View, "a"), {Kind: event.Purchase, Item: "a", Count: 3}, on(event.View, "a"), {Kind: event.Return, Item: "a", Count: 1}}, []verdict{
			{item: "a", bought: 2, took: noon + 2*minute, opened: true, last: noon + 3*minute}}},
		{"a return takes all back, and the cart stays", []event.Event{on(event.Cart, "a"), on(event.Purchase, "a"), on(event.Return, "a")}, []verdict{
			{item: "a", taken: event.Cart, took: noon + 2*minute}}},
		{"some seconds of a play are a click", []event.Event{{Kind: event.Play, Item: "a", Value: 2999}, {Kind: event.Play, Item: "b", Value: 3000}, {Kind: event.Read, Item: "c", Value: 49}, on(event.Read, "d")}, []verdict{
			{item: "a", opened: true, last: noon + minute}, {item: "b", taken: event.Play, took: noon + 2*minute},
			{item: "c", opened: true, last: noon + 3*minute}, {item: "d", taken: event.Read, took: noon + 4*minute}}},
		{"to be seen is nothing", []event.Event{card(event.Impression, "a", "for-you", 1), {Kind: event.Exposure, Layer: "mix"}, {Kind: event.Start, Value: 93}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, fold(did(1, test.events...)), cmp.AllowUnexported(verdict{})); diff != "" {
				t.Errorf("fold (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVisitors(t *testing.T) {
	a, b := did(1, on(event.Like, "x"), on(event.Like, "y")), did(2, on(event.Like, "x"))
	var got []int
	for events := range (&Log{Events: slices.Concat(a, b)}).Visitors() {
		got = append(got, len(events))
	}
	if diff := cmp.Diff([]int{2, 1}, got); diff != "" {
		t.Errorf("events of each visitor (-want +got):\n%s", diff)
	}
}
