package dataset

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strconv"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

// TestCollect compares the counting sort with the plain way to say it: sort
// all rows of a user by time, ties by lot and then by stars, and of equal items
// keep the last; without usable times the rest is sorted by lot.
func TestCollect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "rows")
		c := newCollector()
		c.repeats = RepeatsNewest
		ids := []catalog.ID{"a", "b", "c", "d", "e"}
		var users []string
		plain := make(map[string][]Interaction)
		for range n {
			u := strconv.Itoa(rapid.IntRange(0, 3).Draw(t, "user"))
			i := Interaction{
				Row:   catalog.Row(rapid.IntRange(0, 4).Draw(t, "movie")),
				At:    uint32(rapid.IntRange(1, 5).Draw(t, "time")),
				Stars: uint8(rapid.IntRange(0, 10).Draw(t, "stars")),
			}
			c.add(c.user([]byte(u)), i.Row, i.At, i.Stars)
			if plain[u] == nil {
				users = append(users, u)
			}
			plain[u] = append(plain[u], i)
		}
		repeats := 0
		for u, list := range plain {
			slices.SortFunc(list, func(a, b Interaction) int {
				lot := func(i Interaction) uint64 { return mixed(Lot(u) + Lot(string(ids[i.Row]))) }
				return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(lot(a), lot(b)), cmp.Compare(a.Stars, b.Stars))
			})
			var kept []Interaction
			for k, i := range list {
				if slices.ContainsFunc(list[k+1:], func(j Interaction) bool { return j.Row == i.Row }) {
					repeats++
					continue
				}
				kept = append(kept, i)
			}
			plain[u] = kept
		}
		told := 0
		d := c.dataset(ids, func(string, catalog.Row, bool) { told++ })
		slices.Sort(users)
		if diff := gocmp.Diff(users, d.Users, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("users (-want +got):\n%s", diff)
		}
		if d.Timeless() {
			for u, list := range plain {
				for i := range list {
					list[i].At = 0
				}
				newLots(ids).sort(u, list)
			}
		}
		if diff := gocmp.Diff(plain, histories(d)); diff != "" {
			t.Errorf("interactions (-want +got):\n%s", diff)
		}
		if told != repeats {
			t.Errorf("%d repeats were reported, want %d", told, repeats)
		}
	})
}

// TestMemory reads 300,000 interactions and counts every byte that was
// allocated on the way, garbage too.
func TestMemory(t *testing.T) {
	s := Shape{Seed: 1, Users: 3000, Items: 2000, Interactions: 300_000, Groups: 10}
	dir := t.TempDir()
	if err := s.Write(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, _, err := Open(context.Background(), dir, Options{})
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	const beside = 4 << 20 // the catalog, the users, buffers, the last chunk
	n := len(d.Interactions)
	if got, most := after.TotalAlloc-before.TotalAlloc, uint64(32*n+beside); got > most {
		t.Errorf("reading %d interactions allocated %d bytes, %.1f each; want at most %d", n, got, float64(got)/float64(n), most)
	}
}
