package catalog

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// synthetic returns n titles of one to five words, common and rare ones, that
// are made of syllables.
func synthetic(n int) *Catalog {
	rng := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va ve vi vo st th ch")
	word := func() string {
		// Zipf-like: word i has the chance of its rank, and always the same syllables.
		i := uint64(40000 * rng.Float64() * rng.Float64() * rng.Float64())
		own := rand.New(rand.NewPCG(i, 1))
		var b strings.Builder
		for range 2 + own.IntN(3) {
			b.WriteString(syllables[own.IntN(len(syllables))])
		}
		return b.String()
	}
	c := new(Catalog)
	for range n {
		parts := make([]string, 1+rng.IntN(5))
		for i := range parts {
			parts[i] = word()
		}
		c.Titles = append(c.Titles, strings.Join(parts, " "))
		c.Years = append(c.Years, int16(1920+rng.IntN(100)))
		c.IDs = append(c.IDs, ID(fmt.Sprint(len(c.IDs))))
	}
	return c
}

// misspell makes edits edits in the longest word of title.
func misspell(rng *rand.Rand, title string, edits int) (string, bool) {
	parts := strings.Fields(title)
	long := 0
	for i := range parts {
		if len(parts[i]) > len(parts[long]) {
			long = i
		}
	}
	w := []byte(parts[long])
	if len(w) < 4*edits {
		return "", false
	}
	for range edits {
		i := rng.IntN(len(w) - 1)
		switch rng.IntN(4) {
		case 0:
			w[i] = byte('a' + rng.IntN(26))
		case 1:
			w = slices.Delete(w, i, i+1)
		case 2:
			w = slices.Insert(w, i, byte('a'+rng.IntN(26)))
		case 3:
			w[i], w[i+1] = w[i+1], w[i]
		}
	}
	if len(w) < 4*edits { // a deletion may take it below what typos are forgiven in
		return "", false
	}
	parts[long] = string(w)
	return strings.Join(parts, " "), true
}

func TestTyposAreFound(t *testing.T) {
	c := synthetic(5000)
	s := NewSearch(c, make([]uint32, c.Len()))
	for _, bar := range []struct {
		edits int
		share float64
	}{{0, 0.99}, {1, 0.95}, {2, 0.85}} {
		rng := rand.New(rand.NewPCG(uint64(bar.edits), 3))
		asked, found := 0, 0
		for asked < 300 {
			r := rng.IntN(c.Len())
			query, ok := misspell(rng, c.Titles[r], bar.edits)
			if !ok {
				continue
			}
			asked++
			for _, hit := range rowsOf(s.Find(query, 5)) {
				if c.Titles[hit] == c.Titles[r] {
					found++
					break
				}
			}
		}
		if got := float64(found) / float64(asked); got < bar.share {
			t.Errorf("titles with %d typos among the first 5: %.3f, want %.2f", bar.edits, got, bar.share)
		} else {
			t.Logf("titles with %d typos among the first 5: %.3f", bar.edits, got)
		}
	}
}

func BenchmarkNewSearch(b *testing.B) {
	for _, n := range []int{9742, 60000} {
		c := synthetic(n)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			for b.Loop() {
				s := NewSearch(c, make([]uint32, n))
				for s.Prepare() {
				}
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{9742, 60000} {
		c := synthetic(n)
		s := NewSearch(c, make([]uint32, n))
		s.Find("a", 1) // makes the index
		rng := rand.New(rand.NewPCG(5, 5))
		var queries []string
		for len(queries) < 200 {
			if q, ok := misspell(rng, c.Titles[rng.IntN(n)], 1+len(queries)%2); ok {
				queries = append(queries, q[:1+rng.IntN(len(q))])
			}
		}
		b.Run(fmt.Sprintf("N=%d/typos", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				s.Find(queries[i%len(queries)], 20)
				i++
			}
		})
	}
}
