//go:build !js

package ui

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

func TestPeopleComeBack(t *testing.T) {
	var p people
	for _, text := range []string{"", "null", "[]", "{", `{"on":7,"all":[]}`, `{"all":[{"id":-1,"name":"x"}]}`} {
		p = readPeople(text)
		if p.On != firstID || len(p.All) != 1 || p.text() != "" {
			t.Errorf("%q: %+v, kept as %q, want the first person alone", text, p, p.text())
		}
	}
	ann, mia := person{Name: "Ann", Colour: 3}, person{Name: "Mia", Colour: 5, Child: true, Limits: []string{"children"}}
	if a, b := p.add(ann), p.add(mia); a != 2 || b != 3 {
		t.Fatalf("their ids are %d and %d, want 2 and 3", a, b)
	}
	p.On = 3
	if diff := cmp.Diff(p, readPeople(p.text()), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-kept +read\n%s", diff)
	}
	p.remove(3)
	if p.On != firstID || p.add(person{Name: "Bob"}) != 4 { // Mia's history is not Bob's
		t.Errorf("after Mia was deleted: %+v", p)
	}
	p.remove(firstID)
	if len(p.All) != 3 {
		t.Errorf("the first person can be deleted: %+v", p)
	}
	for p.add(person{Name: "x"}) > 0 {
	}
	if len(p.All) != mostPeople || p.add(person{Name: " "}) != 0 {
		t.Errorf("%d people", len(p.All))
	}
}

func FuzzReadPeople(f *testing.F) {
	f.Add(`{"on":2,"last":3,"all":[{"id":1,"name":""},{"id":2,"name":"Mia","colour":5,"child":true,"limits":["children"]}]}`)
	f.Add(`{"on":1,"all":[{"id":2,"name":"a"},{"id":2,"name":"b"},{"id":1,"child":true}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		p := readPeople(text)
		if len(p.All) == 0 || len(p.All) > mostPeople || p.All[0].ID != firstID || p.All[0].Child || p.me().ID != p.On {
			t.Fatalf("%q: %+v", text, p)
		}
		for i, one := range p.All {
			if i > 0 && (one.ID <= p.All[i-1].ID || one.Name == "") || one.Colour < 0 || one.Colour >= hues || one.ID > p.Last {
				t.Fatalf("%q: %+v", text, p)
			}
		}
		if again := readPeople(p.text()); !cmp.Equal(p, again, cmpopts.EquateEmpty()) {
			t.Fatalf("%q: %+v became %+v", text, p, again)
		}
	})
}

// asking is a session that records what it is asked.
type asking struct {
	*uitest.FakeSession
	asked *[]protocol.Request
}

func (a asking) Answer(q protocol.Request) protocol.Answer {
	*a.asked = append(*a.asked, q)
	return a.FakeSession.Answer(q)
}

// TestAChildsListsAreHeld opens pages in a child's profile: every request has its limits, whatever is
// asked for, nothing takes them off, and they are said above the list.
func TestAChildsListsAreHeld(t *testing.T) {
	limited(t)
	var asked []protocol.Request
	f := uitest.Planted(20)
	s, _ := sharingAt(t, asking{f, &asked}, "/", sharing{})
	s.people.On = s.people.add(person{Name: "Mia", Child: true, Limits: []string{"children", "gone"}})
	s.act(f.Cards[0], protocol.Like, 0)
	asked = nil
	for _, address := range []string{"/", "/browse", "/for-you", "/item/3", "/search?q=film", "/lab?item=3", "/shared-list#i=3", "/for-two#i=3", "/taste", "/history"} {
		s.open(parseRoute(at(t, address)))
	}
	s.settings = settings{never: []string{"War"}, limits: []string{"calm"}}
	s.load()
	s.settings = settings{}
	s.open(parseRoute(at(t, "/for-you")))
	seen := map[protocol.Verb]bool{}
	for _, q := range asked {
		seen[q.Verb] = true
		if q.Held != "(genre=Children)" {
			t.Errorf("%s is asked for held to %q", q.Verb, q.Held)
		}
	}
	for _, verb := range []protocol.Verb{protocol.Home, protocol.Browse, protocol.Recommend, protocol.Item, protocol.Search, protocol.LabSimilar, protocol.LabList, protocol.Named, protocol.Two} {
		if !seen[verb] {
			t.Errorf("%s was not asked for", verb)
		}
	}
	html := app.HTMLString(s.page.view(s))
	contains(t, html, "Always here: For children", "Nothing violent")
	if strings.Contains(html, `id="reset"`) || strings.Count(html, "For children") != 1 {
		t.Errorf("a child can take the limit off:\n%s", html)
	}
	s.open(parseRoute(at(t, "/profile")))
	contains(t, app.HTMLString(s.page.view(s)), "Always here: For children", "1 of the rules of this profile", english.WhoDelete)
}

// TestAnAddressIsOfOnePerson: settings in an address are those of whom it names.
func TestAnAddressIsOfOnePerson(t *testing.T) {
	p := readPeople("")
	second := p.add(person{Name: "Ann"})
	for _, test := range []struct {
		on    int
		query string
		mine  bool
	}{{firstID, "recency=1", true}, {second, "recency=1", false}, {second, "recency=1&who=2", true}, {firstID, "recency=1&who=2", false}, {firstID, "who=x", false}} {
		q, _ := url.ParseQuery(test.query)
		if p.On = test.on; p.mine(q) != test.mine {
			t.Errorf("%q is of person %d: %v, want %v", test.query, test.on, !test.mine, test.mine)
		}
	}
	if keys := []string{keyOf(settingsKey, firstID), keyOf(settingsKey, second)}; slices.Equal(keys[:1], keys[1:]) || keys[0] != "sparrow-wishes" {
		t.Errorf("settings are kept under %q", keys)
	}
}

// TestPeopleInTheHeader: one person needs no menu; of several it names all, and marks whose turn it is.
func TestPeopleInTheHeader(t *testing.T) {
	s, _ := sharingAt(t, uitest.Planted(6), "/", sharing{})
	if whoMenu(s) != nil {
		t.Error("there is a menu of one person")
	}
	s.people.add(person{Name: `<b>"Ann"`, Colour: 3})
	html := app.HTMLString(whoMenu(s))
	contains(t, html, `popovertarget="who-menu"`, "aria-current", "Me, here now", "disc-3", "&lt;b&gt;")
	if strings.Contains(html, "<b>") {
		t.Errorf("a name is markup:\n%s", html)
	}
	var kept map[string]any
	if err := json.Unmarshal([]byte(s.people.text()), &kept); err != nil || kept["on"] != 1.0 { // as static/js/people.js reads it
		t.Errorf("%s: %v", s.people.text(), err)
	}
}

// TestTabsKeepWhatEachAdds: what another tab has kept is here too before this one keeps anything: a profile that it added, whose
// id would be given twice, and what it blocks.
func TestTabsKeepWhatEachAdds(t *testing.T) {
	var asked []protocol.Request
	s, _ := sharingAt(t, asking{uitest.Planted(20), &asked}, "/", sharing{})
	there := readPeople("")
	ann := there.add(person{Name: "Ann"})
	wanted := settings{blocks: []block{{"authors", "Eve", "Eve"}}}
	s.follow(peopleKey, there, func(int) settings { return wanted })
	if len(s.settings.blocks) > 0 {
		t.Error("who there is has changed, and the settings with them")
	}
	asked = nil
	s.follow(settingsKey, there, func(int) settings { return wanted })
	if bob := s.people.add(person{Name: "Bob"}); bob == ann || len(s.people.All) != 3 {
		t.Errorf("Bob has the id %d, Ann %d: %+v", bob, ann, s.people.All)
	}
	if len(s.settings.blocks) != 1 || len(asked) == 0 || len(asked[len(asked)-1].Blocked) != 1 {
		t.Errorf("settings %+v, and the list was asked for with %+v", s.settings, asked)
	}
	there.On, there.All[1].Name = ann, "Anna"
	if s.follow(settingsKey, there, func(int) settings { return settings{} }); s.people.On == ann || len(s.settings.blocks) != 1 {
		t.Error("it is another's turn on a page that holds what was the one's before")
	}
}
