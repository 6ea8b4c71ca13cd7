//go:build !js

package ui

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

var links = cmp.Options{cmp.AllowUnexported(linked{}), cmpopts.EquateEmpty()}

// TestALinkBringsWhatWasPutIn reads what link wrote, also ids and names that mean something to an address.
func TestALinkBringsWhatWasPutIn(t *testing.T) {
	for _, want := range []linked{
		{ids: []catalog.ID{"1", "356", "a&b=c#d", "x y+z", "50%", "霸王别姬", `"><script>`}},
		{ids: []catalog.ID{"1"}, name: "Ann & Bob + 小明"},
	} {
		address, n := want.link("https://films.example/shared-list")
		page, fragment, _ := strings.Cut(address, "#")
		if page != "https://films.example/shared-list" || n != len(want.ids) {
			t.Errorf("%v became %q with %d items", want, address, n)
		}
		if diff := cmp.Diff(want, readLinked(fragment, 10), links); diff != "" {
			t.Errorf("%q: -want +got\n%s", fragment, diff)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseRoute(u); got.page != "shared-list" || got.sent != fragment || got.address("zh") != "/zh/shared-list#"+fragment {
			t.Errorf("%q is page %s with %q, in Chinese %q", address, got.page, got.sent, got.address("zh"))
		}
	}
}

// TestALinkHoldsWhatFits: of ids that are too long together, the first ones.
func TestALinkHoldsWhatFits(t *testing.T) {
	var l linked
	for i := range 40 {
		l.ids = append(l.ids, catalog.ID(strconv.Itoa(i)+strings.Repeat("字", 60)))
	}
	address, n := l.link("https://films.example/shared-list")
	if len(address) > mostLink || n == 0 || n == len(l.ids) {
		t.Fatalf("%d bytes with %d items", len(address), n)
	}
	if got := readLinked(address[strings.Index(address, "#")+1:], 40); !cmp.Equal(got.ids, l.ids[:n]) || got.unread > 0 {
		t.Errorf("%d of %d items came back, %d parts unread", len(got.ids), n, got.unread)
	}
}

func TestALinkFromAnybody(t *testing.T) {
	eleven := strings.TrimPrefix(strings.Repeat("&i=", 1)+"1&i=2&i=3&i=4&i=5&i=6&i=7&i=8&i=9&i=10&i=11", "&")
	for name, test := range map[string]struct {
		fragment string
		want     linked
	}{
		"nothing":            {"", linked{}},
		"an id twice":        {"i=1&i=1", linked{ids: []catalog.ID{"1"}}},
		"one too many":       {eleven, linked{ids: []catalog.ID{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}, unread: 1}},
		"other keys":         {"i=1&q=2&constructor=3&=4&5", linked{ids: []catalog.ID{"1"}, unread: 4}},
		"no ids":             {"i=&i=" + strings.Repeat("x", 201), linked{unread: 2}},
		"damaged":            {"i=%zz&i=%ff&i=%e9%9c%b8", linked{ids: []catalog.ID{"霸"}, unread: 2}},
		"two names":          {"n=Ann&n=Bob", linked{name: "Ann", unread: 1}},
		"a name that turns":  {"n=%E2%80%AEnnA%00%0A++Lee", linked{name: "nnA Lee"}},
		"a name of blanks":   {"i=1&n=%E3%85%A4%E2%A0%80", linked{ids: []catalog.ID{"1"}}},
		"a long name":        {"n=" + strings.Repeat("a", 90), linked{name: strings.Repeat("a", 40)}},
		"longer than a link": {"i=" + strings.Repeat("1", 2047), linked{long: true}},
	} {
		if diff := cmp.Diff(test.want, readLinked(test.fragment, mostListed), links); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func FuzzReadLinked(f *testing.F) {
	f.Add("i=1&i=356&n=Ann")
	f.Add("i=%zz&&=&n=%e2%80%ae")
	f.Fuzz(func(t *testing.T, fragment string) {
		l := readLinked(fragment, mostListed)
		if len(l.ids) > mostListed || utf8.RuneCountInString(l.name) > mostName || l.unread > len(fragment) {
			t.Fatalf("%q: %+v", fragment, l)
		}
		for _, r := range l.name {
			if !unicode.IsPrint(r) {
				t.Fatalf("%q: the name %q", fragment, l.name)
			}
		}
		for _, id := range l.ids {
			if !validID(id) {
				t.Fatalf("%q: the id %q", fragment, id)
			}
		}
		address, n := l.link("/shared-list")
		again := readLinked(strings.TrimPrefix(address, "/shared-list#"), mostListed)
		if n == len(l.ids) && !cmp.Equal(linked{ids: l.ids, name: l.name}, again, links) {
			t.Fatalf("%q: %+v became %+v", fragment, l, again)
		}
	})
}

// TestASharedListIsShown opens lists of a catalog of twelve: what it lacks and what a link does not
// say is counted, and nothing of it becomes part of the profile.
func TestASharedListIsShown(t *testing.T) {
	for address, want := range map[string][]string{
		"/shared-list#i=3&i=none&i=1&n=Ann":           {"A list from Ann", `href="/item/3"`, `href="/item/1"`, "Not in this catalogue, of its items: 1."},
		"/shared-list#i=2&i=%C3&x=1":                  {english.SharedTitle, `href="/item/2"`, "means nothing here and was left out: 2"},
		"/shared-list#n=%3Cimg%20src%3Dx%3E":          {"A list from &lt;img src=x&gt;", english.SharedNone},
		"/shared-list":                                {english.SharedNone, english.SharedNoneText},
		"/shared-list#i=none":                         {english.GoHome, "Not in this catalogue, of its items: 1."},
		"/shared-list#i=" + strings.Repeat("1", 2100): {english.SharedLong},
		"/zh/shared-list#i=1&n=Ann":                   {"Ann 的", `href="/zh/item/1"`},
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		f := uitest.Planted(12)
		s, _ := sharingAt(t, f, "/", sharing{})
		s.open(parseRoute(u))
		contains(t, app.HTMLString(s.page.view(s)), want...)
	}
}

// TestWhatALinkHoldsIsSaidBefore: titles and a name that is not asked for, before anything is sent.
func TestWhatALinkHoldsIsSaidBefore(t *testing.T) {
	f := uitest.Planted(20)
	s, _ := sharingAt(t, f, "/for-you", sharing{})
	s.act(f.Cards[0], protocol.Like, 0)
	p := s.page.(*forYouPage)
	contains(t, app.HTMLString(p.view(s)), `id="send-list"`, english.SendList)
	p.sending.open = true
	address, _ := (&linked{ids: idsOf(p.cards, 10)}).link("https://films.example/shared-list")
	contains(t, app.HTMLString(p.view(s)), "holds these 10 items", "In it: Film", attr(address))
	p.sending.name = "Ann"
	contains(t, app.HTMLString(p.view(s)), "n=Ann")
}
