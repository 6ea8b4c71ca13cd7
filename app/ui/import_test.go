//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// shop opens the profile page over a catalog of which five items have titles and years.
func shop(t *testing.T) (*store, *profilePage) {
	t.Helper()
	b := enginetest.Parity(60)
	for i, title := range []string{"The Postman", "Emma", "Emma", "Rocky II", "Heat"} {
		b.Catalog.Titles[i], b.Catalog.Years[i] = title, int16(1990+i/3)
	}
	s := newStore(local(session.New(engine.New(b))))
	s.open(parseRoute(at(t, "/profile")))
	return s, s.page.(*profilePage)
}

func record(action protocol.Action, stars float32, at int64, title string, year int) protocol.Record {
	return protocol.Record{Entry: protocol.Entry{Action: action, Stars: stars, At: at}, Titles: []string{title}, Year: year}
}

func records(all ...protocol.Record) brought {
	q := protocol.Request{Verb: protocol.Match, Records: all}
	return brought{kind: "records", bytes: q.Append(nil)}
}

// file is a file of another site: what is there, what may be, what is not; an item twice, one
// seen and rated.
func file() []brought {
	return []brought{
		records(record(protocol.Rate, 4.5, 10, "Postman, The", 1990), record(protocol.Seen, 0, 20, "The Postman", 1990), record(protocol.Rate, 3, 30, "Emma", 1990)),
		records(record(protocol.Watchlist, 0, 0, "Rocky 2", 1991), record(protocol.Seen, 0, 50, "Nothing, \"<img src=x>\"", 1950), record(protocol.Rate, 4.5, 15, "The Postman", 1990)),
		{kind: "end", formats: []string{"Letterboxd"}, remarks: []remark{{"range", 2, "ratings.csv:7"}}, files: []string{"a.csv"}},
	}
}

func TestAFileOfAnotherSiteComesIn(t *testing.T) {
	s, p := shop(t)
	tell(s, p, file()...)
	want := "6 entries of Letterboxd were read. 2 items are in. 1 may be in this catalogue: please look at them on this page. 1 are not in it; they are kept here, and saved with your copies."
	if p.imported != want {
		t.Errorf("the page says %q,\nwant %q", p.imported, want)
	}
	wantEntries := []protocol.Entry{
		{ID: "1", Action: protocol.Rate, Stars: 4.5, At: 10},
		{ID: "unmatched:,,,1990,Emma", Action: protocol.Rate, Stars: 3, At: 30},
		{ID: "unmatched:,,,1950,Nothing, \"<img src=x>\"", Action: protocol.Seen, At: 50},
	}
	var got []protocol.Entry
	for _, e := range p.entries {
		if e.Action != protocol.Watchlist { // without a date
			got = append(got, e)
		}
	}
	if diff := cmp.Diff(wantEntries, got); diff != "" || len(p.entries) != 4 {
		t.Errorf("the profile holds %d entries, -want +got\n%s", len(p.entries), diff)
	}
	html := app.HTMLString(p.view(s))
	contains(t, html, "1 to look at", "Emma (1990)", "None of these", "Later", "2 ratings lie outside", "ratings.csv:7", `1 files of the archive`, "Take this back")
	if strings.Contains(html, "<img src=x>") {
		t.Error("a title is markup")
	}

	saved := exportEntries(p.entries)
	tell(s, p, file()...)
	if again := exportEntries(p.entries); again != saved {
		t.Errorf("the same file again changes the profile: -first +second\n%s", cmp.Diff(saved, again))
	}
}

func TestAGuessIsChosenRefusedAndTakenBack(t *testing.T) {
	s, p := shop(t)
	tell(s, p, file()...)
	emma := func() said {
		for _, it := range byItem(p.entries) {
			if strings.HasSuffix(string(it.id), ",Emma") {
				return it
			}
		}
		t.Fatalf("the profile has lost what the file says of Emma: %v", p.entries)
		return said{}
	}
	id := emma().id
	if n := len(p.guesses[id]); n != 2 {
		t.Fatalf("%d guesses at Emma, of which there are two", n)
	}
	before := exportEntries(p.entries)
	p.settleOn(s, emma(), p.guesses[id][1].ID)
	if !strings.Contains(exportEntries(p.entries), `{"item":"3","action":"rate","stars":3,"at":30}`) {
		t.Errorf("the choice is not in the profile: %v", p.entries)
	}
	after := exportEntries(p.entries)
	if tell(s, p, file()...); exportEntries(p.entries) != after {
		t.Errorf("the same file again forgets the choice: %v", p.entries)
	}
	s.toast.show(s, "", nil)
	p.settleOn(s, said{id: "3", opinion: protocol.Entry{ID: "3", Action: protocol.Rate, Stars: 3, At: 30}}, id)
	s.toast.undo()
	if got := exportEntries(p.entries); got != after {
		t.Errorf("undone, the profile is\n%s, was\n%s", got, after)
	}
	p.settleOn(s, said{id: "3", opinion: protocol.Entry{ID: "3", Action: protocol.Rate, Stars: 3, At: 30}}, id)
	if got := exportEntries(p.entries); got != before {
		t.Errorf("back, the profile is\n%s, was\n%s", got, before)
	}
	p.settleOn(s, emma(), turnedDown(id))
	refused := exportEntries(p.entries)
	if tell(s, p, file()...); exportEntries(p.entries) != refused {
		t.Errorf("the same file again asks once more: %v", p.entries)
	}
	fresh := newProfilePage()
	s.page = fresh
	fresh.load(s)
	if html := app.HTMLString(fresh.view(s)); strings.Contains(html, "to look at") {
		t.Error("what no guess is, is asked for again")
	}
}

// TestAWholeImportIsTakenBack, and with it what was chosen since.
func TestAWholeImportIsTakenBack(t *testing.T) {
	s, p := shop(t)
	s.act(protocol.Card{ID: "9"}, protocol.Like, 0)
	before := exportEntries(p.entries)
	tell(s, p, file()...)
	for _, it := range byItem(p.entries) {
		if len(p.guesses[it.id]) > 0 {
			p.settleOn(s, it, p.guesses[it.id][0].ID)
		}
	}
	p.takeBack(s)
	if got := exportEntries(p.entries); got != before || p.imported != english.ImportBack {
		t.Errorf("the page says %q, the profile is\n%s, was\n%s", p.imported, got, before)
	}
}

func TestWhatAReaderRefusesIsSaid(t *testing.T) {
	for _, test := range []struct {
		b    brought
		want string
	}{
		{brought{code: "columns", found: []string{"Const", "\u202eTitle"}}, `names the columns "Const", "\u202eTitle"`},
		{brought{code: "large", found: []string{"80000000"}}, "This file has 80.0 MB; at most 50.0 MB"},
		{brought{code: "bomb"}, "200 MB"}, {brought{code: "people"}, "more than one person"}, {brought{code: "no such code"}, english.ImportFailed},
	} {
		s, p := shop(t)
		test.b.kind = "failed"
		if tell(s, p, test.b); !strings.Contains(p.imported, test.want) || len(p.entries) > 0 {
			t.Errorf("%s: the page says %q, want %q", test.b.code, p.imported, test.want)
		}
	}
	s, p := shop(t)
	tell(s, p, brought{kind: "records", bytes: []byte("junk")})
	if p.imported != english.ImportFailed {
		t.Errorf("of junk the page says %q", p.imported)
	}
}

// TestEachRemarkAndTroubleHasItsSentence in both languages, by the names that the readers use.
func TestEachRemarkAndTroubleHasItsSentence(t *testing.T) {
	for lang, w := range map[string]*words{"en": &english, "zh": &chinese} {
		for _, kind := range []string{"broken", "untitled", "range", "unrated", "date", "note", "long", "unsaid", "episode", "collection", "list", "wished"} {
			if !strings.Contains(w.remarks["remark:"+kind], "{place}") {
				t.Errorf("%s: %q has no sentence with a place", lang, kind)
			}
		}
		for _, code := range []string{"zip", "bomb", "nothing", "encoding", "people", "worker"} {
			if w.troubles["trouble:"+code] == "" {
				t.Errorf("%s: %q has no sentence", lang, code)
			}
		}
	}
}

func TestUnmatchedIDs(t *testing.T) {
	for _, test := range []struct {
		r    protocol.Record
		want catalog.ID
		name string
	}{
		{protocol.Record{IMDb: 114709, TMDB: 862, Year: 1995, Titles: []string{"Toy, Story", "Історія іграшок"}}, "unmatched:114709,862,,1995,Toy, Story / Історія іграшок", "Toy, Story (1995)"},
		{protocol.Record{IMDb: 5}, "unmatched:5,,,,", "IMDb tt5"},
		{protocol.Record{Titles: []string{strings.Repeat("好", 100)}}, catalog.ID("unmatched:,,,," + strings.Repeat("好", 62)), strings.Repeat("好", 62)},
	} {
		id := unmatchedID(&test.r)
		if id != test.want || len(id) > longestID {
			t.Errorf("unmatchedID(%+v) = %q, want %q", test.r, id, test.want)
		}
		if got := titleOf(protocol.Card{ID: id}); got != test.name {
			t.Errorf("titleOf(%q) = %q, want %q", id, got, test.name)
		}
		back, ours, open := recordOf(id)
		if !ours || !open || back.IMDb != test.r.IMDb || back.TMDB != test.r.TMDB || back.Year != test.r.Year {
			t.Errorf("recordOf(%q) = %+v", id, back)
		}
	}
	if _, ours, open := recordOf(turnedDown("unmatched:,,,,A")); !ours || open {
		t.Error("what was refused is open")
	}
	if _, ours, _ := recordOf("862"); ours {
		t.Error("an id of the catalog is taken for another's")
	}
}

// TestReviewsAreNotes: one an item, joined, cut where a profile keeps no more.
func TestReviewsAreNotes(t *testing.T) {
	long := strings.Repeat("字", 1200)
	record := func(id catalog.ID, at int64, text string) protocol.Record {
		return protocol.Record{Entry: protocol.Entry{ID: id, Action: protocol.Seen, At: at, Text: text}}
	}
	records := []protocol.Record{record("1", 9, "again"), record("1", 3, "first"), record("1", 9, "again"), record("2", 4, long), record("2", 5, "b"+long), record("3", 5, "")}
	found := make([]protocol.Shelf, len(records))
	for i := range found {
		found[i].Kind = asItIs
	}
	entries, _ := entriesOf(records, found, nil)
	notes := map[catalog.ID]protocol.Entry{}
	for _, e := range entries {
		if e.Action == protocol.Note {
			notes[e.ID] = e
		} else if e.Text != "" {
			t.Errorf("%+v has a text", e)
		}
		if !valid(&e) {
			t.Errorf("%.80v cannot be kept", e)
		}
	}
	if one := notes["1"]; one.Text != "first\n\nagain" || one.At != 9 {
		t.Errorf("note %+v", one)
	}
	if two := notes["2"].Text; len(notes) != 2 || !strings.HasPrefix(two, "字") || !strings.HasSuffix(two, "…") || len(two) < 2900 {
		t.Errorf("%d notes, the long one of %d bytes", len(notes), len(two))
	}
}
