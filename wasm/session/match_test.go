package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/match"
	"sparrow/wasm/protocol"
)

func TestMatchAnswersEachRecord(t *testing.T) {
	s, b := parity()
	b.Catalog.Titles[4], b.Catalog.Years[4] = "The Postman", 1997
	links := match.NewLinks(b.Catalog)
	links.IMDb[6] = 110877
	q := protocol.Request{Verb: protocol.Match, Links: links.Encode(), Records: []protocol.Record{
		{Titles: []string{"Postman, The"}, Year: 1997}, {IMDb: 110877}, {Titles: []string{"Postman"}}, {Titles: []string{"Nothing like it"}, Year: 1950},
		{Entry: protocol.Entry{ID: b.Catalog.IDs[2]}},
	}}
	a := s.Answer(q)
	if a.Error != nil {
		t.Fatal(a.Error.Text)
	}
	type line struct {
		kind string
		id   catalog.ID
	}
	var got []line
	for _, shelf := range a.Shelves {
		l := line{kind: shelf.Kind}
		if len(shelf.Cards) > 0 {
			l.id = shelf.Cards[0].ID
		}
		got = append(got, l)
	}
	ids := b.Catalog.IDs
	want := []line{{"sure", ids[4]}, {"sure", ids[6]}, {"doubtful", ids[4]}, {"none", ""}, {"sure", ids[2]}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	numbers := s.Answer(protocol.Request{Verb: protocol.Numbers, Links: q.Links, Entries: []protocol.Entry{{ID: ids[6]}, {ID: ids[7]}, {ID: "none"}}})
	if r := numbers.Records; len(r) != 3 || r[0].IMDb != 110877 || r[1].IMDb != 0 || r[2].ID != "none" {
		t.Errorf("numbers answers %+v", numbers)
	}
	q.Links = []byte("junk")
	if a := s.Answer(q); a.Error == nil || a.Error.Code != "links" {
		t.Errorf("broken links answer %+v", a.Error)
	}
	q.Links, q.Records = nil, make([]protocol.Record, protocol.MostRecords+1)
	if a := s.Answer(q); a.Error == nil {
		t.Error("more records than a request may have are answered")
	}
}

// TestAnImportIsTakenBackWhole: what is new is told, the same file again brings nothing, dated or not,
// and without what was new the profile is what it was.
func TestAnImportIsTakenBackWhole(t *testing.T) {
	s, _ := parity()
	do(t, s, "3", protocol.Like, 0, 50)
	do(t, s, "4", protocol.Watchlist, 0, 60)
	before := s.Profile()
	file := []protocol.Entry{
		entry("1", protocol.Rate, 4.5, 10), entry("3", protocol.Like, 0, 50), entry("4", protocol.Watchlist, 0, 5), entry("5", protocol.Seen, 0, 0),
		entry("unmatched:,,,1999,Nothing", protocol.Rate, 2, 20),
	}
	first := s.Answer(protocol.Request{Verb: protocol.Import, Entries: file, Now: 100})
	if first.Error != nil || len(first.Entries) != 3 || first.Total != 4 || len(first.Unknown) != 1 {
		t.Fatalf("import answers %+v", first)
	}
	after := s.Profile()
	again := s.Answer(protocol.Request{Verb: protocol.Import, Entries: file, Now: 200})
	if len(again.Entries) != 0 || string(s.Profile()) != string(after) {
		t.Errorf("the same file again brings %v", again.Entries)
	}
	back := s.Answer(protocol.Request{Verb: protocol.Import, Without: first.Entries, Now: 300})
	if back.Error != nil || string(s.Profile()) != string(before) {
		t.Errorf("taken back, the profile is\n%q, was\n%q", s.Profile(), before)
	}
}

// TestWhatIsSeenIsNotRecommended, nor does it take back what was said before.
func TestWhatIsSeenIsNotRecommended(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Rate, 4, 10)
	first := forYou(s)[0].ID
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{entry(first, protocol.Seen, 0, 20), entry("1", protocol.Seen, 0, 30)}, Now: 40})
	for _, c := range forYou(s) {
		if c.ID == first {
			t.Errorf("%s was seen and is recommended", first)
		}
	}
	if o := s.profile.of(0); o.action != protocol.Rate && s.catalog.IDs[0] == "1" {
		t.Errorf("stars are taken back by %s", o.action)
	}
}

// TestMatchKnowsNamesInOtherLanguages finds films of the demo by their Chinese names, with the year, off by one,
// and without.
func TestMatchKnowsNamesInOtherLanguages(t *testing.T) {
	s := demo(t)
	a := s.Answer(protocol.Request{Verb: protocol.Match, Records: []protocol.Record{
		{Titles: []string{"肖申克的救赎"}, Year: 1994}, {Titles: []string{"千与千寻"}, Year: 2002}, {Titles: []string{"没有这部片子"}, Year: 1994},
	}})
	if a.Error != nil || len(a.Shelves) != 3 {
		t.Fatalf("%+v", a)
	}
	for i, want := range []catalog.ID{"318", "5618"} {
		if shelf := a.Shelves[i]; len(shelf.Cards) == 0 || shelf.Cards[0].ID != want {
			t.Errorf("record %d is answered with %+v", i, shelf)
		}
	}
	if kind := a.Shelves[2].Kind; kind != "none" {
		t.Errorf("a film that there is none of is %q", kind)
	}
}
