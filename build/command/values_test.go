package command

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tastes writes data of people who like the items of one genre and not of the other,
// with what column and value say of each, and returns their folder. Without genres the
// catalog does not say which items belong together.
func tastes(t *testing.T, users int, genres bool, column string, value func(own bool, rng *rand.Rand) string) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 0))
	var items, rows strings.Builder
	items.WriteString("item_id,title,genres\n")
	rows.WriteString("user_id,item_id,timestamp," + column + "\n")
	const n = 60
	for i := range n {
		genre := ""
		if genres {
			genre = []string{"Drama", "Comedy"}[i%2]
		}
		fmt.Fprintf(&items, "i%d,Item %d,%s\n", i, i, genre)
	}
	for u := range users {
		own, other := 12, 8
		for k, i := range rng.Perm(n) {
			liked := i%2 == u%2
			if left := map[bool]*int{true: &own, false: &other}[liked]; *left > 0 {
				*left--
				fmt.Fprintf(&rows, "u%d,i%d,%d,%s\n", u, i, 1_600_000_000+u*1000+k*7, value(liked, rng))
			}
		}
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestOwnTasteInOtherWords: whatever names of events and scales of ratings a file has,
// people are recommended what they like, not what they dislike.
func TestOwnTasteInOtherWords(t *testing.T) {
	pick := func(own bool, yes, no []string, rng *rand.Rand) string {
		if own {
			return yes[rng.IntN(len(yes))]
		}
		return no[rng.IntN(len(no))]
	}
	for name, world := range map[string]struct {
		column string
		yes    []string
		no     []string
	}{
		"events":      {"event", []string{"Like", "Add_To_Cart", "PURCHASE"}, []string{"Dislike", "skip", "Not Interested", "scrolled_by"}},
		"ten stars":   {"rating", []string{"8", "9", "10"}, []string{"1", "2", "3"}},
		"a hundred":   {"rating", []string{"80", "95", "100"}, []string{"5", "10", "20"}},
		"up and down": {"rating", []string{"1"}, []string{"-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tastes(t, 80, true, world.column, func(own bool, rng *rand.Rand) string { return pick(own, world.yes, world.no, rng) })
			b := filepath.Join(t.TempDir(), "b.bundle")
			call(t, "bundle", "--ship", "measured", "--input", dir, "--out", b)
			args := []string{"recommend", "--bundle", b, "--histories", filepath.Join(dir, "interactions.csv"), "--k", "3", "--out", "-"}
			if world.column == "rating" {
				args = append(args, "--rating-scale="+map[string]string{"ten stars": "1-10", "a hundred": "0-100", "up and down": "-1-1"}[name])
			}
			text, _ := call(t, args...)
			own, all := ownTaste(t, text)
			if all != 240 || float64(own) < 0.95*float64(all) {
				t.Errorf("%d of %d recommendations are of the user's own taste, want 95 %% of 240", own, all)
			}
		})
	}
}

// ownTaste returns how many recommendations of people of tastes are of their own taste,
// and of how many.
func ownTaste(t *testing.T, recommended string) (own, all int) {
	t.Helper()
	lists, err := csv.NewReader(strings.NewReader(recommended)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lists[1:] {
		u, _ := strconv.Atoi(l[0][1:])
		i, _ := strconv.Atoi(l[2][1:])
		all++
		if u%2 == i%2 {
			own++
		}
	}
	return own, all
}

// TestLowStarsAreNoTargets: where only stars say what people like, what they dislike is
// not recommended to them, by either model, with times and without.
func TestLowStarsAreNoTargets(t *testing.T) {
	const users = 200
	stars := func(own bool, rng *rand.Rand) string {
		if own {
			return strconv.Itoa(4 + rng.IntN(2))
		}
		return strconv.Itoa(1 + rng.IntN(2))
	}
	for name, world := range map[string]struct {
		model string
		times bool
	}{
		"pool": {"pool", true}, "sequences": {"sequence", true}, "without times": {"pool", false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tastes(t, users, false, "rating", stars)
			rows := filepath.Join(dir, "interactions.csv")
			if !world.times {
				text, err := os.ReadFile(rows)
				if err != nil {
					t.Fatal(err)
				}
				text = regexp.MustCompile(`(?m)^(\w+,\w+),\w+`).ReplaceAll(text, []byte("$1"))
				if err := os.WriteFile(rows, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			b := filepath.Join(t.TempDir(), "b.bundle")
			call(t, "bundle", "--ship", "measured", "--input", dir, "--out", b, "--retrieval", world.model)
			text, _ := call(t, "recommend", "--bundle", b, "--histories", rows, "--k", "3", "--out", "-")
			if own, all := ownTaste(t, text); all != 3*users || float64(own) < 0.95*float64(all) {
				t.Errorf("%d of %d recommendations are of the user's own taste, want 95 %% of %d", own, all, 3*users)
			} else {
				t.Logf("%d of %d", own, all)
			}
		})
	}
}
