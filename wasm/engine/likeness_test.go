package engine_test

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestLikenessNamesWhatIsShared compares pairs of the planted catalog, whose even
// items lie in one direction and whose odd items in another, by hand.
func TestLikenessNamesWhatIsShared(t *testing.T) {
	const a, b = 0, 7 // an even and an odd one
	common := []catalog.Row{10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}
	for _, test := range []struct {
		name   string
		change func(c *catalog.Catalog)
		kind   string
		names  []string
	}{
		{"nothing", func(c *catalog.Catalog) {}, "", nil},
		{"the same years", func(c *catalog.Catalog) { c.Years[a], c.Years[b] = 1990, 1987 }, engine.SharedYears, nil},
		{"not quite the same years", func(c *catalog.Catalog) { c.Years[a], c.Years[b] = 1990, 1986 }, "", nil},
		{"years unknown", func(c *catalog.Catalog) { c.Years[a], c.Years[b] = 0, 0 }, "", nil},
		{"a genre that few have", func(c *catalog.Catalog) {
			c.Genres[a], c.Genres[b] = []uint8{0, 2}, []uint8{1, 2}
		}, engine.SharedGenres, []string{"Western"}},
		{"a genre that half of all have", func(c *catalog.Catalog) { c.Genres[b] = []uint8{0} }, "", nil},
		{"that in the same years", func(c *catalog.Catalog) {
			c.Genres[b], c.Years[b] = []uint8{0}, 1952
		}, engine.SharedYears, []string{"Comedy"}},
		{"that and another, the rarer first", func(c *catalog.Catalog) {
			c.Genres[a], c.Genres[b], c.Genres[3] = []uint8{0, 2}, []uint8{0, 2}, []uint8{2}
		}, engine.SharedGenres, []string{"Western", "Comedy"}},
		{"tags", func(c *catalog.Catalog) { c.Tags[a], c.Tags[b] = []uint16{1, 0, 2}, []uint16{2, 3, 1} }, engine.SharedTags, []string{"time travel", "heist"}},
		{"a tag that everyone gives", func(c *catalog.Catalog) {
			for _, r := range common {
				c.Tags[r] = []uint16{1}
			}
			c.Tags[a], c.Tags[b] = []uint16{1}, []uint16{1}
		}, "", nil},
		{"the title", func(c *catalog.Catalog) { c.Titles[a], c.Titles[b] = "Toy Story 2", "Toy Story" }, engine.SharedTitle, nil},
		{"the next part", func(c *catalog.Catalog) { c.Titles[a], c.Titles[b] = "Toy Story", "Toy Story 2" }, engine.SharedSeries, nil},
	} {
		bundle := enginetest.Parity(n)
		c := bundle.Catalog
		c.TagNames = append(c.TagNames, "heist", "time travel", "only here")
		c.Years[a], c.Years[b] = 1950, 2010
		c.Genres[a], c.Genres[b], c.Tags[a], c.Tags[b] = []uint8{0}, []uint8{1}, nil, nil
		test.change(c)
		if kind, names := likenessOf(t, engine.New(bundle), a, b); kind != test.kind || !slices.Equal(names, test.names) {
			t.Errorf("%s: %q %q, want %q %q", test.name, kind, names, test.kind, test.names)
		}
	}
}

// likenessOf returns what item to has in common with like.
func likenessOf(t *testing.T, e *engine.Engine, to, like catalog.Row) (kind string, names []string) {
	t.Helper()
	list := e.Similar(to, n)
	for i := range list {
		if list[i].Row == like {
			return e.Likeness(&list[i], to)
		}
	}
	t.Fatalf("Similar(%d) does not list %d", to, like)
	return "", nil
}

// TestPeopleAreNamedOnlyWhereTheyAreKnown takes two items of one direction: what
// their vectors say holds while at least 15 people know each.
func TestPeopleAreNamedOnlyWhereTheyAreKnown(t *testing.T) {
	for _, test := range []struct {
		a, b uint32
		want bool
	}{{300, 300, true}, {15, 300, true}, {14, 300, false}, {300, 14, false}} {
		b := enginetest.Parity(n)
		b.Statistics.Count[2], b.Statistics.Count[8] = test.a, test.b
		if kind, _ := likenessOf(t, engine.New(b), 2, 8); (kind == engine.SharedPeople) != test.want {
			t.Errorf("%d and %d people know them: %q, want the people: %v", test.a, test.b, kind, test.want)
		}
	}
}
