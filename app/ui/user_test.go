//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// somebody is what users.js tells of a person who rated items 3, 5 and one that the catalogue lacks.
const somebody = `{"Of":"MovieLens","ID":"42","Rated":7,"Since":1104537600,"Before":"41","After":"a/b","Odd":2,` +
	`"Entries":[{"ID":"gone","Stars":4,"At":1199188800},{"ID":"5","Stars":2.5,"At":1136116800},{"ID":"3","Stars":5,"At":1104580800}]}`

// userAt returns the page of a person once users.js has told text of them, and what was asked of the engine.
func userAt(t *testing.T, text string, asked *[]protocol.Request) (*store, *userPage) {
	t.Helper()
	s, _ := sharingAt(t, asking{uitest.Planted(20), asked}, "/user/42", sharing{})
	p := s.page.(*userPage)
	p.arrived(s, text, news{})
	return s, p
}

// TestAPersonOfADataSet: how much they rated and when, what is lacking, their list with reasons about them, and what
// they rated with their stars. The engine is asked with the oldest entry first, and the visitor's profile stays.
func TestAPersonOfADataSet(t *testing.T) {
	var asked []protocol.Request
	s, p := userAt(t, somebody, &asked)
	html := app.HTMLString(p.view(s))
	contains(t, html, "User 42 of MovieLens", "They rated 7 items, from 2005-01-01 to 2008-01-01.", "Most of what they liked: Drama, Western.", "Of these the newest are here: 3.",
		"of what they rated: 1.", "were left out: 2.", "Because they liked", `href="/user/41"`, `href="/user/a~2fb"`, "★\u00a02.5 · 2006-01-01", "★\u00a05 · 2005-01-01", english.UserText)
	if strings.Contains(html, "data-list") {
		t.Error("feedback tells of the list as of one of the visitor's")
	}
	if strings.Contains(html, "Because you") {
		t.Error("a reason speaks of the visitor")
	}
	if i, j := strings.Index(html, "2006-01-01"), strings.LastIndex(html, "2005-01-01"); i > j {
		t.Error("the latest is not first")
	}
	n := 0
	for _, q := range asked {
		switch q.Verb {
		case protocol.OfUser:
			n++
			want := []protocol.Entry{{ID: "3", Action: protocol.Rate, Stars: 5, At: 1104580800}, {ID: "5", Action: protocol.Rate, Stars: 2.5, At: 1136116800}, {ID: "gone", Action: protocol.Rate, Stars: 4, At: 1199188800}}
			if len(q.Entries) != 3 || q.Entries[0] != want[0] || q.Entries[1] != want[1] || q.Entries[2] != want[2] || q.Variety != -1 {
				t.Errorf("asked for %+v", q)
			}
		case protocol.Act, protocol.Import, protocol.Profile:
			t.Errorf("%s on a page of somebody else", q.Verb)
		}
	}
	if n != 1 {
		t.Errorf("asked %d times for the list", n)
	}
}

// TestOwnRulesHoldForAPerson: what the visitor never wants and blocks is asked for neither.
func TestOwnRulesHoldForAPerson(t *testing.T) {
	var asked []protocol.Request
	s, p := userAt(t, somebody, &asked)
	s.settings = settings{never: []string{"War"}, blocks: []block{{"authors", "Ann", "Ann"}}, popularity: 2}
	asked = nil
	p.load(s)
	if len(asked) != 1 || asked[0].Filter != `not genre in ("War")` || len(asked[0].Blocked) != 1 || asked[0].Leaning.Popularity != 0 {
		t.Errorf("asked for %+v", asked)
	}
}

// TestWhereThereIsNobody: no people here, none of that id, a file that cannot be read; each says what to do next.
func TestWhereThereIsNobody(t *testing.T) {
	var asked []protocol.Request
	s, p := userAt(t, "", &asked)
	contains(t, app.HTMLString(p.view(s)), english.UserNone, "go run ./build users --input DIR --bundle DIR")
	s, p = userAt(t, `{"Of":"MovieLens","Before":"1"}`, &asked)
	contains(t, app.HTMLString(p.view(s)), "User 42", english.UserMissing, `href="/user/1"`)
	s, p = userAt(t, `{"Of":7}`, &asked)
	contains(t, app.HTMLString(p.view(s)), english.FailedDecode, english.Retry)
	p.arrived(s, "", news{kind: "failed", code: "network"})
	contains(t, app.HTMLString(p.view(s)), english.FailedNetwork, english.Retry)
	for _, q := range asked {
		if q.Verb == protocol.OfUser {
			t.Errorf("asked for the list of nobody: %+v", q)
		}
	}
}

// TestAnIDOfAPersonIsNoHole: any text of a file is shown as it is, and is a part of an address.
func TestAnIDOfAPersonIsNoHole(t *testing.T) {
	var asked []protocol.Request
	s, p := userAt(t, `{"Of":"<b>","ID":"<i>/../{name}","Rated":1,"Entries":[{"ID":"3","Stars":0,"At":0}],"After":"../../x?y#z"}`, &asked)
	p.id = "<i>/../{name}"
	html := app.HTMLString(p.view(s))
	if strings.Contains(html, "<i>") || strings.Contains(html, "<b>") {
		t.Errorf("HTML of a file is taken for the page's: %s", html)
	}
	contains(t, html, "They rated 1 items.", "/user/")
	if strings.Contains(html, `href="/user/../`) {
		t.Error("an id climbs out of its address")
	}
	for _, id := range []string{"42", "a/b", "a%2Fb", "..", "é 霸", "x?y#z"} {
		if r := parseRoute(at(t, UserURL("zh", id))); r.page != "user" || r.param != id || r.lang != "zh" {
			t.Errorf("the address %s of %q leads to %+v", UserURL("zh", id), id, r)
		}
	}
}

// TestTheLabLeadsToPeople where the site has some, and nowhere else.
func TestTheLabLeadsToPeople(t *testing.T) {
	s, p := labAt(t, "/lab")
	if html := app.HTMLString(p.view(s)); strings.Contains(html, "lab-users") {
		t.Error("the Lab leads to people that there are not")
	}
	p.people = "a/b"
	contains(t, app.HTMLString(p.view(s)), english.UserLab, `href="/user/a~2fb"`)
}
