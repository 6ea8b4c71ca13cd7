//go:build !js

package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

func onWall(p *forYouPage) (ids []catalog.ID) {
	for _, c := range p.wall.cards {
		ids = append(ids, c.ID)
	}
	return ids
}

// TestWhatWasNotSeenLeavesTheWall: another item takes its place and the others stay, nothing of it comes
// to the profile, it does not come again, and it can be taken back.
func TestWhatWasNotSeenLeavesTheWall(t *testing.T) {
	f := uitest.Planted(40)
	s := openAt(t, f, "/for-you")
	p := s.page.(*forYouPage)
	before := onWall(p)
	third := before[2]
	p.wall.skip(s, third)
	after := onWall(p)
	want := slices.Clone(before)
	want[2] = "13"
	if !slices.Equal(after, want) {
		t.Fatalf("the wall is %q, want %q", after, want)
	}
	if s.history() != 0 || len(f.Answer(protocol.Request{Verb: protocol.Profile}).Entries) != 0 {
		t.Error("an item that was not seen is in the profile")
	}
	contains(t, s.toast.text, `Film "3" & <b>`, "nothing of your taste")
	contains(t, app.HTMLString((&root{s: s}).Render()), "left out, as not chosen: 1")
	s.toast.undo()
	if got := onWall(p); !slices.Equal(got, before) || len(s.unseen) != 0 {
		t.Errorf("taken back, the wall is %q and %q are left out, want %q", got, s.unseen, before)
	}
	for _, id := range before {
		p.wall.skip(s, id)
	}
	seen := slices.Clone(before)
	for range 3 { // 40 items: the last round has four
		for _, id := range onWall(p) {
			if slices.Contains(seen, id) {
				t.Errorf("%s comes again", id)
			}
		}
		seen = append(seen, onWall(p)...)
		for _, c := range p.wall.cards {
			p.wall.asked = append(p.wall.asked, c.ID)
		}
		if len(seen) < len(f.Cards) {
			p.wall.ask(s)
		}
	}
	if len(seen) != len(f.Cards) {
		t.Errorf("%d items were on the wall, want all %d", len(seen), len(f.Cards))
	}
	p.wall.ask(s) // and begins again without what was not seen
	if len(p.wall.cards) != wallCards || slices.Contains(before, p.wall.cards[0].ID) {
		t.Errorf("after the last round the wall is %q", onWall(p))
	}
}

// TestAllThatWasNotSeen: where the visitor has seen nothing that there is, the wall begins again with all.
func TestAllThatWasNotSeen(t *testing.T) {
	s := openAt(t, uitest.Planted(5), "/for-you")
	p := s.page.(*forYouPage)
	for _, id := range onWall(p) {
		p.wall.skip(s, id)
	}
	if len(p.wall.cards) != 5 || len(s.unseen) != 0 {
		t.Errorf("the wall is %q, left out are %q; want all five items", onWall(p), s.unseen)
	}
}

// TestTwoAtOnce: the second is said before the engine has answered to the first, and a third is taken
// back by then; until the answers come the cards stand there, pale.
func TestTwoAtOnce(t *testing.T) {
	c := &slowClient{session: uitest.Planted(40)}
	s := newStore(c)
	s.open(parseRoute(at(t, "/for-you")))
	c.answer()
	p := s.page.(*forYouPage)
	before := onWall(p)
	p.wall.skip(s, before[0])
	p.wall.skip(s, before[1])
	p.wall.skip(s, before[2])
	s.toast.undo()
	if got := onWall(p); !slices.Equal(got, before) || strings.Count(app.HTMLString(p.view(s)), "card-out") != 2 {
		t.Errorf("before the answers the wall is %q, want %q with two pale cards", got, before)
	}
	c.answer()
	if got := onWall(p); len(slices.Compact(slices.Sorted(slices.Values(got)))) != wallCards || got[2] != before[2] || slices.Contains(got, before[0]) || slices.Contains(got, before[1]) {
		t.Errorf("the wall is %q", got)
	}
}

// TestOnlyTheWallAsks: the button stands on the wall, in words and with the item's name for who does not see
// the card, and on no other list.
func TestOnlyTheWallAsks(t *testing.T) {
	html := app.HTMLString((&root{s: openAt(t, uitest.Planted(40), "/for-you")}).Render())
	if n := strings.Count(html, `data-act="unseen"`); n != wallCards {
		t.Errorf("%d buttons, want one a card", n)
	}
	contains(t, html, ">Haven’t chosen it<", `aria-label="Haven’t chosen it: Film &#34;1&#34;`)
	if html := app.HTMLString((&root{s: openAt(t, uitest.Planted(40), "/browse")}).Render()); strings.Contains(html, `data-act="unseen"`) {
		t.Error("a list of the catalogue asks, too")
	}
}

// TestAGroupIsItsLikes: to choose a group likes each of its items, as its button says, and makes the list at once;
// a second press takes back what the first brought, and not what was said before.
func TestAGroupIsItsLikes(t *testing.T) {
	f := uitest.Planted(40)
	s := openAt(t, f, "/for-you")
	p := s.page.(*forYouPage)
	p.wall.grouped = true
	p.wall.groups.ask(s)
	groups := p.wall.groups.all
	contains(t, app.HTMLString(p.view(s)), english.GroupsTitle, ">I like these 3<", `aria-label="I like these 3: Western"`)
	s.act(groups[1].Cards[0], protocol.Like, 0)
	groups[1].choose(s)
	likes := func() (ids []catalog.ID) {
		for _, e := range f.Answer(protocol.Request{Verb: protocol.Profile}).Entries {
			ids = append(ids, e.ID)
		}
		return ids
	}
	if got := likes(); !slices.Equal(got, []catalog.ID{"2", "4", "6"}) || s.history() != 3 || len(p.cards) == 0 {
		t.Fatalf("likes %q, a history of %d, a list of %d; want the three items of the group", got, s.history(), len(p.cards))
	}
	contains(t, app.HTMLString(p.view(s)), english.GroupsTitle) // groups stay while the visitor chooses
	if n := strings.Count(app.HTMLString(p.wall.groups.view(s)), `aria-pressed="false"`); n != 1 {
		t.Errorf("%d of two groups are not chosen, want one", n)
	}
	contains(t, s.toast.text, "2 items")
	s.toast.undo()
	if got := likes(); !slices.Equal(got, []catalog.ID{"2"}) || groups[1].likes != nil || s.card(groups[1].Cards[1]).Action != "" {
		t.Errorf("taken back, the likes are %q, want what was liked before", got)
	}
	p.wall.groups.asked = []catalog.ID{"1", "2"}
	if p.wall.groups.ask(s); slices.ContainsFunc(p.wall.groups.all[0].Cards, func(c protocol.Card) bool { return c.ID == "1" }) {
		t.Error("a group comes again")
	}
}

func TestGroupsAreNamed(t *testing.T) {
	cards := []protocol.Card{{Title: "Heat"}, {Title: "Ronin"}, {Title: "Thief"}}
	noir := []protocol.Why{{Kind: protocol.WhyGenres, Names: []string{"Film-Noir"}}, {Kind: protocol.WhyYears, Title: "1940"}}
	for _, test := range []struct {
		w    *words
		g    protocol.Shelf
		want string
	}{
		{wordsOf("en"), protocol.Shelf{Cards: cards, Why: noir}, "Film noir of the 1940s"},
		{wordsOf("en"), protocol.Shelf{Cards: cards, Why: noir, Title: "Heat"}, "Heat and Ronin"},
		{wordsOf("zh"), protocol.Shelf{Cards: cards, Title: "Heat"}, "“Heat”和“Ronin”"},
	} {
		if got := test.w.groupName(&test.g); got != test.want {
			t.Errorf("groupName(%+v) = %q, want %q", test.g, got, test.want)
		}
	}
	s := openAt(t, uitest.Planted(3), "/for-you") // too few for groups
	p := s.page.(*forYouPage)
	p.wall.grouped = true
	p.wall.groups.ask(s)
	contains(t, app.HTMLString(p.view(s)), english.GroupsNone)
}
