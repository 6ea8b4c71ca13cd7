package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// shop writes a catalog of n items of two genres, whose titles have a number, and
// interactions unless they are "", into a folder.
func shop(t *testing.T, n int, interactions string) string {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("item_id,title,year,genres\n")
	for i := range n {
		fmt.Fprintf(&b, "i%03d,Thing %d,%d,%s\n", i, i, 1980+i%30, [2]string{"Drama", "Comedy"}[i%2])
	}
	files := map[string]string{"items.csv": b.String()}
	if interactions != "" {
		files["interactions.csv"] = interactions
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLittleData makes bundles of catalogs with less and less behaviour. Each run
// says what kind of bundle it is, gives no figure that was not measured, and its
// engine answers; in steps the bytes are the same.
func TestLittleData(t *testing.T) {
	users := func(n, each int) string {
		var b strings.Builder
		b.WriteString("user_id,item_id,timestamp,rating\n")
		for u := range n {
			for k := range each { // of one genre, the first half of the catalog more often
				fmt.Fprintf(&b, "u%d,i%03d,%d,4\n", u, (u*u+6*k)%40/2*2+u%2, 1_600_000_000+1000*u+100*k*k)
			}
		}
		return b.String()
	}
	for _, c := range []struct {
		name, interactions string
		items              int
		want               little
		said               string
	}{
		{"eight each", users(60, 8), 40, enough, ""},
		{"three each", users(60, 3), 40, noRanker, "The data are few, two interactions or more of 60 users: what does not"},
		{"two each", users(60, 2), 40, noFigures, "The data are few, two interactions or more of 60 users: all of them"},
		{"two each, few users", users(8, 2), 40, contentAlone, "only 8 users chose two"},
		{"two of one user", users(1, 2), 40, contentAlone, "only 1 user chose two"},
		{"one each", users(200, 1), 40, contentAlone, "no user chose two"},
		{"no rows", "user_id,item_id,timestamp\n", 40, contentAlone, "there are no interactions"},
		{"no file", "", 40, contentAlone, "there are no interactions"},
		{"one item", "user_id,item_id,timestamp\na,i000,5\nb,i000,6\n", 1, contentAlone, "no user chose two"},
		{"one item, no file", "", 1, contentAlone, "there are no interactions"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, ctx, p := DefaultInput(shop(t, c.items, c.interactions)), context.Background(), new(says)
			d, _, err := in.Read(ctx, p)
			if err != nil {
				t.Fatal(err)
			}
			o := Options{Seed: 1, Retrieval: "auto", Epochs: 8, Holdout: 1}
			if got := o.suited(d).Little; got != c.want {
				t.Fatalf("the data are taken for %d, want %d", got, c.want)
			}
			out := t.TempDir() + "/"
			f, err := o.Run(ctx, p, d, out)
			if err != nil {
				t.Fatal(err)
			}
			if said := strings.Join(p.lines, "\n"); !strings.Contains(said, c.said) {
				t.Errorf("nothing is said of %q:\n%s", c.said, said)
			}
			if measured := len(f.Metrics) > 0; measured != (c.want < noFigures) {
				t.Errorf("figures: %v", f.Metrics)
			}
			b, data, err := bundledir.Open(out)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.Meta.Card, c.said) || strings.Contains(b.Meta.Card, "NaN") || ofContent(b) != (c.want == contentAlone) {
				t.Errorf("content is %t, card:\n%s", ofContent(b), b.Meta.Card)
			}
			e, err := engine.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			answersAll(t, e)
			if c.items > 1 {
				likeThis(t, e, c.want == contentAlone)
			}
			inSteps(t, in, o, data)
		})
	}
}

// answersAll asks e for what its pages show.
func answersAll(t *testing.T, e *engine.Engine) {
	t.Helper()
	n := e.Catalog().Len()
	all := engine.Query{Filter: engine.Filter{Genre: engine.AllGenres}, K: 10}
	list := e.Recommend(all)
	if len(list) != min(10, n) {
		t.Errorf("a newcomer gets %d of %d items", len(list), n)
	}
	e.Home(all, list, nil)
	e.Tastes(12, nil, func(catalog.Row) bool { return false })
	e.Map([]catalog.Row{0})
	e.Probe()
	e.Search("thing", 5)
	e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 10)
	if got := len(e.Similar(0, 5)); got != min(5, n-1) {
		t.Errorf("%d items are like the first one", got)
	}
}

// likeThis asks e for who likes two dramas; content finds nothing but dramas first.
func likeThis(t *testing.T, e *engine.Engine, content bool) {
	t.Helper()
	h := feature.History{{Row: 0, Stars: 5, At: 1_600_000_000}, {Row: 4, Stars: 5, At: 1_600_000_100}}
	list := e.Recommend(engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: 10})
	for i, r := range list {
		if content && r.Row%2 != 0 {
			t.Errorf("place %d is of the other genre", i+1)
		}
	}
	for i, s := range e.Similar(0, 5) {
		if s.Row%2 != 0 {
			t.Errorf("place %d of what is like the first item is of the other genre", i+1)
		}
	}
}

// inSteps makes the same bundle in steps, in a folder like the one in one go.
func inSteps(t *testing.T, in *Input, o Options, want []byte) {
	t.Helper()
	w, err := OpenWork(context.Background(), quiet{}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Prepare(in); err != nil {
		t.Fatal(err)
	}
	if err := w.Train(o, time.Minute); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir() + "/"
	if _, err := w.Pack(out); err != nil {
		t.Fatal(err)
	}
	if got, _, err := bundledir.Read(out); err != nil || !bytes.Equal(got, want) {
		t.Errorf("in steps the bundle has other bytes (%v)", err)
	}
}

// TestRowsOfAnotherCatalog: interactions that all name unknown items are a mistake
// and no catalog before its launch.
func TestRowsOfAnotherCatalog(t *testing.T) {
	in := DefaultInput(shop(t, 5, "user_id,item_id,timestamp\nu,9,1\nv,8,2\n"))
	if _, _, err := in.Read(context.Background(), quiet{}); err == nil || !strings.Contains(err.Error(), "2 of 2, have items that are not in the catalog") {
		t.Errorf("error %v", err)
	}
}

// TestTasteOutvotesWords has people of 12 first and 5 last names, and listeners who
// like one of six kinds of them, which no name tells: most of what is like someone
// is of their kind.
func TestTasteOutvotesWords(t *testing.T) {
	const items, kinds = 60, 6
	kind := func(i int) int { return (i%5 + i/5) % kinds }
	rng := rand.New(rand.NewPCG(5, 6))
	l := log{header: "user_id,item_id,timestamp"}
	for u := range 500 {
		heard, at := make(map[int]bool), 1_500_000_000+rng.IntN(10_000_000)
		for len(heard) < 8 {
			if i := rng.IntN(items); !heard[i] && (kind(i) == u%kinds || rng.IntN(200) == 0) {
				heard[i], at = true, at+1+rng.IntN(100_000)
				l.rows = append(l.rows, fmt.Sprintf("u%d,%d,%d", u, i+1, at))
			}
		}
	}
	d, _ := l.read(t, items)
	c := d.Catalog
	for i := range items {
		first, last := string(rune('A'+i/5))+"lma", string(rune('P'+i%5))+"eterson"
		c.Titles[i], c.Genres[i], c.Years[i] = first+" "+last, nil, 0
	}
	c.GenreNames = nil
	o := Options{Seed: 1, Retrieval: "auto"}
	r, err := o.Retrieve(context.Background(), quiet{}, d)
	if err != nil {
		t.Fatal(err)
	}
	trained := &Trained{Options: o, Retrieved: *r, Ranking: *retrievedOrder(0, r.Model.Out.Cols)}
	data, err := bundle.Encode(trained.assemble(d))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	e, own, all := engine.New(b), 0, 0
	for i := range items {
		for _, s := range e.Similar(catalog.Row(i), 5) {
			all++
			if kind(int(s.Row)) == kind(i) {
				own++
			}
		}
	}
	if share := float64(own) / float64(all); share < 0.9 {
		t.Errorf("%.1f %% of what is like someone is of their kind, want 90 %%", 100*share)
	}
}

// TestAFullDiskLeavesTheLastModel: where the lists cannot be written, what was the
// newest model still is, though the next one was trained.
func TestAFullDiskLeavesTheLastModel(t *testing.T) {
	make1 := func(n int, out string) error {
		d, _, err := DefaultInput(shop(t, n, "")).Read(t.Context(), quiet{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = DefaultOptions().Run(t.Context(), quiet{}, d, out)
		return err
	}
	out := t.TempDir()
	if err := make1(8, out); err != nil {
		t.Fatal(err)
	}
	last, _, err := bundledir.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	lists := filepath.Join(out, "similar.lists")
	if err := errors.Join(os.Remove(lists), os.MkdirAll(filepath.Join(lists, "in the way"), 0o755)); err != nil {
		t.Fatal(err)
	}
	if err := make1(9, out); err == nil {
		t.Fatal("lists were written over a folder")
	}
	if now, _, err := bundledir.Read(out); err != nil || !bytes.Equal(now, last) || bundledir.CountOthers(out, "") != 1 {
		t.Errorf("%d bundles, and the newest is another one: %v (%v)", bundledir.CountOthers(out, ""), !bytes.Equal(now, last), err)
	}
}
