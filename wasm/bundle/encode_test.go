//go:build !js

package bundle

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestGolden fails when the bytes change. If that is meant, bump Version, say
// why in FORMAT.md, run go test -update and commit testdata.
func TestGolden(t *testing.T) {
	for file, b := range goldens {
		if !strings.Contains(file, fmt.Sprintf(".v%d.", Version)) {
			continue // Decode alone knows it
		}
		got, err := Encode(b())
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := readFile(t, file); !bytes.Equal(got, want) {
			t.Errorf("the bytes of %s changed:\n got %x\nwant %x", file, got, want)
		}
		if len(got) >= 2048 {
			t.Errorf("%s has %d bytes, want less than 2048", file, len(got))
		}
	}
}

// roundTrip returns b encoded and decoded, and fails unless it comes back as it is, the
// parameters of a network as int8 has them, addresses as lines or as a pattern.
func roundTrip(t testing.TB, b *Bundle) *Bundle {
	data, err := Encode(b)
	if err != nil {
		t.Errorf("Encode of a bundle that was decoded: %v", err)
		return b
	}
	again, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if g := b.Retrieval.Network; g != nil {
		sameParams(t, g, again.Retrieval.Network)
	}
	for i, m := range b.Pointwise {
		sameParams(t, m.Graph, again.Pointwise[i].Graph)
	}
	before, after := *b, *again
	before.Catalog, after.Catalog = inLines(b.Catalog), inLines(again.Catalog)
	if diff := cmp.Diff(&before, &after, sameBundle); diff != "" {
		t.Error(diff)
	}
	return again
}

// inLines returns c without patterns.
func inLines(c *catalog.Catalog) *catalog.Catalog {
	next := *c
	next.URLPattern, next.ImagePattern = nil, nil
	if c.URLPattern != nil {
		next.URLs = addressesOf(c, c.URL)
	}
	if c.ImagePattern != nil {
		next.Images = addressesOf(c, c.Image)
	}
	return &next
}

// sameParams fails unless the parameters of two graphs are the same up to int8, and then
// gives the second those of the first.
func sameParams(t testing.TB, a, b *nn.Graph) {
	t.Helper()
	for i, p := range a.Params {
		for r := range p.Rows {
			top := float32(0)
			for _, v := range p.Row(r) {
				top = max(top, v, -v)
			}
			for c, v := range b.Params[i].Row(r) {
				if off := v - p.Row(r)[c]; max(off, -off) > top/120 {
					t.Fatalf("parameter %s at (%d, %d): %g came back as %g", p.Name, r, c, p.Row(r)[c], v)
				}
			}
		}
	}
	b.Params = a.Params
}

func TestRoundTripOfIDsThatAreNoNumbers(t *testing.T) {
	for _, ids := range [][]catalog.ID{{"tt01", "tt02", "é"}, {"1", "01", "2"}, {"0", "4294967296", "-1"}, {"2147483647", "0", "5"}} {
		b := tiny()
		b.Catalog.IDs = ids
		b.Catalog.Index()
		roundTrip(t, b)
	}
}

// TestRatedComesBack: how many of the interactions gave stars is kept, and takes no
// byte where all did.
func TestRatedComesBack(t *testing.T) {
	b := tiny()
	b.Statistics.Rated = []uint32{300, 1, 0}
	roundTrip(t, b)
	without, err := Encode(tiny())
	if err != nil || bytes.Contains(without, []byte("rated")) {
		t.Errorf("a bundle of ratings alone has the column rated: %v", err)
	}
}

// TestSiblingComesBack: that the figures are of another model is kept, in one file and in the
// first of two, and takes no byte where they are of this one.
func TestSiblingComesBack(t *testing.T) {
	b := withGolden()
	b.Meta.Sibling = 2
	roundTrip(t, b)
	first, _, err := EncodeParts(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Decode(first); err != nil || got.Meta.Sibling != 2 {
		t.Errorf("the first file has sibling %d, %v", got.Meta.Sibling, err)
	}
	without, err := Encode(tiny())
	if err != nil || bytes.Contains(without, []byte("sibling")) {
		t.Errorf("a bundle whose figures are its own has the key sibling: %v", err)
	}
}

// TestBrokenBundlesAreRefused: whatever Encode lets pass, Decode checks, and
// Encode asks Decode.
func TestBrokenBundlesAreRefused(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name string
		harm func(*Bundle)
		want string
	}{
		{"an id twice", func(b *Bundle) { b.Catalog.IDs[2] = "7" }, `catalog: byte 319: item 2: id 7 occurs twice`},
		{"an empty id", func(b *Bundle) { b.Catalog.IDs[1] = "" }, "item 1: no id"},
		{"a title that is not UTF-8", func(b *Bundle) { b.Catalog.Titles[0] = "\xff" }, "titles: not UTF-8"},
		{"a title of two lines", func(b *Bundle) { b.Catalog.Titles[0] = "a\nb" }, "titles: text 0 holds a line feed"},
		{"a title too few", func(b *Bundle) { b.Catalog.Titles = b.Catalog.Titles[:2] }, "titles: 2 lines, want 3"},
		{"a year too few", func(b *Bundle) { b.Catalog.Years = b.Catalog.Years[:2] }, "years: 4 bytes do not hold 3"},
		{"a year before Christ", func(b *Bundle) { b.Catalog.Years[1] = -1 }, "item 1: year -1"},
		{"a genre out of range", func(b *Bundle) { b.Catalog.Genres[0][1] = 2 }, "item 0: index 2 of 2 genres"},
		{"a genre twice", func(b *Bundle) { b.Catalog.Genres[0][1] = 1 }, "item 0: repeats one of its genres"},
		{"a tag out of range", func(b *Bundle) { b.Catalog.Tags[2][0] = 9 }, "item 2: index 9 of 2 tags"},
		{"a genre without a name", func(b *Bundle) { b.Catalog.GenreNames[1] = "" }, "genreNames: name 1 is empty"},
		{"an image too few", func(b *Bundle) { b.Catalog.Images = b.Catalog.Images[:2] }, "a column has another length"},
		{"a mean that was not rounded", func(b *Bundle) { b.Statistics.Mean[1] = 1.0 / 3 }, "mean of item 1 is not rounded to hundredths"},
		{"a mean above 5", func(b *Bundle) { b.Statistics.Mean[1] = 5.5 }, "mean of item 1 is not rounded to hundredths of 0 to 5"},
		{"a negative trend", func(b *Bundle) { b.Statistics.Trend[1] = -1 }, "trend of item 1 is negative"},
		{"more ratings than interactions", func(b *Bundle) { b.Statistics.Rated = []uint32{300, 3, 0} }, "item 1 has more ratings than interactions"},
		{"a rated too few", func(b *Bundle) { b.Statistics.Rated = []uint32{300, 1} }, "rated: "},
		{"a count too few", func(b *Bundle) { b.Statistics.Count = b.Statistics.Count[:2] }, "count: "},
		{"an infinite bias", func(b *Bundle) { b.Retrieval.Bias[2] = float32(math.Inf(1)) }, "bias: value 2 is not finite"},
		{"a bias too few", func(b *Bundle) { b.Retrieval.Bias = b.Retrieval.Bias[:2] }, "bias: 2 values, want 3"},
		{"a scale that is no number", func(b *Bundle) { b.Retrieval.In.Scale[1] = nan }, "in: value 1 is not finite"},
		{"a negative scale", func(b *Bundle) { b.Retrieval.In.Scale[1] = -1 }, "in: the scale of row 1 is negative"},
		{"values without a scale", func(b *Bundle) { b.Retrieval.Out.Scale[0] = 0 }, "out: row 0 has values and no scale"},
		{"a value of -128", func(b *Bundle) { b.Retrieval.Out.Data[5] = -128 }, "out: row 2 holds -128"},
		{"a row too few", func(b *Bundle) { m := &b.Retrieval.Out; m.Rows, m.Data, m.Scale = 2, m.Data[:4], m.Scale[:2] }, "out: 2 values, want 3"},
		{"tables of two widths", func(b *Bundle) { m := &b.Retrieval.Out; m.Cols, m.Data = 1, m.Data[:3] }, "columns of out: 1 values, want 2"},
		{"no positions", func(b *Bundle) { b.Retrieval.Position = nil }, "position: no values"},
		{"a model of other inputs than its columns", modelled(func(m *ranking.Pointwise) { m.Schema.Columns = m.Schema.Columns[1:] }), "other inputs than its columns"},
		{"a model with a column of another shape", modelled(func(m *ranking.Pointwise) { m.Schema.Columns[2].Size = 9 }), "field movie has another shape"},
		{"a model with a column of nothing", modelled(func(m *ranking.Pointwise) { m.Schema.Columns[0].Source = "shoeSize" }), "column 1: unknown feature"},
		{"a model that answers twice", modelled(func(m *ranking.Pointwise) {
			m.Graph.Nodes = append(m.Graph.Nodes, nn.Node{Op: nn.OpConcat, In: []int32{m.Graph.Output, m.Graph.Output}})
			m.Graph.Output++
		}), "one number"},
		{"five models", func(b *Bundle) { b.Pointwise = slices.Repeat(withNetwork().Pointwise, 5) }, "models: 5, the limit is 4"},
		{"a network of two fields", networked(func(g *nn.Graph) { g.Fields = append(g.Fields, g.Fields[0]) }), "vectors of events"},
		{"a network of another answer", networked(func(g *nn.Graph) { g.Output = 1 }), "one vector"},
		{"a network that cannot run", networked(func(g *nn.Graph) { g.Output = 9 }), "the output is no node"},
		{"three levels", func(b *Bundle) { b.Retrieval.Level = b.Retrieval.Level[:3] }, "level: 3 values, want 4"},
		{"a golden question about nothing", asked(func(g *Golden) { g.History = nil }), "history: no items"},
		{"a golden question of an item out of range", asked(func(g *Golden) { g.Items[0] = 3 }), "items: row 3 of 3"},
		{"a golden question of an item of its history", asked(func(g *Golden) { g.Items[0] = 2 }), "items: an item twice"},
		{"a golden answer of too few models", asked(func(g *Golden) { g.Scores = g.Scores[:1] }), "models with scores: 1 values, want 2"},
		{"a golden answer too short", asked(func(g *Golden) { g.Scores[1] = g.Scores[1][:1] }), "scores: 1 values, want 2"},
		{"a golden answer that is no number", asked(func(g *Golden) { g.Scores[1][0] = nan }), "scores: value 0 is not finite"},
		{"17 golden questions", func(b *Bundle) { b.Golden = slices.Repeat(goldenOf(), 17) }, "golden: 17, the limit is 16"},
		{"a list that is not ascending", func(b *Bundle) { b.Transition.Items[1] = 1 }, "a list is not ascending"},
		{"a neighbour out of range", func(b *Bundle) { b.Transition.Items[1] = 3 }, "list 0: row 3 of 3"},
		{"a weight of 0", func(b *Bundle) { b.Transition.Weights[1] = 0 }, "a weight is 0"},
		{"a negative scale of a list", func(b *Bundle) { b.Transition.Scale[1] = -1 }, "list 1: negative scale"},
		{"starts that fall", func(b *Bundle) { b.Transition.Start[1] = 4 }, "starts are not ascending"},
		{"a profile of another item", profiled(func(p *retrieval.Profile) { p.Items[1] = 3 }), "profile: byte"},
		{"a profile's weight of 0", profiled(func(p *retrieval.Profile) { p.Weights[1] = 0 }), "a weight is 0"},
		{"a profile of one list too few", profiled(func(p *retrieval.Profile) { p.Start = p.Start[:3] }), "starts, items and weights disagree"},
		{"a gate of more than all", profiled(func(p *retrieval.Profile) { p.Gate.Most = 1.5 }), "gate: not two shares"},
		{"a gate that is never open", profiled(func(p *retrieval.Profile) { p.Gate.From = 1 }), "gate: not two shares"},
		{"a gate without a weight", profiled(func(p *retrieval.Profile) { p.Gate.Weight = 0 }), "gate: not two shares"},
		{"a gate that is no number", profiled(func(p *retrieval.Profile) { p.Gate.Most = nan }), "gate: value 0 is not finite"},
		{"a feature nobody knows", func(b *Bundle) { b.Ranking.Features[0] = "phaseOfTheMoon" }, `unknown feature "phaseOfTheMoon"`},
		{"a deviation of 0", func(b *Bundle) { b.Ranking.Deviation[0] = 0 }, "deviation is not positive"},
		{"a hidden layer too narrow", func(b *Bundle) { w := &b.Ranking.Hidden[0].Weight; w.Cols, w.Data = 20, w.Data[:20] }, "hidden layer 1 has another shape"},
		{"no hidden layer", func(b *Bundle) { b.Ranking.Hidden = nil }, "no hidden layer"},
		{"genres without a row", func(b *Bundle) { b.Catalog.GenreNames = append(b.Catalog.GenreNames, "Western") }, "no row for every genre"},
		{"an infinite scale of vectors", func(b *Bundle) { b.Ranking.InScale = float32(math.Inf(1)) }, "a number is not finite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := tiny()
			c.harm(b)
			_, err := Encode(b)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Encode = %v, want … %s …", err, c.want)
			}
		})
	}
}

// asked returns a change of a bundle of two models with one golden question.
func asked(change func(*Golden)) func(*Bundle) {
	return func(b *Bundle) {
		b.Golden = goldenOf()
		change(&b.Golden[0])
	}
}

// goldenOf returns a golden question to the two models of tiny.
func goldenOf() []Golden {
	g := withGolden().Golden[:1]
	g[0].Scores = g[0].Scores[:2]
	return g
}

// networked does harm to the network of withNetwork.
func networked(harm func(g *nn.Graph)) func(*Bundle) {
	return func(b *Bundle) {
		b.Retrieval = withNetwork().Retrieval
		harm(b.Retrieval.Network)
	}
}

// modelled does harm to the pointwise model of withNetwork.
func modelled(harm func(m *ranking.Pointwise)) func(*Bundle) {
	return func(b *Bundle) {
		b.Pointwise = withNetwork().Pointwise
		harm(&b.Pointwise[0])
	}
}

// profiled does harm to the profile of withProfile.
func profiled(harm func(p *retrieval.Profile)) func(*Bundle) {
	return func(b *Bundle) {
		b.Profile = withProfile().Profile
		harm(b.Profile)
	}
}

// TestABundleWithoutAProfileTakesNoByteForIt: what was made before there was one is
// what it was.
func TestABundleWithoutAProfileTakesNoByteForIt(t *testing.T) {
	data, err := Encode(withCells())
	if err != nil || bytes.Contains(data, []byte("profile")) {
		t.Errorf("a bundle without a profile names one: %v", err)
	}
}
