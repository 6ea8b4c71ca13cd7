package ui

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/protocol"
)

func TestCopiesForOthers(t *testing.T) {
	entries := []protocol.Entry{
		{ID: "1", Action: protocol.Rate, Stars: 3, At: 10}, {ID: "1", Action: protocol.Rate, Stars: 4.5, At: 86400 + noon}, {ID: "1", Action: protocol.Watchlist, At: 2*86400 + noon},
		{ID: "2", Action: protocol.Like, At: 3*86400 + noon}, {ID: "3", Action: protocol.NotInterested, At: 4*86400 + noon}, {ID: "4", Action: protocol.View, At: 5},
		{ID: "unmatched:114709,862,,1995,Toy, \"Story\" / Other", Action: protocol.Seen, At: 6*86400 + noon}, {ID: "5", Action: protocol.Watchlist, At: 7*86400 + noon},
		{ID: "6", Action: protocol.Rate, Stars: 2, At: protocol.Undated}, {ID: "7", Action: protocol.Watchlist, At: protocol.Undated},
	}
	cards := []protocol.Card{{ID: "1", Title: "Seven (a.k.a. Se7en)", Year: 1995}, {ID: "2", Title: "=Formula"}, {ID: "3", Title: "No"}, {ID: "4", Title: "Looked at"}, {ID: entries[6].ID}, {ID: "5", Title: "Wanted", Year: 2000}, {ID: "6", Title: "Long ago"}, {ID: "7", Title: "Some day"}}
	all := exportedOf(entries, cards)
	want := "imdbID,tmdbID,Title,Year,Rating,WatchedDate\n" +
		",,Seven,1995,4.5,1970-01-02\n" +
		",,=Formula,,,1970-01-04\n" +
		"tt0114709,862,\"Toy, \"\"Story\"\"\",1995,,1970-01-07\n" +
		",,Long ago,,2,\n"
	if diff := cmp.Diff(want, asLetterboxd(all)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	day := func(text string) *string { return &text }
	wantJSON := []exported{
		{ID: "1", Title: "Seven", Year: 1995, Said: "rate", Stars: 4.5, On: "1970-01-02", Want: day("1970-01-03")},
		{ID: "2", Title: "=Formula", Said: "like", On: "1970-01-04"}, {ID: "3", Title: "No", Said: "not-interested", On: "1970-01-05"},
		{Title: "Toy, \"Story\"", Year: 1995, IMDb: "tt0114709", TMDB: 862, Said: "seen", On: "1970-01-07"}, {ID: "5", Title: "Wanted", Year: 2000, Want: day("1970-01-08")},
		{ID: "6", Title: "Long ago", Said: "rate", Stars: 2}, {ID: "7", Title: "Some day", Want: day("")},
	}
	if diff := cmp.Diff(wantJSON, all); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := asJSON(nil); got != "null\n" && got != "[]\n" {
		t.Errorf("nothing is %q", got)
	}
}
