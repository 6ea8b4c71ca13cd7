//go:build !js

package ui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// priced returns a session whose items have prices, minutes, a mark of yes and no, and a number that all share.
func priced(currencies ...string) *uitest.FakeSession {
	f := uitest.Planted(9)
	for _, c := range [][]string{
		append([]string{"price", "number", "4.99", "39.9"}, currencies...), {"runtime", "number", "71", "225"}, {"edition", "number", "1", "1"}, {"pages", "number"},
		{"in_stock", "bool"}, {"country", "text", "France"},
	} {
		for i, text := range c[1:] {
			f.Columns = append(f.Columns, protocol.Value{Column: c[0], Text: text, Listed: i == 0})
		}
	}
	return f
}

// drawnWith returns the page at an address as HTML, and the page.
func drawnWith(t *testing.T, f *uitest.FakeSession, address string) (string, *browsePage) {
	t.Helper()
	s := openAt(t, f, address)
	return app.HTMLString(s.page.view(s)), s.page.(*browsePage)
}

// input is an element of a range's field.
var input = regexp.MustCompile(`<input[^>]*>`)

// field returns the input called id; "" for none.
func field(html, id string) string {
	for _, text := range input.FindAllString(html, -1) {
		if strings.Contains(text, `id="`+id+`"`) {
			return text
		}
	}
	return ""
}

// TestNumbersHaveRanges: each column of numbers that differ has two fields, with its smallest and its largest number,
// and what the address says; the view says how it was understood.
func TestNumbersHaveRanges(t *testing.T) {
	html, p := drawnWith(t, priced("EUR"), "/browse?price=5..20&runtime=..90")
	contains(t, html, "4.99 EUR to 39.9 EUR here", "71 minute to 225 minute here", "price: 5 EUR–20 EUR", "runtime: up to 90 minute", english.MoreRanges, english.Reset,
		fill(english.TakeAway, "name", "price: 5 EUR–20 EUR"))
	for id, parts := range map[string][]string{
		"from-price": {`value="5"`, `placeholder="4.99"`, `type="number"`}, "to-price": {`value="20"`, `placeholder="39.9"`},
		"from-runtime": {`placeholder="71"`, `value=" "`}, "to-runtime": {`value="90"`},
	} {
		for _, part := range parts {
			if text := field(html, id); !strings.Contains(text, part) {
				t.Errorf("field %s is %q, without %s", id, text, part)
			}
		}
	}
	if field(html, "from-edition")+field(html, "from-pages") != "" {
		t.Error("there is a range of a number that all items share, or that none has")
	}
	if got, want := p.by.request().Filter, "price>=5 and price<=20 and runtime<=90"; got != want {
		t.Errorf("asks for %q, want %q", got, want)
	}
	html, _ = drawnWith(t, priced("EUR"), "/zh/browse?price=5..&is=in_stock%3Dtrue")
	contains(t, html, "价格：5 EUR 起", "有货：是", "价格下限", "现有 4.99 EUR 到 39.9 EUR")
}

// TestYesAndNoHaveThreeStates: yes, no, either, by a link each.
func TestYesAndNoHaveThreeStates(t *testing.T) {
	for _, c := range []struct{ address, next, says string }{
		{"/browse", "/browse?is=in_stock%3Dtrue", "in stock"},
		{"/browse?is=in_stock%3Dtrue", "/browse?is=in_stock%3Dfalse", "in stock: yes"},
		{"/browse?is=in_stock%3Dyes&price=5..", "/browse?is=in_stock%3Dfalse&price=5..", "in stock: yes"},
		{"/genre/War?is=country%3DFrance&is=in_stock%3Dfalse", "/genre/War?is=country%3DFrance", ": no"},
	} {
		s := openAt(t, priced(), c.address)
		html := strings.ReplaceAll(app.HTMLString(s.page.(*browsePage).yesChips(s)), "&#38;", "&")
		contains(t, html, `href="`+c.next+`"`, c.says, english.YesTurns)
		if current := strings.Contains(html, "aria-current"); current != strings.HasSuffix(c.says, "yes") {
			t.Errorf("%s: the chip is the current one: %v", c.address, current)
		}
		contains(t, app.HTMLString(s.page.view(s)), english.YesTurns)
	}
}

// TestAPageSaysWhatItDoesNotNarrowBy: what cannot be read, what stands the wrong way round, what is no column of numbers, and
// what no item has.
func TestAPageSaysWhatItDoesNotNarrowBy(t *testing.T) {
	for address, want := range map[string]string{
		"/browse?price=abc..":               "left out: price=abc... A range of numbers is written price=5..20",
		"/browse?price=20..5":               "read the other way round: price.",
		"/browse?price=50..":                "What is here goes from 4.99 EUR to 39.9 EUR: price.",
		"/browse?price=..4.5":               "What is here goes from 4.99 EUR to 39.9 EUR: price.",
		"/browse?price=100":                 "What is here goes from 4.99 EUR to 39.9 EUR: price.",
		"/browse?country=5..9":              fill(english.OddUnknown, "words", "country"),
		"/browse?weight=5..9":               fill(english.OddUnknown, "words", "weight"),
		"/browse?from=1999&to=1985":         "read the other way round: year.",
		"/browse?is=%3Cb%3E":                "left out: is=&lt;b&gt;.",
		"/zh/browse?price=abc..&price=1..2": "地址里有没看懂的内容，未计入：price=abc..",
	} {
		html, _ := drawnWith(t, priced("EUR"), address)
		contains(t, html, want)
	}
	for _, address := range []string{"/browse", "/browse?utm_id=20&utm_source=a", "/browse?price=5..20"} {
		if html, _ := drawnWith(t, priced("EUR"), address); strings.Contains(html, "said-rest") {
			t.Errorf("%s: the page has a remark", address)
		}
	}
	html, p := drawnWith(t, priced("EUR", "USD"), "/browse?price=5..")
	contains(t, html, "4.99 to 39.9 here, in EUR, USD, not converted", "price: from 5")
	if len(p.cards) == 0 {
		t.Error("a range of prices in several currencies has no items")
	}
}

// TestFacetsAreWhatTheOwnerSays: those and what the address has ranges of, and where they do not say all that the engine
// offers.
func TestFacetsAreWhatTheOwnerSays(t *testing.T) {
	n := narrowedAt(t, "/browse?pages=1..&price=3")
	if got, any := n.asks(); got != "" || !any {
		t.Errorf("of an owner who does not say the page asks for %q, %v", got, any)
	}
	facets(t, "in_stock", "none", "price")
	if got, _ := n.asks(); got != "in_stock,none,price,pages" {
		t.Errorf("the page asks for %s", got)
	}
	facets(t)
	n = narrowedAt(t, "/browse")
	if _, any := n.asks(); any {
		t.Error("the page asks for columns where none is offered")
	}
}

// TestAColumnIsCalledWhatTheOwnerSays: in each language, and else as it is called in the catalog.
func TestAColumnIsCalledWhatTheOwnerSays(t *testing.T) {
	t.Cleanup(func() { Speak(new(vocabulary.Vocabulary)) })
	v := &vocabulary.Vocabulary{Texts: map[string]map[string]string{"zh": {"column:price": "售价", "column:first_author": "第一作者"}}}
	if unused := Speak(v); len(unused) > 0 {
		t.Errorf("not used: %q", unused)
	}
	for name, want := range map[string][2]string{"price": {"price", "售价"}, "first_author": {"first author", "第一作者"}, "stock": {"stock", "库存"}, "isbn": {"ISBN", "isbn"}, "x": {"x", "x"}} {
		if got := [2]string{english.column(name), chinese.column(name)}; got != want {
			t.Errorf("%s is called %q, want %q", name, got, want)
		}
	}
}

// TestUnitsAreInNames: the last word of a column's name is its unit where it is one in the plural.
func TestUnitsAreInNames(t *testing.T) {
	for column, want := range map[string]string{
		"runtime": "90 minute", "play_minutes": "90 minute", "minutes": "90 minute", "weight_grams": "90 gram", "pages": "90", "founded_year": "90", "s": "90", "": "90", "x_": "90",
	} {
		if got := english.measured(column, "90", ""); got != want {
			t.Errorf("90 of %q is %q, want %q", column, got, want)
		}
	}
}
