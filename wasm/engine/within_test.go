package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// TestListsKeepToTheirQuotasAndAreFull: however few values there are, lists of every kind hold k items
// where k items keep to the quotas, and no others; as few share a value as a full list lets be.
func TestListsKeepToTheirQuotasAndAreFull(t *testing.T) {
	const n = 900
	e := New(priced(enginetest.Parity(n), func(r int) bool { return true }))
	price := e.Values("price")
	shared := func(rows []catalog.Row) (most int) { // how many share a price
		count := map[float64]int{}
		for _, r := range rows {
			if v, ok := price.Number(r); ok {
				count[v]++
				most = max(most, count[v])
			}
		}
		return most
	}
	lists := func(most, diversity string, k int) map[string][]catalog.Row {
		q, err := e.Quotas(most, "", diversity)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]catalog.Row{}
		for _, s := range e.SimilarWithin(8, k, nil, q) {
			all["similar"] = append(all["similar"], s.Row)
		}
		for _, c := range e.TogetherWithin([]catalog.Row{8, 3}, k, nil, q) {
			all["together"] = append(all["together"], c.Row)
		}
		all["popular"], _ = e.BrowseWithin(everything, ByPopularity, 0, k, q)
		history := feature.History{{Row: 3, Stars: 5}, {Row: 41, Stars: 5}}
		for _, variety := range []float32{0, 0.3} {
			for _, r := range e.Recommend(Query{History: history, Filter: everything, K: k, Variety: variety, Quotas: q}) {
				all["recommend"] = append(all["recommend"], r.Row)
			}
			if variety == 0 && len(all["recommend"]) != k {
				t.Errorf("max %q, diversity %q: %d recommendations, want %d", most, diversity, len(all["recommend"]), k)
			}
			all["recommend"] = all["recommend"][:min(k, len(all["recommend"]))]
		}
		return all
	}
	// price is r%100 but for every seventh item, which has none: nearly all items are within reach
	for _, test := range []struct {
		most, diversity string
		k, want         int
	}{{"price:1", "", 20, 1}, {"price:1", "", 150, 1}, {"price:2", "", 250, 2}, {"", "price", 20, 1}} {
		for name, rows := range lists(test.most, test.diversity, test.k) {
			if len(rows) != test.k || shared(rows) > test.want {
				t.Errorf("max %q, diversity %q: %s has %d items, want %d, and %d of one price, want %d", test.most, test.diversity, name, len(rows), test.k, shared(rows), test.want)
			}
		}
	}
	if rows := lists("price:500", "", 20); !slices.Equal(rows["popular"], e.sorted(ByPopularity)[:20]) {
		t.Errorf("a quota that nothing reaches changes the list to %v", rows["popular"])
	}
}

// TestPricesAreThoseOfTheColumns: and an item without one has none.
func TestPricesAreThoseOfTheColumns(t *testing.T) {
	e := New(priced(enginetest.Parity(40), func(r int) bool { return true }))
	for r := range catalog.Row(40) {
		price, currency, known := e.Price(r)
		if known != (r%7 > 0) || known && price != float64(r%100) || currency != "" {
			t.Errorf("Price(%d) = %v, %q, %t", r, price, currency, known)
		}
	}
	if _, err := e.Labels("badge", "price"); err == nil || err.Error() != `badge "price", column 1: price is a number, and a card shows a text or a list of texts` {
		t.Errorf("a badge of numbers: %v", err)
	}
}
