package catalog

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// found is what Find's comment says, written down without an index: each word of a
// query is compared with each word of each title by the naive distance, and all
// items that fit are sorted.
func found(c *Catalog, words [][]string, count []uint32, query string, k int) []Row {
	q := parse(query)
	if len(q) == 0 {
		return nil
	}
	for _, forgiving := range []bool{false, true} {
		tiers := map[Row]int{}
		for r := range words {
			if tier := tierOf(q, words[r], c.Years[r], forgiving); tier >= 0 {
				tiers[Row(r)] = tier
			}
		}
		if len(tiers) < k && !forgiving {
			continue
		}
		var rows []Row
		for r := range tiers {
			rows = append(rows, r)
		}
		slices.SortFunc(rows, func(a, b Row) int {
			return cmp.Or(cmp.Compare(tiers[a], tiers[b]), cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
		})
		return rows[:min(k, len(rows))]
	}
	return nil
}

// tierOf returns how badly words fit q, less than 0 if they do not.
func tierOf(q []term, words []string, year int16, forgiving bool) int {
	typos := 0
	inYear := func(t term) bool { return t.year && strings.HasPrefix(fmt.Sprintf("%04d", year), t.text) }
	for _, t := range q {
		least := none
		for _, word := range words {
			word = strings.TrimPrefix(word, "+")
			if strings.HasPrefix(word, t.text) {
				least = 0
			} else if forgiving && t.edits > 0 {
				last := naiveDistance([]rune(t.text), []rune(word))[len([]rune(t.text))]
				distance := last[len(last)-1]
				if t.last {
					distance = slices.Min(last)
				}
				if distance <= t.edits {
					least = min(least, distance)
				}
			}
		}
		if inYear(t) {
			least = 0
		}
		if least == none {
			return -1
		}
		typos += least
	}
	if typos > 0 {
		return fits + typos
	}
	title := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w[0] == '+' })
	if len(title) > 1 && isArticle(title[0]) {
		title = title[1:]
	}
	of := func(q []term) int {
		for i, t := range q {
			if i == len(title) || !strings.HasPrefix(title[i], t.text) || i < len(q)-1 && title[i] != t.text {
				return fits
			}
		}
		if len(title) == len(q) && title[len(q)-1] == q[len(q)-1].text {
			return equal
		}
		return begins
	}
	if tier, n := of(q), len(q)-1; tier < fits || n == 0 || !inYear(q[n]) {
		return tier
	}
	return of(q[:len(q)-1])
}

// TestFindEqualsTheReference asks for beginnings, words in another order, years and
// typos of titles of several scripts, among words that titles share and few.
func TestFindEqualsTheReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 3))
	c := synthetic(300)
	odd := strings.Fields("The the Movie 卧虎藏龙 千と千尋の神隠し Зеркало Ёлки Ωμέγα l'été Œuvre straße & a&b X-Ray-Vision- -- E.T. WALL·E ¿Qué? e\u0301te\u0301 1995 19 2 \xff\xfe ĳs " + strings.Repeat("long", 60))
	for _, m := range shelf {
		c.Titles, c.Years, c.IDs = append(c.Titles, m.title), append(c.Years, m.year), append(c.IDs, ID(m.title))
	}
	for r, title := range c.Titles {
		for range rng.IntN(3) {
			title += []string{" ", "-", ": "}[rng.IntN(3)] + odd[rng.IntN(len(odd))]
		}
		c.Titles[r] = title
		if rng.IntN(9) == 0 {
			c.Years[r] = 0
		}
	}
	count, words := make([]uint32, c.Len()), make([][]string, c.Len())
	for r, title := range c.Titles {
		count[r], words[r] = uint32(rng.IntN(9)), listed(appendWords(nil, title))
	}
	s := NewSearch(c, count)
	hits := 0
	for range 1500 {
		r := rng.IntN(c.Len())
		query := []rune(c.Titles[r])
		switch rng.IntN(5) {
		case 0:
			query = query[:rng.IntN(len(query))]
		case 1:
			parts := strings.Fields(c.Titles[r])
			rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
			query = []rune(strings.Join(parts[:min(len(parts), 2)], " "))
		case 2:
			query = []rune(fmt.Sprint(c.Titles[r], " ", c.Years[r]))
		case 3:
			query = []rune(odd[rng.IntN(len(odd))])
		case 4:
			query = []rune(fmt.Sprintf("%04d", c.Years[r])[:1+rng.IntN(4)])
		}
		for range rng.IntN(3) {
			if at := rng.IntN(1 + len(query)); at < len(query) && rng.IntN(2) == 0 {
				query = slices.Delete(query, at, at+1)
			} else {
				query = slices.Insert(query, at, []rune("aeé-&卧з 1")[rng.IntN(9)])
			}
		}
		k := []int{1, 8, 200}[rng.IntN(3)]
		got, want := s.Find(string(query), k), found(c, words, count, string(query), k)
		if !slices.Equal(got, want) {
			t.Fatalf("Find(%q, %d) = %v, want %v", string(query), k, got, want)
		}
		hits += min(1, len(want))
	}
	if hits < 500 {
		t.Errorf("%d of 1500 queries find something: too few to tell", hits)
	}
}
