package simulation

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// Small is a catalog of n items in so many genres for a world without a data
// set: every item has one genre or two.
func Small(n, genres int, seed uint64) *catalog.Catalog {
	c := new(catalog.Catalog)
	for g := range genres {
		c.GenreNames = append(c.GenreNames, "Genre "+string(rune('A'+g)))
	}
	for m := range n {
		r := dice(seed).generator(ofCatalog, uint64(m))
		of := []uint8{uint8(r.IntN(genres))}
		if second := uint8(r.IntN(genres)); second != of[0] && r.IntN(2) == 0 {
			of = append(of, second)
		}
		c.IDs = append(c.IDs, catalog.ID(strconv.Itoa(m+1)))
		c.Titles = append(c.Titles, "Film "+strconv.Itoa(m+1))
		c.Years = append(c.Years, int16(1980+r.IntN(40)))
		c.Genres = append(c.Genres, of)
	}
	c.Tags = make([][]uint16, n)
	c.Index()
	return c
}

// Survey is how the old ratings were collected: Raters people of then chose
// about Each items, the more readily the more these were worth to them, and
// none that came out later. What they did not choose is little evidence of what they
// would have liked, and their tastes are those of the past.
type Survey struct {
	Raters int
	Each   int
	From   int64 // Unix seconds
	To     int64
}

// keenness is how strongly the choice of what to see follows its worth.
const keenness = 0.8

// Write writes the ratings into the folder dir as items.csv and interactions.csv.
func (w *World) Write(ctx context.Context, dir string, s Survey) error {
	c := w.catalog
	err := dataset.WriteFile(filepath.Join(dir, "items.csv"), func(out *bufio.Writer) error {
		fmt.Fprintln(out, "item_id,title,year,genres")
		for m := range c.Len() {
			fmt.Fprintf(out, "%s,%s,%d,", c.IDs[m], c.Titles[m], c.Years[m])
			for i, g := range c.Genres[m] {
				if i > 0 {
					out.WriteByte('|')
				}
				out.WriteString(c.GenreNames[g])
			}
			out.WriteByte('\n')
		}
		return nil
	})
	if err != nil {
		return err
	}
	return dataset.WriteFile(filepath.Join(dir, "interactions.csv"), func(out *bufio.Writer) error {
		fmt.Fprintln(out, "user_id,item_id,timestamp,rating")
		for u := range s.Raters {
			if err := ctx.Err(); err != nil {
				return err
			}
			w.rate(out, u, s)
		}
		return nil
	})
}

// rate writes the ratings of one person.
func (w *World) rate(out *bufio.Writer, u int, s Survey) {
	r := w.dice.generator(ofRater, uint64(u))
	t := w.draw(r, Then)
	chosen := w.choose(r, &t, Then, 1+s.Each/2+r.IntN(1+s.Each))
	n := len(chosen)
	moments := make([]int64, n)
	for i := range moments {
		moments[i] = s.From + r.Int64N(s.To-s.From)
	}
	slices.Sort(moments)
	r.Shuffle(n, func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	for i, m := range chosen {
		v := stars(w.worth(&t, m, Then), r.NormFloat64())
		fmt.Fprintf(out, "rater-%d,%s,%d,%.1f\n", u+1, w.catalog.IDs[m], moments[i], v)
	}
}

// choose returns n items, or all there are in that era, that somebody with
// taste t has come across: the likelier the more they are worth to them, those
// first that they would have found first.
//
// Choosing n with weights e^x, none twice, is taking the n largest of x + Gumbel
// noise: Yellott, Journal of Mathematical Psychology 15, 1977.
func (w *World) choose(r *rand.Rand, t *taste, era Era, n int) []catalog.Row {
	keys := make([]float64, w.catalog.Len())
	var rows []catalog.Row
	for m := range keys {
		row := catalog.Row(m)
		keys[m] = keenness*w.worth(t, row, era) - math.Log(-math.Log(1-r.Float64()))
		if era == Now || !w.young[m] {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b catalog.Row) int { return cmp.Compare(keys[b], keys[a]) })
	return rows[:min(n, len(rows))]
}
