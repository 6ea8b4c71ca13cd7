//go:build !js

package ui

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

func narrowedAt(t *testing.T, address string) narrowed {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return narrowedBy(parseRoute(u))
}

// TestAllIsInTheAddress: what narrows the catalogue is read from an address as it was written,
// and asked of the engine.
func TestAllIsInTheAddress(t *testing.T) {
	for _, c := range []struct{ address, filter, genre string }{
		{"/browse", "", ""},
		{"/genre/Horror", "", "Horror"},
		{"/genre/Horror?decade=1980", "", "Horror"},
		{"/zh/genre/Horror?with=Comedy&with=War", `genre="Comedy" and genre="War"`, "Horror"},
		{"/browse?without=Horror", `not genre="Horror"`, ""},
		{"/browse?from=1985&to=1999", "year>=1985 and year<=1999", ""},
		{"/browse?least=3.5&most=4&sort=new", "", ""},
		{"/browse?is=country%3DFrance&is=tag%3Da%22b&q=french", `country="France" and tag="a""b"`, ""},
		{"/browse?is=in_stock%3Dtrue&price=5..20", `in_stock="true" and price>=5 and price<=20`, ""},
		{"/genre/War?pages=..300&weight_kg=-1.5..", `pages<=300 and weight_kg>=-1.5`, "War"},
		{"/browse?column.column.x=1..2&column.most=3..3", `column.x>=1 and column.x<=2 and most>=3 and most<=3`, ""},
	} {
		n := narrowedAt(t, c.address)
		lang := "en"
		if strings.HasPrefix(c.address, "/zh") {
			lang = "zh"
		}
		if got := n.address(lang); got != c.address {
			t.Errorf("%s is read and written as %s", c.address, got)
		}
		if q := n.request(); q.Filter != c.filter || q.Genre != c.genre {
			t.Errorf("%s asks for %q of genre %q, want %q of %q", c.address, q.Filter, q.Genre, c.filter, c.genre)
		}
	}
}

// TestWhatAnAddressDoesNotSayIsNamed: nothing in it that could narrow the catalogue down is ignored without a word, and what
// other sites add to addresses is nothing of ours.
func TestWhatAnAddressDoesNotSayIsNamed(t *testing.T) {
	for _, c := range []struct {
		address, filter string
		unread, turned  string
	}{
		{"/browse?least=x&most=-1", "", "least=x most=-1", ""},
		{"/browse?from=-3&decade=ten&is=none", "", "decade=ten from=-3 is=none", ""},
		{"/browse?least=NaN&utm_source=a&from=0", "", "least=NaN", ""},
		{"/browse?is=price%3C5+or+country%3DFrance", "", "is=price<5 or country=France", ""},
		{"/browse?price=abc..", "", "price=abc..", ""},
		{"/browse?price=..", "", "price=..", ""},
		{"/browse?price=1..2..3", "", "price=1..2..3", ""},
		{"/browse?price=5..20&price=1..", "price>=5 and price<=20", "price=1..", ""},
		{"/browse?price%3E1+or+stock=1..", "", "price>1 or stock=1..", ""},
		{"/browse?genre=1..2", "", "genre=1..2", ""},
		{"/browse?price=20..5", "price>=5 and price<=20", "", "price"},
		{"/browse?from=1999&to=1985", "year>=1985 and year<=1999", "", "year"},
		{"/browse?least=4&most=2", "", "", "stars"},
		{"/browse?price=20&utm_id=7", "", "", ""}, // until columns are known
	} {
		n := narrowedAt(t, c.address)
		slices.Sort(n.notes.odd[oddUnread])
		if unread, turned := strings.Join(n.notes.odd[oddUnread], " "), strings.Join(n.notes.odd[oddTurned], " "); unread != c.unread || turned != c.turned {
			t.Errorf("%s: unread is %q, turned %q; want %q, %q", c.address, unread, turned, c.unread, c.turned)
		}
		if got := n.request().Filter; got != c.filter {
			t.Errorf("%s asks for %q, want %q", c.address, got, c.filter)
		}
	}
	n := narrowedAt(t, "/browse?price=20&utm_id=7&weight=1..&pages=many&price=7")
	n.check([]column{{"price", "number", []string{"1", "9", "EUR"}}, {"utm_id", "text", nil}, {"pages", "number", []string{"1", "2"}}})
	if got, odd := n.request().Filter, strings.Join(slices.Concat(n.notes.odd[oddUnknown], n.notes.odd[oddUnread]), " "); got != "price>=20 and price<=20" || odd != "weight pages=many price=7" && odd != "weight price=7 pages=many" || n.notes.currency != "EUR" {
		t.Errorf("with what is known of columns it asks for %q in %q, and does not know %q", got, n.notes.currency, odd)
	}
}

// TestAGenreHasThreeStates: with it, without it, either.
func TestAGenreHasThreeStates(t *testing.T) {
	n := narrowedAt(t, "/genre/War")
	for _, want := range []string{"/genre/War?with=Horror", "/genre/War?without=Horror", "/genre/War"} {
		if n = *n.turn("Horror"); n.address("en") != want {
			t.Errorf("the next state is %s, want %s", n.address("en"), want)
		}
	}
}

// TestEachPartCanBeTakenAway: every part has a link to the same without it.
func TestEachPartCanBeTakenAway(t *testing.T) {
	n := narrowedAt(t, "/genre/War?from=1950&is=tag%3Dsad&is=in_stock%3Dno&price=..20&least=3&to=1959&with=Drama&without=Comedy&q=x")
	var all []string
	for _, p := range n.parts(&english) {
		all = append(all, p.text+" "+p.without.address("en"))
	}
	want := []string{
		"War /genre/Drama?decade=1950&is=tag%3Dsad&is=in_stock%3Dno&least=3&price=..20&q=x&without=Comedy",
		"Drama /genre/War?decade=1950&is=tag%3Dsad&is=in_stock%3Dno&least=3&price=..20&q=x&without=Comedy",
		"without Comedy /genre/War?decade=1950&is=tag%3Dsad&is=in_stock%3Dno&least=3&price=..20&q=x&with=Drama",
		"“sad” /genre/War?decade=1950&is=in_stock%3Dno&least=3&price=..20&q=x&with=Drama&without=Comedy",
		"in stock: no /genre/War?decade=1950&is=tag%3Dsad&least=3&price=..20&q=x&with=Drama&without=Comedy",
		"price: up to 20 /genre/War?decade=1950&is=tag%3Dsad&is=in_stock%3Dno&least=3&q=x&with=Drama&without=Comedy",
		"1950s /genre/War?is=tag%3Dsad&is=in_stock%3Dno&least=3&price=..20&q=x&with=Drama&without=Comedy",
		"★ 3 and more /genre/War?decade=1950&is=tag%3Dsad&is=in_stock%3Dno&price=..20&q=x&with=Drama&without=Comedy",
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
}

func TestQueriesAreUnderstood(t *testing.T) {
	genres := []protocol.GenreCount{{Name: "Horror"}, {Name: "Sci-Fi"}, {Name: "Children"}}
	for query, want := range map[string]string{
		"horror 80s": "/genre/Horror?decade=1980&q=horror+80s", "恐怖片 90年代": "/genre/Horror?decade=1990&q=" + url.QueryEscape("恐怖片 90年代"),
		"best of 1994": "/browse?from=1994&q=best+of+1994&sort=rating&to=1994", "science fiction since 2010": "/genre/Sci-Fi?from=2010&q=science+fiction+since+2010",
		"科幻 不要 恐怖": "/genre/Sci-Fi?q=" + url.QueryEscape("科幻 不要 恐怖") + "&without=Horror", "alien": "",
	} {
		n, _, any := understand(query, genres, nil)
		got := ""
		if any {
			got = n.address("en")
		}
		if got != want {
			t.Errorf("%q is understood as %s, want %s", query, got, want)
		}
	}
	n, _, _ := understand("horror of carpenter", genres, []protocol.Value{{Column: "director", Text: "John Carpenter"}})
	if got := n.address("en"); got != "/genre/Horror?is=director%3DJohn+Carpenter&q=horror+of+carpenter" {
		t.Errorf("a person by their last name: %s", got)
	}
	n, rest, _ := understand("japanese horror", genres, []protocol.Value{{Column: "tag", Text: "japan"}})
	if got := n.address("en"); got != "/genre/Horror?is=tag%3Djapan&q=japanese+horror" || len(rest) > 0 {
		t.Errorf("with a tag: %s, rest %q", got, rest)
	}
}

// TestLandsAreUnderstood: by what a column calls them, and of one that it does not know the page says that.
func TestLandsAreUnderstood(t *testing.T) {
	genres := []protocol.GenreCount{{Name: "Comedy", Count: 3}}
	for _, c := range []struct {
		query string
		value protocol.Value
		want  string
	}{
		{"french comedies", protocol.Value{Column: "language", Text: "fr"}, "/genre/Comedy?is=language%3Dfr&q=french+comedies"},
		{"comedies from france", protocol.Value{Column: "country", Text: "France"}, "/genre/Comedy?is=country%3DFrance&q=comedies+from+france"},
		{"法国喜剧", protocol.Value{Column: "language", Text: "French"}, "/genre/Comedy?is=language%3DFrench&q=" + url.QueryEscape("法国喜剧")},
	} {
		n, rest, _ := understand(c.query, genres, []protocol.Value{c.value})
		if got := n.address("en"); got != c.want || len(rest) > 0 {
			t.Errorf("%q: %s, rest %q, want %s", c.query, got, rest, c.want)
		}
	}
	if got, want := english.leftOut([]string{"french", "zzz", "united", "states"}), "Of no item here is it known that it is french, united states; that was left out. Not understood, and left out: zzz"; got != want {
		t.Errorf("left out: %q, want %q", got, want)
	}
	for query, want := range map[string]bool{"french movies": true, "american beauty": false, "french kiss": false, "films": false, "": false} {
		if _, rest, any := understand(query, genres, nil); any || onlyLands(rest) != want {
			t.Errorf("%q names nothing but lands: %v, want %v", query, onlyLands(rest), want)
		}
	}
	if got := english.leftOut(nil); got != "" {
		t.Errorf("nothing is left out, and the page says %q", got)
	}
}

// TestAPageSaysHowItUnderstood: a search for a part of the catalogue shows it, each condition
// with a link without it, and what it did not understand.
func TestAPageSaysHowItUnderstood(t *testing.T) {
	f := uitest.Planted(6)
	genre := f.Answer(protocol.Request{Verb: protocol.Open}).Genres[0].Name
	html := app.HTMLString((&root{s: openAt(t, f, "/search?q="+url.QueryEscape(genre+" 1950s"))}).Render())
	contains(t, html, fill(english.UnderstoodAs, "query", genre+" 1950s"), fill(english.TakeAway, "name", "1950s"), english.SearchTitles)
	html = app.HTMLString((&root{s: openAt(t, f, "/search?q="+url.QueryEscape(genre+" zzz"))}).Render())
	contains(t, html, fill(english.NotUnderstood, "words", "zzz"))
	html = app.HTMLString((&root{s: openAt(t, f, "/search?titles=1&q="+url.QueryEscape(genre+" 1950s"))}).Render())
	if strings.Contains(html, english.SearchTitles) {
		t.Error("a search for names alone shows a part of the catalogue")
	}
}
