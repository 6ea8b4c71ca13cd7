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

// TestWhatIfIsSaidBeforeItIsDone says in both languages what each answer means, and takes the like back
// only when that is asked for.
func TestWhatIfIsSaidBeforeItIsDone(t *testing.T) {
	for _, c := range []struct {
		answer protocol.Answer
		path   string
		want   []string
	}{
		{protocol.Answer{Before: 3, After: 14}, "/item/6", []string{"Without Heat it would be number 14 on your list; now it is number 3."}},
		{protocol.Answer{Before: 3, Cards: []protocol.Card{{Title: "Ronin"}, {Title: "Alien"}}}, "/item/6",
			[]string{"Without Heat it would not be among the first 30 of your list; now it is number 3. New on the list would be Ronin, Alien."}},
		{protocol.Answer{After: 9}, "/item/6", []string{"number 9 on your list; now it is not among the first 30"}},
		{protocol.Answer{Before: 2, After: 2}, "/item/6", []string{"Without Heat it would still be number 2 on your list."}},
		{protocol.Answer{}, "/zh/item/6", []string{"没有“Heat”，它不在你清单的前 30；现在也不在。", "撤回对“Heat”的评价"}},
	} {
		f := uitest.Planted(9)
		s, _ := sharingAt(t, f, c.path, sharing{})
		p := s.page.(*itemPage)
		p.explain = &protocol.Answer{Score: 2, Base: 0.5, Reasons: []protocol.Reason{{Feature: "profile", Contribution: 1.5}},
			Parts: []protocol.Reason{{Why: protocol.Why{Kind: protocol.WhyLiked, ID: "2", Title: "Heat"}, Contribution: 0.9}}}
		html := func() string { return app.HTMLString(s.page.view(s)) }
		contains(t, html(), "+0.90", "+1.10", "+2.00") // all else, and the sum
		d, ok := doubtOf(s, p.explain.Parts[0].Why)
		if !ok {
			t.Fatal("a like cannot be put in question")
		}
		p.whatIf = whatIf{1, d, &c.answer}
		contains(t, html(), c.want...)
		p.ask(s, 1, d) // once more
		if strings.Contains(html(), "panel-buttons") {
			t.Error("the answer is still there")
		}
	}
}

// TestReasonsAddUpAsTheyAreShown draws parts whose second decimals would not add up were each rounded by itself:
// what is left over takes the difference. Of an item that the visitor has spoken of no sentence is said.
func TestReasonsAddUpAsTheyAreShown(t *testing.T) {
	f := uitest.Planted(9)
	s, _ := sharingAt(t, f, "/item/6", sharing{})
	p := s.page.(*itemPage)
	p.explain = &protocol.Answer{Score: 1, Reasons: []protocol.Reason{{Feature: "profile", Contribution: 1}}, Parts: []protocol.Reason{
		{Why: protocol.Why{Kind: protocol.WhyLiked, ID: "2", Title: "Heat"}, Contribution: 0.304},
		{Why: protocol.Why{Kind: protocol.WhySome, Names: []string{"Drama", "Western"}}, Contribution: 0.304},
		{Why: protocol.Why{Kind: protocol.WhyTaste}, Contribution: 0.304}}}
	html := func() string { return app.HTMLString(s.page.view(s)) }
	contains(t, html(), "+0.30", "+0.10", "+1.00", "Because you liked Heat", "It is Drama, Western, like others that you like", english.WhyTaste)
	p.item.Action = protocol.Like
	if strings.Contains(html(), english.WhyTaste) {
		t.Error("a liked item is still argued for")
	}
}

// TestEachReasonHasASetting goes against each kind of reason as far as there is: it changes one setting, which
// it names, and at its end there is nothing more to ask.
func TestEachReasonHasASetting(t *testing.T) {
	s, _ := sharingAt(t, uitest.Planted(9), "/item/6", sharing{})
	s.settings.more = []string{"Drama", "Western"}
	for _, c := range []struct {
		why  protocol.Why
		wish string
		want func(settings) bool
		last settings
	}{
		{protocol.Why{Kind: protocol.WhyTaste}, "further from your likes", func(t settings) bool { return t.familiarity == -1 && t.popularity == 0 }, settings{familiarity: -lastStop}},
		{protocol.Why{Kind: protocol.WhyCrowd}, "less known", func(t settings) bool { return t.popularity == -1 && t.familiarity == 0 }, settings{popularity: -lastStop}},
		{protocol.Why{Kind: protocol.WhySome, Names: []string{"Drama"}}, "no Drama", func(t settings) bool {
			return slices.Equal(t.never, []string{"Drama"}) && slices.Equal(t.more, []string{"Western"})
		}, settings{never: make([]string, mostGenres)}},
	} {
		d, ok := doubtOf(s, c.why)
		if !ok || d.item != "" || d.wish != c.wish || !c.want(d.other) {
			t.Errorf("%+v: %+v, %v", c.why, d, ok)
		}
		was := s.settings
		s.settings = c.last
		if d, ok := doubtOf(s, c.why); ok {
			t.Errorf("%+v can be put further in question: %+v", c.why, d)
		}
		s.settings = was
	}
	if len(s.settings.never) != 0 || len(s.settings.more) != 2 {
		t.Error("asking has changed the settings")
	}
	if d, ok := doubtOf(s, protocol.Why{Kind: protocol.WhyAfter, ID: "3", Title: "Heat"}); !ok || d.item != "3" {
		t.Errorf("what came before cannot be put in question: %+v", d)
	}
}

// TestTwoListsAreCompared gives places and what has come up by hand.
func TestTwoListsAreCompared(t *testing.T) {
	cards := func(ids ...catalog.ID) (all []protocol.Card) {
		for _, id := range ids {
			all = append(all, protocol.Card{ID: id})
		}
		return all
	}
	a := compared("b", cards("a", "b", "c"), cards("d", "a", "e", "f", "g"))
	if a.Before != 2 || a.After != 0 || len(a.Cards) != 3 || a.Cards[0].ID != "d" || a.Cards[2].ID != "f" {
		t.Errorf("%+v", a)
	}
}
