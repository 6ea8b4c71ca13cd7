package abtest

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// worth is a purchase of an item: its money in hundredths, and pieces.
func worth(item catalog.ID, value uint32, currency string, pieces uint32) func(*event.Event) {
	return func(e *event.Event) {
		e.Item, e.Value, e.Count = item, value, pieces
		copy(e.Currency[:], currency)
	}
}

// TestPurchasesByHand follows one visitor: two purchases in one session make a basket of
// three pieces, one in Swiss francs has no revenue beside the euros of all others, and of two
// pieces one goes back a day later.
func TestPurchasesByHand(t *testing.T) {
	l := layerOf(t, duo)
	var s scribe
	v := visitorIn(l, "other", 1)
	s.add(v, 2, "other", event.Exposure, 10)
	s.add(v, 2, "other", event.Purchase, 20, worth("a", 2500, "EUR", 2))
	s.add(v, 2, "other", event.Purchase, 21, worth("b", 1000, "EUR", 0))
	s.add(v, 3, "other", event.Purchase, 40_000, worth("c", 900, "CHF", 1))
	s.add(v, 3, "other", event.Return, 40_001, worth("z", 0, "", 0)) // never bought
	s.add(v, 4, "other", event.Return, 86_400+5, worth("a", 0, "", 1))
	s.add(v, 4, "other", event.Return, 86_400+6, worth("b", 0, "", 0))
	got := Collect(&s.log, l)
	want := []Day{
		{0, Counts{Present: 1, Bought: 1, Baskets: 2, Pieces: 4, Revenue: 35}},
		{1, Counts{Present: 1, Pieces: -2, Revenue: -22.5}},
	}
	if d := cmp.Diff(want, got.Visitors[0].Days); d != "" {
		t.Errorf("days: -want +got\n%s", d)
	}
	if got.Currency != "EUR" || got.Excluded.Currencies != 1 {
		t.Errorf("currency %q, %d purchases in others", got.Currency, got.Excluded.Currencies)
	}
}

// TestReportOfPurchases plants an arm whose visitors buy twice as often: conversion and
// revenue find it, one visitor who says that they spent millions moves neither, and a layer
// in which no one buys has no such measure.
func TestReportOfPurchases(t *testing.T) {
	l := layerOf(t, duo)
	log := func(buy bool) *scribe {
		s := new(scribe)
		for i, arm := range []string{"control", "other"} {
			for n := range 600 {
				v := visitorIn(l, arm, 1000*i+n)
				s.add(v, 1, arm, event.Exposure, 10)
				s.add(v, 1, arm, event.Impression, 11, on("for-you", "a"))
				if buy && n%10 <= i {
					s.add(v, 1, arm, event.Purchase, 20, worth("a", uint32(1000+n%7*100), "EUR", 1))
				}
				if buy && arm == "control" && n == 0 {
					s.add(v, 1, arm, event.Purchase, 30, worth("b", math.MaxUint32, "EUR", 10_000))
				}
			}
		}
		return s
	}
	r := Collect(&log(true).log, l).Analyze(l, DefaultOptions())
	conversion, revenue, basket := r.Get("conversion", "other"), r.Get("revenue", "other"), r.Get("basket", "other")
	if conversion == nil || revenue == nil || basket == nil {
		t.Fatalf("measures of purchases are missing: %+v", r.Metrics)
	}
	if d := conversion.Difference; math.Abs(d.Value-.1) > 1e-9 || d.Low <= 0 {
		t.Errorf("conversion differs by %+v, want .1 and above 0", d)
	}
	if d := revenue.Difference; d.Low <= 0 || d.Value < .8 || d.Value > 1.6 {
		t.Errorf("revenue differs by %+v, want about 1.3, a tenth of 13", d)
	}
	if r.Fence.Revenue > 100 {
		t.Errorf("a visitor counts for up to %g of revenue", r.Fence.Revenue)
	}
	if text := strings.Join(r.Findings, "\n"); !strings.Contains(text, "Revenue is in EUR, less what was sent back") {
		t.Errorf("the report says\n%s", text)
	}
	if none := Collect(&log(false).log, l).Analyze(l, DefaultOptions()); none.Get("conversion", "other") != nil || len(none.Metrics) != len(measures)-selling {
		t.Errorf("no one bought, and there is %+v", none.Metrics)
	}
}
