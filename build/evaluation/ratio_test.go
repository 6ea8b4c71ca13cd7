package evaluation

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// TestRandomRatioCutsEachUser holds on planted data, of whose 21 ratings of each user 20 have
// three stars: 16 are learned from, 2 are no answer and may not be shown, 2 are asked for.
func TestRandomRatioCutsEachUser(t *testing.T) {
	d := camps(12, 160)
	train, cases, masked, err := RandomRatio(d, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	pools := Unmasked(masked, 160)
	if len(cases) != 12 || len(pools) != 12 {
		t.Fatalf("%d cases, %d pools, want 12", len(cases), len(pools))
	}
	for i, c := range cases {
		if len(c.History) != 16 || len(train.Of(c.User)) != 16 || len(c.Relevant) != 2 || len(pools[i]) != 158 {
			t.Errorf("case %d: %d given, %d learned from, %d asked, %d to choose from, want 16, 16, 2, 158",
				i, len(c.History), len(train.Of(c.User)), len(c.Relevant), len(pools[i]))
		}
		seen := slices.Clone(c.Relevant)
		for _, e := range c.History {
			if e.Stars != 5 || e.At < 1 || c.History.Sittings() != 1 {
				t.Errorf("case %d: %+v is no like of one sitting", i, e)
			}
			seen = append(seen, e.Row)
		}
		for r := range catalog.Row(160) {
			if !slices.Contains(pools[i], r) {
				seen = append(seen, r)
			}
		}
		if diff := cmp.Diff(sorted(likesOf(d, c.User)), sorted(seen)); diff != "" {
			t.Errorf("case %d: given, asked and masked (-want +got):\n%s", i, diff)
		}
	}
	for _, e := range train.Interactions {
		if e.Stars != 0 || e.At != 0 || !train.Timeless() {
			t.Fatalf("%+v has stars or a time", e)
		}
	}
	_, again, _, _ := RandomRatio(d, 1, 0)
	_, other, _, _ := RandomRatio(d, 1, 1)
	if diff := cmp.Diff(cases, again); diff != "" {
		t.Errorf("the same draw cuts otherwise:\n%s", diff)
	}
	if cmp.Equal(cases, other) {
		t.Error("two draws are the same")
	}
}

// TestRatioPartsByHand has the sizes that RecBole's own rule gives.
func TestRatioPartsByHand(t *testing.T) {
	for n, want := range map[int][2]int{0: {0, 0}, 1: {0, 0}, 2: {0, 1}, 3: {1, 1}, 9: {1, 1}, 19: {1, 1}, 20: {2, 2}, 105: {10, 10}} {
		if valid, test := ratioParts(n); valid != want[0] || test != want[1] {
			t.Errorf("ratioParts(%d) = %d, %d, want %v", n, valid, test, want)
		}
	}
}
