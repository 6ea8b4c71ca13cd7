package engine

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// TestTermsAreGatheredInSmallSteps: of tags and of titles no step takes more items
// or pairs than a few milliseconds allow, and what comes out is what all pairs at
// once give, sorted.
func TestTermsAreGatheredInSmallSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c := &catalog.Catalog{TagNames: make([]string, 3000)}
	for range stepReads + 1 {
		title := ""
		var tags []uint16
		for range r.IntN(12) {
			title += strconv.Itoa(r.IntN(9000)) + " "
			tags = append(tags, uint16(r.IntN(len(c.TagNames))))
		}
		c.IDs, c.Titles, c.Tags = append(c.IDs, ""), append(c.Titles, title), append(c.Tags, tags)
	}
	for _, g := range []*gathering{gatherTags(c), gatherTitles(c)} {
		var pairs []uint64
		for row := range c.IDs {
			pairs = g.read(pairs, c, row)
		}
		want := newTFIDF(c.Len(), byTerm(pairs))
		steps := 0
		for made := (*tfidf)(nil); made == nil; steps++ {
			items, waiting, sorted := g.items, g.waiting(), len(g.pairs)
			made = g.step()
			read := g.items - items + max(0, g.waiting()-waiting)
			if read > stepReads+20 || len(g.pairs)-sorted > stepPairs { // and the last item's pairs
				t.Errorf("step %d reads %d items and pairs, and sorts %d", steps, read, len(g.pairs)-sorted)
			}
			if made != nil {
				if diff := cmp.Diff(want, made, cmp.AllowUnexported(tfidf{})); diff != "" {
					t.Error(diff)
				}
			}
		}
		if steps < 8 {
			t.Errorf("%d steps", steps)
		}
	}
}

// waiting returns how many pairs stand in the buckets.
func (g *gathering) waiting() (n int) {
	for _, b := range g.buckets {
		n += len(b)
	}
	return n
}
