package evaluation

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/feature"
)

// TestStrangersAreCutAtRandom holds on planted data: strangers are not in training,
// their likes are all given or asked, once, in one sitting, and what they disliked is neither.
func TestStrangersAreCutAtRandom(t *testing.T) {
	d, o := camps(20, 160), DefaultStrangersOptions()
	train, cases, err := Strangers(d, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 4*5 { // a fifth of 20 users, five cuts each
		t.Fatalf("%d cases, want 20", len(cases))
	}
	for i, c := range cases {
		if len(train.Of(c.User)) != 0 {
			t.Errorf("user %d is a stranger, and trained on", c.User)
		}
		if len(c.History) != 16 || len(c.Relevant) != 4 {
			t.Errorf("case %d: %d given, %d asked, want 16 and 4", i, len(c.History), len(c.Relevant))
		}
		all := slices.Clone(c.Relevant)
		for j, e := range c.History {
			all = append(all, e.Row)
			if e.Stars != 5 || j > 0 && e.At != c.History[j-1].At+likeApart {
				t.Errorf("case %d: event %d is %+v", i, j, e)
			}
		}
		if diff := cmp.Diff(sorted(likesOf(d, c.User)), sorted(all)); diff != "" {
			t.Errorf("case %d: likes (-want +got):\n%s", i, diff)
		}
		byRow := func(a, b feature.Event) int { return int(a.Row - b.Row) }
		if slices.IsSortedFunc(c.History, byRow) {
			t.Errorf("case %d: likes are given in the order of the catalog", i)
		}
	}
	if slices.Equal(cases[0].Relevant, cases[1].Relevant) {
		t.Error("two cuts of one stranger are the same")
	}
	_, again, _ := Strangers(d, o)
	if diff := cmp.Diff(cases, again); diff != "" {
		t.Errorf("the same seed cuts otherwise:\n%s", diff)
	}
}

// TestEverybodyIsAStrangerOnce over as many draws as there are parts.
func TestEverybodyIsAStrangerOnce(t *testing.T) {
	d, o := camps(20, 160), DefaultStrangersOptions()
	o.Draws = 1
	times := make([]int, len(d.Users))
	for o.Draw = range 5 {
		_, cases, err := Strangers(d, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			times[c.User]++
		}
	}
	if slices.Min(times) != 1 || slices.Max(times) != 1 {
		t.Errorf("times a stranger: %v, want 1 each", times)
	}
	for _, bad := range []StrangersOptions{{Share: 0, Draws: 1}, {Share: 1, Draws: 1}, {Share: 0.2}, {Share: 0.001, Draws: 1}} {
		if _, _, err := Strangers(d, bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}
