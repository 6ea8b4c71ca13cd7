package session

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// shelf returns a session over items of four authors in turn, with a price of the row's number.
func shelf(n int) *Session {
	b := enginetest.Parity(n)
	author := attribute.Column{Name: "author", Texts: attribute.Texts{All: "Ann\nBob\nCid\nDee\n", Ends: []uint32{3, 7, 11, 15}}}
	currency := attribute.Column{Name: "currency", Texts: attribute.Texts{All: "EUR\n", Ends: []uint32{3}}}
	price := attribute.Column{Name: "price", Kind: attribute.Number}
	var authors, currencies, prices []uint32
	for r := range n {
		authors, currencies, prices = append(authors, uint32(1+r%4)), append(currencies, 1), append(prices, uint32(1+r))
		price.Numbers.Offsets = append(price.Numbers.Offsets, uint32(r))
	}
	author.Bits, author.Codes = attribute.Pack(authors, 4)
	currency.Bits, currency.Codes = attribute.Pack(currencies, 1)
	price.Bits, price.Codes = attribute.Pack(prices, n)
	b.Catalog.Attributes = []attribute.Column{author, currency, price}
	return New(engine.New(b))
}

// TestNoListHasWhatIsExcluded: of any verb, and the answer says which excluded ids the catalog lacks.
func TestNoListHasWhatIsExcluded(t *testing.T) {
	s := shelf(120)
	for i, id := range []catalog.ID{"1", "3", "5"} {
		do(t, s, id, protocol.Like, 0, int64(100+i))
	}
	for _, q := range []protocol.Request{
		{Verb: protocol.Item, ID: "9"}, {Verb: protocol.Basket, ID: "9,10"}, {Verb: protocol.Browse}, {Verb: protocol.Browse, Offset: 3},
		{Verb: protocol.Recommend}, {Verb: protocol.Recommend, Variety: -1},
	} {
		q.K = 8
		first := ask(t, s, q).Cards
		q.Exclude = []catalog.ID{first[0].ID, "nobody", first[3].ID}
		a := ask(t, s, q)
		for _, c := range a.Cards {
			if slices.Contains(q.Exclude, c.ID) {
				t.Errorf("%s: %s is excluded", q.Verb, c.ID)
			}
		}
		if len(a.Cards) != 8 || len(first) != 8 {
			t.Errorf("%s: %d cards, and %d with exclusions, want 8", q.Verb, len(first), len(a.Cards))
		}
		if !slices.Equal(a.Unknown, []catalog.ID{"nobody"}) {
			t.Errorf("%s: unknown are %v", q.Verb, a.Unknown)
		}
	}
}

// TestCardsSayWhatItemsCost: by the overlay, else by the catalog; brand and badge are of the columns
// that the request names.
func TestCardsSayWhatItemsCost(t *testing.T) {
	s := shelf(40)
	s.Overlay(&live.Overlay{Items: []live.Item{
		{ID: "8", Price: live.Amount{Value: 0.5, Known: true}, Currency: "CHF"}, {ID: "9", Price: live.Amount{Value: 0, Known: true}},
	}})
	want := map[catalog.ID]struct {
		price    float64
		currency string
	}{"7": {6, "EUR"}, "8": {0.5, "CHF"}, "9": {0, "EUR"}}
	for _, c := range ask(t, s, protocol.Request{Verb: protocol.Browse, K: 40, Badge: "author"}).Cards {
		if w, ok := want[c.ID]; ok && (c.Price == nil || *c.Price != w.price || c.Currency != w.currency || len(c.Badge) != 1 || c.Brand != nil) {
			t.Errorf("card %+v, want %+v", c, w)
		}
		delete(want, c.ID)
	}
	if len(want) > 0 {
		t.Errorf("no cards of %v", want)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Browse, Badge: "price"}); a.Error == nil || a.Error.Code != "filter" {
		t.Errorf("a badge of numbers: %+v", a.Error)
	}
}

// TestTitlesOfAnotherLanguage: of the column that the request names; the next request has the catalog's own again.
func TestTitlesOfAnotherLanguage(t *testing.T) {
	s := shelf(40)
	plain := map[catalog.ID]string{}
	for _, c := range ask(t, s, protocol.Request{Verb: protocol.Browse, K: 40}).Cards {
		plain[c.ID] = c.Title
	}
	for _, c := range ask(t, s, protocol.Request{Verb: protocol.Browse, K: 40, Titles: "author"}).Cards {
		if !slices.Contains([]string{"Ann", "Bob", "Cid", "Dee"}, c.Title) {
			t.Errorf("%s is called %q, want a name of the column", c.ID, c.Title)
		}
	}
	for _, c := range ask(t, s, protocol.Request{Verb: protocol.Browse, K: 40}).Cards {
		if c.Title != plain[c.ID] {
			t.Errorf("%s is called %q, want %q again", c.ID, c.Title, plain[c.ID])
		}
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Browse, Titles: "nothing"}); a.Error == nil || a.Error.Code != "filter" || !strings.Contains(a.Error.Text, `titles "nothing", column 1: there is no column`) {
		t.Errorf("titles of a column that is not there: %+v", a.Error)
	}
}
