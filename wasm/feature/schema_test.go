package feature

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

// valid is a schema with every kind of column.
func valid() *Schema {
	return &Schema{Columns: []Column{
		{Name: "avg", Source: "movieAvgRating", Kind: Standardized, Low: 1, High: 5, Mean: 3, Deviation: 2},
		{Name: "id", Source: "movieId", Kind: OneHot, Size: 4, Least: 3},
		{Name: "since", Source: "secondsSinceLast", Kind: LogScaled, Low: 0, High: 2, Mean: 1, Deviation: 1},
		{Name: "year", Source: "releaseYear", Kind: Bucketized, Edges: []float32{1985, 1990, 2005}, Size: 4},
		{Name: "genres", Source: "movieGenres", Kind: MultiHot, Slots: 3, Size: 3},
		{Name: "history", Source: "userHistory", Kind: Sequence, Slots: 2, Size: 4},
		{Name: "stars", Source: "userHistoryStars", Kind: Sequence, Slots: 2, Size: 11},
		{Name: "cross", Source: "movieId", With: "userRatedMovie1", Kind: Crossed, Size: 1000, Least: 3},
		{Name: "hash", Source: "movieGenre2", Kind: Hashed, Size: 1000},
	}}
}

func TestCheck(t *testing.T) {
	s := valid()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"avg", "since"}, s.Numerics()); diff != "" {
		t.Errorf("Numerics (-want +got):\n%s", diff)
	}
	want := []Field{{"id", 1, 4}, {"year", 1, 4}, {"genres", 3, 3}, {"history", 2, 4}, {"stars", 2, 11}, {"cross", 1, 1000}, {"hash", 1, 1000}}
	if diff := cmp.Diff(want, s.Fields()); diff != "" {
		t.Errorf("Fields (-want +got):\n%s", diff)
	}
	const number, id, bucket, several, cross = 0, 1, 3, 4, 7
	inf := float32(math.Inf(1))
	for name, c := range map[string]struct {
		column int
		spoil  func(c *Column)
		want   string
	}{
		"no name":                 {id, func(c *Column) { c.Name = "" }, "no name of its own"},
		"a name twice":            {id, func(c *Column) { c.Name = "avg" }, "no name of its own"},
		"another kind":            {id, func(c *Column) { c.Kind = kinds }, "unknown kind"},
		"another feature":         {id, func(c *Column) { c.Source = "shoeSize" }, "unknown feature"},
		"a feature of lists":      {number, func(c *Column) { c.Source = "retrievalScore" }, "unknown feature"},
		"a feature too many":      {id, func(c *Column) { c.With = "movieId" }, "unknown feature"},
		"a feature too few":       {cross, func(c *Column) { c.With = "" }, "unknown feature"},
		"a number as id":          {id, func(c *Column) { c.Source = "releaseYear" }, "cannot read"},
		"an id as number":         {number, func(c *Column) { c.Source = "movieId" }, "cannot read"},
		"buckets of ids":          {bucket, func(c *Column) { c.Source = "movieId" }, "cannot read"},
		"several as one":          {id, func(c *Column) { c.Source = "movieGenres" }, "cannot read"},
		"one as several":          {several, func(c *Column) { c.Source = "movieGenre1" }, "cannot read"},
		"a cross of several":      {cross, func(c *Column) { c.Source = "userHistory" }, "cannot read"},
		"a cross with several":    {cross, func(c *Column) { c.With = "userHistory" }, "cannot read"},
		"a cross with a number":   {cross, func(c *Column) { c.With = "releaseYear" }, "cannot read"},
		"a mean that is infinite": {number, func(c *Column) { c.Mean = inf }, "range"},
		"a range upside down":     {number, func(c *Column) { c.Low = 6 }, "range"},
		"a deviation of 0":        {number, func(c *Column) { c.Deviation = 0 }, "range"},
		"numbers that overflow":   {number, func(c *Column) { c.Deviation = 1e-38; c.High = 1e30 }, "range"},
		"no vocabulary":           {id, func(c *Column) { c.Size = 0 }, "vocabulary"},
		"a vast vocabulary":       {id, func(c *Column) { c.Size = maxSize + 1 }, "vocabulary"},
		"no slots":                {several, func(c *Column) { c.Slots = 0 }, "slots"},
		"slots over the window":   {several, func(c *Column) { c.Slots = Window + 1 }, "slots"},
		"an edge too many":        {bucket, func(c *Column) { c.Size = 3 }, "edges"},
		"edges that repeat":       {bucket, func(c *Column) { c.Edges[1] = c.Edges[0] }, "edges"},
		"an edge at infinity":     {bucket, func(c *Column) { c.Edges[2] = inf }, "edges"},
		"far too many columns":    {id, func(*Column) { s.Columns = make([]Column, maxColumns+1) }, "257 columns"},
	} {
		s = valid()
		c.spoil(&s.Columns[c.column])
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Check, %s: %v, want %q", name, err, c.want)
		}
	}
}

func TestSources(t *testing.T) {
	for s := range sources {
		got, ok := SourceOf(s.String())
		if list := s >= Source(RetrievalScore) && s < Source(GenreAffinity) && s != Source(TransitionFromLast); got != s || ok == list {
			t.Errorf("SourceOf(%q) = %d, %v; it is %d, and depends on a list: %v", s.String(), got, ok, s, list)
		}
	}
	if _, ok := SourceOf("shoeSize"); ok {
		t.Error("SourceOf knows shoeSize")
	}
	for _, name := range []string{"movieId", "userId", "releaseYear", "movieGenre1", "movieGenre2", "movieGenre3",
		"movieRatingCount", "movieAvgRating", "movieRatingStddev",
		"userRatedMovie1", "userRatedMovie2", "userRatedMovie3", "userRatedMovie4", "userRatedMovie5",
		"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userAvgRating", "userRatingStddev",
		"userGenre1", "userGenre2", "userGenre3", "userGenre4", "userGenre5"} {
		if _, ok := SourceOf(name); !ok {
			t.Errorf("Sparrow's %s is missing", name)
		}
	}
	for name, want := range map[string]int{"movieId": 90, "userRatedMovie5": 90, "userHistory": 90, "movieGenre3": 20, "userGenres": 20,
		"userHistoryGenre": 20, "userHistoryStars": 11, "userId": 7} {
		s, _ := SourceOf(name)
		if got := s.Vocabulary(90, 20, 7); got != want {
			t.Errorf("%s has %d values, want %d", name, got, want)
		}
	}
}

// TestWhatIsCheckedEncodes makes random schemas, most of them wrong: one that
// passes Check must encode to finite numbers and to ids below the vocabulary,
// whatever the user did.
func TestWhatIsCheckedEncodes(t *testing.T) {
	c := four().Catalog
	passed := 0
	column := rapid.Custom(func(t *rapid.T) Column {
		name := func(label string) string { return Source(rapid.IntRange(0, int(sources)-1).Draw(t, label)).String() }
		c := Column{Name: rapid.StringN(1, 9, 9).Draw(t, "name"), Source: name("source"), Kind: Kind(rapid.IntRange(0, int(kinds)).Draw(t, "kind")),
			Low: -1, High: rapid.Float32().Draw(t, "high"), Mean: rapid.Float32Range(-9, 9).Draw(t, "mean"), Deviation: rapid.Float32().Draw(t, "deviation"),
			Size: rapid.Int32Range(0, 5).Draw(t, "size"), Slots: rapid.Int32Range(0, 5).Draw(t, "slots"), Least: rapid.Uint32Range(0, 3).Draw(t, "least")}
		if c.Kind == Crossed {
			c.With = name("with")
		}
		for k := range max(0, c.Size-1) {
			c.Edges = append(c.Edges, float32(k))
		}
		return c
	})
	rapid.Check(t, func(t *rapid.T) {
		s := &Schema{}
		for range 12 {
			one := Schema{[]Column{column.Draw(t, "column")}}
			if one.Check() == nil && !slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Name == one.Columns[0].Name }) {
				s.Columns = append(s.Columns, one.Columns[0])
			}
		}
		passed += len(s.Columns)
		e := NewEncoder(s, c)
		var h History
		for _, r := range rapid.Permutation([]catalog.Row{0, 1, 2}).Draw(t, "history")[:rapid.IntRange(0, 3).Draw(t, "length")] {
			h = append(h, Event{r, float32(rapid.IntRange(0, 10).Draw(t, "stars")) / 2, rapid.Int64Range(0, 1e10).Draw(t, "at")})
		}
		e.SetUser(h, rapid.Int32Range(-1, 9).Draw(t, "user"), rapid.Int64Range(0, 1e10).Draw(t, "now"))
		e.SetItem(3, Crowd{Count: rapid.Uint32().Draw(t, "count"), AvgRating: rapid.Float32().Draw(t, "stars"), Trend: float32(math.NaN())})
		var b Batch
		b.Reset(s, 1)
		e.Encode(&b, 0)
		for i, v := range b.Numeric {
			if !finite(v) {
				t.Fatalf("%s = %g", s.Numerics()[i], v)
			}
		}
		for i, f := range s.Fields() {
			for _, id := range b.IDs[i] {
				if id < -1 || int(id) >= f.Vocabulary {
					t.Fatalf("%+v has the id %d", f, id)
				}
			}
		}
	})
	if passed < 20 {
		t.Errorf("only %d random columns passed", passed)
	}
}
