package engine

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
)

// TestListsKeepToTheirQuotasAndAreFull: the items that are chosen keep to them, and the list of these
// alone has all of them; as few share a value as a full list lets be.
func TestListsKeepToTheirQuotasAndAreFull(t *testing.T) {
	const n = 900
	e := New(priced(enginetest.Parity(n), func(r int) bool { return true }))
	price, history := e.Values("price"), feature.History{{Row: 3, Stars: 5}, {Row: 41, Stars: 5}}
	lists := map[string]func(k int, among filter.Set) []catalog.Row{
		"similar": func(k int, among filter.Set) (rows []catalog.Row) {
			for _, s := range e.SimilarAmong(8, k, among) {
				rows = append(rows, s.Row)
			}
			return rows
		},
		"together": func(k int, among filter.Set) (rows []catalog.Row) {
			for _, c := range e.Together([]catalog.Row{8, 3}, k, among) {
				rows = append(rows, c.Row)
			}
			return rows
		},
		"popular": func(k int, among filter.Set) []catalog.Row {
			rows, _ := e.Browse(Filter{Genre: AllGenres, Among: among}, ByPopularity, 0, k)
			return rows
		},
		"recommend": func(k int, among filter.Set) []catalog.Row {
			var rows []catalog.Row
			for _, r := range e.Recommend(Query{History: history, Filter: Filter{Genre: AllGenres, Among: among}, K: k, Variety: 0.3}) {
				rows = append(rows, r.Row)
			}
			return rows
		},
	}
	// price is r%100 but for every seventh item, which has none
	for _, test := range []struct {
		most, diversity string
		k, want         int
	}{{"price:1", "", 20, 1}, {"price:1", "", 60, 1}, {"price:2", "", 120, 2}, {"", "price", 20, 1}, {"price:500", "", 20, 20}} {
		for name, list := range lists {
			q, err := e.Quotas(test.most, "", test.diversity)
			if err != nil {
				t.Fatal(err)
			}
			set := e.Within(q, test.k, func(n int) []catalog.Row { return list(n, nil) })
			rows, count, shared := list(test.k, set), map[float64]int{}, 0
			for _, r := range rows {
				if v, ok := price.Number(r); ok {
					count[v]++
					shared = max(shared, count[v])
				}
			}
			if len(rows) != test.k || set.Of(n) != test.k || shared > test.want {
				t.Errorf("max %q, diversity %q: %s has %d of %d items, want %d, and %d of one price, want %d", test.most, test.diversity, name, len(rows), set.Of(n), test.k, shared, test.want)
			}
		}
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
