package catalog

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// found is what Find's comment says, written down without an index, for names that are
// titles of one name: each word of a query is compared with each word of each title by the
// naive distance, and all items that fit are sorted.
func found(c *Catalog, titles [][]spelt, count []uint32, text string, k int) []Row {
	q := parse(text)
	if len(q.terms) == 0 {
		return nil
	}
	for _, way := range []struct{ forgiving, sparing bool }{{}, {forgiving: true}, {true, true}} {
		if way.sparing && len(q.terms) < 3 {
			continue
		}
		fits := map[Row]int{}
		for r := range titles {
			if fit := fitOf(&q, titles[r], c.Years[r], way.forgiving, way.sparing); fit >= 0 {
				fits[Row(r)] = fit - int(known(count[r]))
			}
		}
		if len(fits) == 0 || len(fits) < k && !way.forgiving {
			continue
		}
		return ordered(fits, count, k)
	}
	for cut := 1; cut <= 3 && 2*cut <= len(q.terms); cut++ { // titles that begin with the first or the last words
		fits := map[Row]int{}
		for _, terms := range [][]term{q.terms[:len(q.terms)-cut], q.terms[cut:]} {
			var words []string
			for _, t := range terms {
				words = append(words, t.text)
			}
			text := strings.Join(words, " ")
			part := parse(text)
			for r := range titles {
				if fit := fitOf(&part, titles[r], c.Years[r], false, false); fit >= 0 && fit <= begins && utf8.RuneCountInString(text) > 1 {
					fit -= int(known(count[r]))
					if other, twice := fits[Row(r)]; !twice || other > fit {
						fits[Row(r)] = fit
					}
				}
			}
		}
		if len(fits) > 0 {
			return ordered(fits, count, k)
		}
	}
	return nil
}

// ordered returns the k rows that fit best, of equal ones those that more know, then the lower ones.
func ordered(fits map[Row]int, count []uint32, k int) (rows []Row) {
	for r := range fits {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(fits[a], fits[b]), cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return rows[:min(k, len(rows))]
}

// spelt is a word of a title; number are the digits that it stands for, joined is a word
// that the title does not have.
type spelt struct {
	word, number string
	joined       bool
}

// distanceOf returns the typos between a term and a word, or of one that is still being typed the
// nearest beginning of it.
func distanceOf(t *term, word string) int {
	a, b := []rune(t.text), []rune(word)
	if len(b) < len(a)-t.edits || !t.last && len(b) > len(a)+t.edits {
		return none // each of these is a typo of its own
	}
	row := naiveDistance(a, b)[len(a)]
	distance := row[len(row)-1]
	if t.last {
		distance = slices.Min(row)
	}
	return distance
}

// fitOf returns how badly a title fits q, less than 0 if it does not.
func fitOf(q *query, title []spelt, year int16, forgiving, sparing bool) int {
	inYear := func(t *term) bool { return t.year && strings.HasPrefix(fmt.Sprintf("%04d", year), t.text) }
	least := func(t *term) int {
		if inYear(t) || t.one {
			return 0
		}
		least := none
		for i, w := range title {
			if strings.HasPrefix(w.word, t.text) || strings.HasPrefix(w.number, t.text) || t.number != "" && (t.number == w.word || t.number == w.number) {
				return 0
			}
			for _, start := range []string{w.word, w.number} {
				rest, ok := strings.CutPrefix(t.text, start)
				if !ok || start == "" {
					continue
				}
				for _, next := range title[i+1:] {
					if next.joined {
						continue
					}
					if strings.HasPrefix(next.word, rest) {
						return 0
					}
					if rest, ok = strings.CutPrefix(rest, next.word); !ok {
						break
					}
				}
			}
			for _, word := range []string{w.word, w.number} {
				if word == "" || !forgiving || t.edits == 0 {
					continue
				}
				if distance := distanceOf(t, word); distance <= t.edits {
					least = min(least, distance)
				}
			}
		}
		return least
	}
	// costs[i] is the least cost of the first i terms, and whether the spared one is used up.
	costs, lacking := []int{0}, sparing
	for i := range q.terms {
		sum := costs[i] + least(&q.terms[i])
		if i > 0 {
			sum = min(sum, costs[i-1]+least(&q.pairs[i-1]))
		}
		if sum >= none && lacking && costs[i] < none {
			lacking, sum = false, costs[i]+2
		}
		costs = append(costs, min(none, sum))
	}
	cost := costs[len(costs)-1]
	if cost >= none {
		return -1
	}
	var n name
	for _, w := range title {
		if w.joined {
			continue
		}
		if isSmall(w.word) {
			n.small++
			continue
		}
		if n.n++; n.n > 1 {
			n.text, n.digits = append(n.text, ' '), append(n.digits, ' ')
		}
		n.text = append(n.text, w.word...)
		if w.number == half {
			n.digits = n.digits[:len(n.digits)-len("1 ")]
		}
		n.digits = append(n.digits, cmp.Or(w.number, w.word)...)
	}
	return int(n.fit(q, year, uint8(cost))) + typo*min(cost, 8)
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
	count, words := make([]uint32, c.Len()), make([][]spelt, c.Len())
	for r, title := range c.Titles {
		count[r], words[r] = uint32(rng.IntN(9)), spellings(appendName(nil, title))
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
		got, want := rowsOf(s.Find(string(query), k)), found(c, words, count, string(query), k)
		if !slices.Equal(got, want) {
			t.Fatalf("Find(%q, %d) = %v, want %v", string(query), k, got, want)
		}
		hits += min(1, len(want))
	}
	if hits < 500 {
		t.Errorf("%d of 1500 queries find something: too few to tell", hits)
	}
}

func rowsOf(hits []Hit) (rows []Row) {
	for _, hit := range hits {
		rows = append(rows, hit.Row)
	}
	return rows
}

// spellings returns the words of appendName.
func spellings(words []byte) (all []spelt) {
	for len(words) > 0 {
		word, end := firstWord(string(words))
		switch flags := words[0]; {
		case flags&digits != 0:
			all[len(all)-1].number = word
		default:
			all = append(all, spelt{word: word, joined: flags&joined != 0})
		}
		words = words[end:]
	}
	return all
}
