package pipeline

import (
	"context"
	"fmt"

	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

// Import makes a bundle of d's catalog, whose retrieval has vectors that were trained
// elsewhere, and writes it to out, which is a file or a folder. Of what people did it knows
// how many chose an item; nothing is trained. The values of v change.
func (o Options) Import(ctx context.Context, p Progress, d *dataset.Dataset, v *embedding.Vectors, out string) (*Packed, error) {
	if v.Without > 0 {
		p.Say("%s", placed(d, v))
	}
	t := &Trained{Options: o, Retrieved: *fixed(d, v.Values, v.Width, v.Levels), Ranking: *retrievedOrder(len(d.Catalog.GenreNames), v.Width)}
	t.Retrieved.Model.Given, t.Retrieved.note = true, noteOf(v)
	x, err := t.assembled(p, d)
	if err != nil {
		return nil, err
	}
	f, err := t.write(ctx, p, d, x, figures{}, out)
	if err != nil {
		return nil, err
	}
	p.Stop()
	f.Vectors = &v.Figures
	return f, nil
}

// mostContent is how many genres and tags there may be to place items by: the table of which
// stands beside which has their square.
const mostContent = 4000

// placed gives the items of d that have no vector in v one that follows from their genres,
// decade and tags, and says of how many that is. Where an item has none of these, its vector
// stays zero: then it is found by its title and its popularity alone.
func placed(d *dataset.Dataset, v *embedding.Vectors) string {
	c := d.Catalog
	if len(c.GenreNames)+len(c.TagNames) > mostContent {
		return fmt.Sprintf("items without a vector are not placed by genres and tags, since there are more than %d: they are found by title and popularity alone", mostContent)
	}
	trained := rowsWhere(v.Has)
	content.Fill(c, crowd.Counts(d), trained, make([]float32, c.Len()), v.Values)
	n := 0
	for r, has := range v.Has {
		switch {
		case has:
		case len(c.Genres[r])+len(c.Tags[r]) > 0:
			n++
		default:
			clear(v.Values[r*v.Width:][:v.Width])
		}
	}
	return fmt.Sprintf("%s of those without a vector placed by genres, decade and tags; the others are found by title and popularity alone", plural.Of(n, "item"))
}

// noteOf returns where the vectors of v come from, as a line of the model card's limits.
func noteOf(v *embedding.Vectors) string {
	s := fmt.Sprintf("* Its vectors were not learned here. They are those of %s, %d numbers each", v.File, v.From)
	if v.Width < v.From {
		s += fmt.Sprintf(", projected to %d", v.Width)
	}
	for _, r := range v.Recall {
		if r.Width == v.Width {
			s += fmt.Sprintf(": %.3f of the ten nearest of %s are still among its ten nearest", r.Recall, plural.Of(r.Of, "item"))
		}
	}
	return s + ". What people did is known as how many chose an item, and no more.\n"
}

// rowsWhere returns the rows of which has is true.
func rowsWhere(has []bool) (rows []catalog.Row) {
	for r, ok := range has {
		if ok {
			rows = append(rows, catalog.Row(r))
		}
	}
	return rows
}
