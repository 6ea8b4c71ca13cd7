package match_test

import (
	"fmt"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/match"
)

// shelf returns a catalog of titles, each "id title (year)"; a year of 0 is none.
func shelf(lines ...string) *catalog.Catalog {
	c := &catalog.Catalog{}
	for _, line := range lines {
		id, rest, _ := strings.Cut(line, " ")
		at := strings.LastIndex(rest, " (")
		var year int16
		fmt.Sscanf(rest[at+2:], "%d", &year)
		c.IDs, c.Titles, c.Years = append(c.IDs, catalog.ID(id)), append(c.Titles, rest[:at]), append(c.Years, year)
	}
	c.Index()
	return c
}

func some() *catalog.Catalog {
	return shelf("1 The Postman (Il Postino) (1994)", "2 The Postman (1997)", "3 Christopher Columbus: The Discovery (1992)", "4 Moonlight Mile (2002)",
		"5 Moonlight (0)", "6 Blade Runner (1982)", "7 Star Wars: Episode IV - A New Hope (1977)", "8 Alien³ (a.k.a. Alien 3) (1992)", "9 Emma (1996)",
		"10 Emma (1996)", "11 Birdman: Or (The Unexpected Virtue of Ignorance) (2014)", "12 L'Avventura (Adventure, The) (1960)", "13 Rocky II (1979)", "14 8½ (8½) (1963)",
		"15 Crow, The: Wicked Prayer (2005)", "16 Léon: The Professional (a.k.a. The Professional) (Léon) (1994)", "17 The Others (2001)", "18 Frankenstein (2015)", "19 Dune (1984)")
}

func TestTitles(t *testing.T) {
	m := titlesOf(some())
	for _, test := range []struct {
		title string
		year  int
		want  string // ids, the first with ! where it is sure
	}{
		{"The Postman", 1997, "2!"},
		{"Postman, The", 1994, "1!"}, // in its year there is one
		{"Il Postino", 1994, "1!"},
		{"Postino, Il", 1995, "1"}, // one word, a year off
		{"Columbus", 2017, ""},     // part of another title
		{"Moonlight", 2016, "5"},
		{"Moonlight", 2002, "5"}, // not Moonlight Mile
		{"Blade Runner: The Final Cut", 1982, "6!"},
		{"Blade Runner (Director's Cut)", 1992, "6"},
		{"Blade Runner", 1983, "6!"},
		{"Blade Runner 2049", 2017, ""},
		{"Star Wars: Episode 4 – A New Hope", 1977, "7!"},
		{"Star Wars", 1977, "7"},
		{"Alien 3", 1992, "8!"},
		{"ALIEN III", 1992, "8!"},
		{"Emma", 1996, "9,10"},
		{"Birdman or (The Unexpected Virtue of Ignorance)", 2014, "11!"},
		{"Avventura, L'", 1960, "12!"},
		{"The Adventure", 1960, "12!"},
		{"Rocky 2", 1979, "13!"},
		{"Rocky", 1976, ""},
		{"8 1/2", 1963, "14!"},
		{"The Crow: Wicked Prayer", 2005, "15!"},
		{"Leon", 1994, "16!"},
		{"The Professional", 1994, "16!"},
		{"Others", 2001, "17!"},
		{"I, Frankenstein", 2014, "18"},
		{"Frankenstein", 2014, "18"}, // one word, a year off
		{"Dune", 2021, ""},           // another film
		{"Dune", 0, "19"},
		{"", 1994, ""}, {"???", 1994, ""},
	} {
		f := m.Match(&match.Record{Titles: []string{test.title}, Year: test.year})
		if got := said(some(), f); got != test.want {
			t.Errorf("%q (%d) is %q, want %q", test.title, test.year, got, test.want)
		}
	}
}

func said(c *catalog.Catalog, f match.Found) string {
	var ids []string
	for _, r := range f.Rows {
		ids = append(ids, string(c.IDs[r]))
	}
	text := strings.Join(ids, ",")
	if f.Sure {
		text += "!"
	}
	return text
}

func TestNumbers(t *testing.T) {
	c := some()
	l := match.NewLinks(c)
	l.IMDb[0], l.TMDB[0] = 110877, 11010
	l.IMDb[1], l.TMDB[1] = 119925, 9922
	m := titlesOf(c)
	if err := m.Use(l.Encode()); err != nil {
		t.Fatal(err)
	}
	if imdb, tmdb := m.Numbers(1); imdb != 119925 || tmdb != 9922 {
		t.Errorf("Numbers(1) = %d, %d", imdb, tmdb)
	}
	for _, test := range []struct {
		record match.Record
		want   string
	}{
		{match.Record{IMDb: 119925}, "2!"},
		{match.Record{IMDb: 119925, Titles: []string{"Kevin Costner in the mail"}, Year: 1998}, "2!"}, // the year is near
		{match.Record{TMDB: 9922, Titles: []string{"A series of the same number"}, Year: 2011}, "2"},  // title and year say no
		{match.Record{IMDb: 110877, TMDB: 9922}, "1,2"},                                               // two films
		{match.Record{IMDb: 110877, TMDB: 9922, Titles: []string{"Il Postino"}, Year: 1994}, "1!"},
		{match.Record{IMDb: 5, Titles: []string{"Rocky II"}, Year: 1979}, "13!"}, // a number that no item has
		{match.Record{Own: "13"}, "13!"},
		{match.Record{Own: "13", Titles: []string{"Rocky II"}, Year: 1979}, "13!"},
		{match.Record{Own: "13", Titles: []string{"Balto"}, Year: 1995}, ""}, // of another catalog
		{match.Record{Own: "999"}, ""},
	} {
		if got := said(c, m.Match(&test.record)); got != test.want {
			t.Errorf("%+v is %q, want %q", test.record, got, test.want)
		}
	}
	if err := titlesOf(shelf("1 The Postman (1997)")).Use(l.Encode()); err == nil {
		t.Error("links of another catalog are taken")
	}
	more := some() // with what a live overlay adds
	more.IDs, more.Titles, more.Years = append(more.IDs, "new"), append(more.Titles, "New"), append(more.Years, 2020)
	more.Index()
	if err := titlesOf(more).Use(l.Encode()); err != nil {
		t.Errorf("links of a catalog before an overlay: %v", err)
	}
}

func TestBooks(t *testing.T) {
	c := shelf("a1 The Dispossessed (0)", "9780306406157 Some Physics (0)", "a3 The Dispossessed (0)")
	c.Attributes = []attribute.Column{{
		Name: "authors", Kind: attribute.List, Counts: []uint8{1, 1, 1}, Bits: 8, Codes: []byte{3, 2, 1},
		Texts: attribute.Texts{All: "Somebody Else\nThe Physicist\nUrsula K. Le Guin\n", Ends: []uint32{13, 27, 45}},
	}}
	m := titlesOf(c)
	for _, test := range []struct {
		record match.Record
		want   string
	}{
		{match.Record{Titles: []string{"The Dispossessed"}, People: []string{"Ursula K. Le Guin"}}, "a1!"},
		{match.Record{Titles: []string{"The Dispossessed: An Ambiguous Utopia"}, People: []string{"Ursula K. Le Guin"}, Year: 1974}, "a1,a3"},
		{match.Record{Titles: []string{"The Dispossessed"}}, "a1,a3"},
		{match.Record{ISBN: "0-306-40615-2"}, "9780306406157!"}, // the same book by its older number
		{match.Record{ISBN: "0-306-40615-3"}, ""},               // the check digit is wrong
	} {
		if got := said(c, m.Match(&test.record)); got != test.want {
			t.Errorf("%+v is %q, want %q", test.record, got, test.want)
		}
	}
}

// FuzzUse: no bytes of a file of links end the program.
func FuzzUse(f *testing.F) {
	f.Add(match.NewLinks(some()).Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		if m := titlesOf(some()); m.Use(data) == nil {
			m.Match(&match.Record{IMDb: 1, TMDB: 2, ISBN: "3"})
		}
	})
}

// FuzzMatch: no title ends the program, and an item's own title and year find it or doubt.
func FuzzMatch(f *testing.F) {
	f.Add("The Postman (Il Postino), The: (((", 1994)
	f.Fuzz(func(t *testing.T, title string, year int) {
		c := &catalog.Catalog{IDs: []catalog.ID{"1"}, Titles: []string{title}, Years: []int16{1990}}
		c.Index()
		m := titlesOf(c)
		m.Match(&match.Record{Titles: []string{title}, Year: year % 3000, People: []string{title}, ISBN: title, Own: catalog.ID(title)})
	})
}

func BenchmarkMatch(b *testing.B) {
	c := demo(b)
	b.Run(fmt.Sprintf("N=%d/index", c.Len()), func(b *testing.B) {
		for b.Loop() {
			titlesOf(c).Match(&match.Record{})
		}
	})
	m, r := titlesOf(c), 0
	b.Run(fmt.Sprintf("N=%d/record", c.Len()), func(b *testing.B) {
		for b.Loop() {
			m.Match(&match.Record{Titles: c.Titles[r : r+1], Year: int(c.Years[r])})
			r = (r + 1) % c.Len()
		}
	})
}
