package experiment

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

func TestDraftByHand(t *testing.T) {
	a, b := []catalog.Row{1, 2, 3, 4}, []catalog.Row{2, 3, 5, 6}
	for _, c := range []struct {
		name  string
		heads []bool // of the coins at 0, 2, 4, …
		k     int
		rows  []catalog.Row
		teams []int
	}{
		// A takes 1, B takes 2. A is first again: 2 is gone, so 3; B: 2 and 3 are gone, so 5.
		{"A first twice", []bool{true, true}, 4, []catalog.Row{1, 2, 3, 5}, []int{0, 1, 0, 1}},
		// B takes 2, A takes 1. B: 3. A: 2 and 3 are gone, so 4.
		{"B first twice", []bool{false, false}, 4, []catalog.Row{2, 1, 3, 4}, []int{1, 0, 1, 0}},
		{"A first, then B", []bool{true, false}, 4, []catalog.Row{1, 2, 3, 4}, []int{0, 1, 1, 0}},
		{"an odd number", []bool{true, false}, 3, []catalog.Row{1, 2, 3}, []int{0, 1, 1}},
		// After 1 2 3 5 4 6 no one has any left: A is next and the draft is over.
		{"until none is left", []bool{true, true, true, true}, 9, []catalog.Row{1, 2, 3, 5, 4, 6}, []int{0, 1, 0, 1, 0, 1}},
		{"nothing", nil, 0, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			picks := Draft(a, b, c.k, heads(c.heads))
			rows, teams := drafted(a, b, picks)
			if !slices.Equal(rows, c.rows) || !slices.Equal(teams, c.teams) {
				t.Errorf("Draft: %v of teams %v, want %v of %v", rows, teams, c.rows, c.teams)
			}
		})
	}
}

// heads are coins that fell before: true lets team 0 go first.
func heads(coins []bool) func(uint64) float64 {
	return func(n uint64) float64 {
		if coins[n/2] {
			return 0.4999
		}
		return 0.5
	}
}

func drafted(a, b []catalog.Row, picks []Pick) (rows []catalog.Row, teams []int) {
	for _, p := range picks {
		rows, teams = append(rows, [][]catalog.Row{a, b}[p.Team][p.At]), append(teams, p.Team)
	}
	return rows, teams
}

// TestDraftAlways: no item stands twice, the teams differ by one pick at most at
// every length, each takes its best item that was left, and a list with itself
// is that list.
func TestDraftAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranking := rapid.Permutation([]catalog.Row{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
		a, b := ranking.Draw(t, "a")[:6], ranking.Draw(t, "b")[:6]
		coins := rapid.SliceOfN(rapid.Bool(), 6, 6).Draw(t, "coins")
		k := rapid.IntRange(0, 6).Draw(t, "k")
		rows, teams := drafted(a, b, Draft(a, b, k, heads(coins)))
		if len(rows) != k {
			t.Fatalf("Draft of %d: %v", k, rows)
		}
		balance := 0
		for i, r := range rows {
			balance += 1 - 2*teams[i]
			if balance < -1 || balance > 1 {
				t.Fatalf("Draft: teams %v are out of balance", teams)
			}
			left := slices.DeleteFunc(slices.Clone([][]catalog.Row{a, b}[teams[i]]), func(r catalog.Row) bool { return slices.Contains(rows[:i], r) })
			if left[0] != r {
				t.Fatalf("Draft: place %d is %d, and its team had %v left", i, r, left)
			}
		}
		if same, _ := drafted(a, a, Draft(a, a, k, heads(coins))); !slices.Equal(same, a[:k]) {
			t.Fatalf("Draft of %v with itself: %v", a, same)
		}
	})
}

// TestDraftIsFair lets visitors click without regard to the ranking: neither team
// may win more often. 4,000 lists of 5 places, one click each at a random place:
// wins of team 0 are binomial with a standard deviation of 31.6.
func TestDraftIsFair(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	a, b := []catalog.Row{1, 2, 3, 4, 5}, []catalog.Row{9, 1, 8, 3, 7}
	wins := 0
	for range 4000 {
		_, teams := drafted(a, b, Draft(a, b, 5, func(uint64) float64 { return r.Float64() }))
		wins += 1 - teams[r.IntN(5)]
	}
	if wins < 2000-4*32 || wins > 2000+4*32 {
		t.Errorf("team 0 won %d of 4,000 random clicks", wins)
	}
}
