//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
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
		{protocol.Answer{Before: 2, After: 2}, "/item/6", []string{"With Heat or without, it is number 2"}},
		{protocol.Answer{}, "/zh/item/6", []string{"有没有“Heat”，它都不在你清单的前 30。", "撤回对“Heat”的评价"}},
	} {
		f := uitest.Planted(9)
		s, _ := sharingAt(t, f, c.path, sharing{})
		p := s.page.(*itemPage)
		p.explain = &protocol.Answer{Score: 2, Base: 0.5, Reasons: []protocol.Reason{{Feature: "profile", Contribution: 1.5}},
			Shelves: []protocol.Shelf{{Kind: "likes", Cards: []protocol.Card{{ID: "2", Title: "Heat", Action: protocol.Like, Score: 0.9}}}}}
		html := func() string { return app.HTMLString(s.page.view(s)) }
		contains(t, html(), "+0.90", "+0.60") // and all else
		p.whatIf = whatIf{"2", &c.answer}
		contains(t, html(), c.want...)
		p.ask(s, "2") // once more
		if strings.Contains(html(), "panel-buttons") {
			t.Error("the answer is still there")
		}
	}
}
