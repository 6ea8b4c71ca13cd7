package facet

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

var names = []Name{
	{Column: "genre", Value: "Horror", Text: "Horror"}, {Column: "genre", Value: "Horror", Text: "恐怖"}, {Column: "genre", Value: "Sci-Fi", Text: "Sci-Fi"},
	{Column: "genre", Value: "Sci-Fi", Text: "Science fiction"}, {Column: "genre", Value: "Comedy", Text: "Comedy"}, {Column: "genre", Value: "Animation", Text: "Animation"},
	{Column: "genre", Value: "Romance", Text: "Romance"}, {Column: "genre", Value: "War", Text: "War"}, {Column: "country", Value: "France", Text: "France"},
	{Column: "tag", Value: "japan", Text: "japan"}, {Column: "genre", Value: "Fantasy", Text: "Fantasy"}, {Column: "director", Value: "Hayao Miyazaki", Text: "Hayao Miyazaki"},
}

func TestUnderstand(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"horror 80s", "Horror 1980-1989"},
		{"Horror of the 1980's", "Horror 1980-1989"},
		{"eighties horror movies", "Horror 1980-1989"},
		{"恐怖片 90年代", "Horror 1990-1999"},
		{"90年代的恐怖电影", "Horror 1990-1999"},
		{"best of 1994", "1994-1994 rating"},
		{"1994年最佳", "1994-1994 rating"},
		{"scifi comedies", "Sci-Fi Comedy"},
		{"science fiction without romance", "Sci-Fi -Romance"},
		{"romantic comedies since 2000", "Romance Comedy 2000-0"},
		{"animated films before 1970", "Animation 0-1970"},
		{"2000年以前的恐怖片", "Horror 0-2000"},
		{"1990 1995 war", "War 1990-1995"},
		{"00s horror", "Horror 2000-2009"},
		{"japanese animation", "japan Animation"},
		{"miyazaki animation", "Animation rest:miyazaki"},
		{"hayao miyazaki", "Hayao Miyazaki"},
		{"french comedies", "Comedy rest:french"}, // no rule makes France of it
		{"fantastic four", "rest:fantastic rest:four"},
		{"warm bodies", "rest:warm rest:bodies"},
		{"films", ""},
		{"", ""},
	} {
		u := Understand(c.query, names, []string{"film", "movies", "电影"}, true)
		got := ""
		say := func(text string) {
			if got != "" {
				got += " "
			}
			got += text
		}
		for _, n := range u.Names {
			if n.Without {
				n.Value = "-" + n.Value
			}
			say(n.Value)
		}
		if u.From > 0 || u.To > 0 {
			say(fmt.Sprintf("%d-%d", u.From, u.To))
		}
		if u.Sort != "" {
			say(u.Sort)
		}
		for _, r := range u.Rest {
			say("rest:" + r)
		}
		if got != c.want {
			t.Errorf("Understand(%q) = %s, want %s", c.query, got, c.want)
		}
	}
	if u := Understand("horror 1994", names, nil, false); u.From != 0 || len(u.Rest) != 1 {
		t.Errorf("years of a catalog without: %+v", u)
	}
}

func TestAnyQueryIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.String().Draw(t, "query")
		u := Understand(query, append(names, Name{Text: rapid.String().Draw(t, "name")}), []string{rapid.String().Draw(t, "item")}, true)
		if u.To > 0 && u.From > u.To && u.From-u.To > 300 {
			t.Errorf("%q: years %d to %d", query, u.From, u.To)
		}
	})
}
