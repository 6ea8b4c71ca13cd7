package lesson

import (
	"fmt"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/word2vec"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// similar is lesson 14.
func similar(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	item := favourite(d, word2vec.Sentences(d, 1))
	p.Step("Before: what is known of the item")
	p.Table("item|genres|year|ratings|mean stars", []string{name(d, item), genresOf(d, d.Catalog.Genres[item]), fmt.Sprint(d.Catalog.Years[item]), thousands(int(b.Statistics.Count[item])), fmt.Sprintf("%.2f", b.Statistics.Mean[item])})

	p.Step("By the vectors alone")
	v := make([]float32, b.Retrieval.Out.Rows*b.Retrieval.Out.Cols)
	for r := range b.Retrieval.Out.Rows {
		b.Retrieval.Out.Dequantize(v[r*b.Retrieval.Out.Cols:][:b.Retrieval.Out.Cols], r)
	}
	p.nearest(d, item, 6, b.Retrieval.Out.Cols, []string{"nearest by the cosine"}, v)

	p.Step("After: the list that a page shows, and why")
	var rows [][]string
	e := engine.New(b)
	for _, s := range e.Similar(item, 8) {
		rows = append(rows, []string{name(d, s.Row), genresOf(d, d.Catalog.Genres[s.Row]), fmt.Sprintf("%.2f", s.Score), fmt.Sprintf("%.2f", s.Taste), fmt.Sprintf("%.2f", s.Vector), fmt.Sprintf("%.2f", s.Followed), fmt.Sprintf("%.2f", s.Story), fmt.Sprintf("%.2f", s.Genre), fmt.Sprintf("%.2f", s.Year)})
	}
	p.Table("item|genres|score|taste|vector|followed|story|genre|year", rows...)
	p.Look("the score is taste (the same people like both: vector and what followed what) plus story (the two are about the same: genre, year and more), less for what few know. An item that is high in one alone can still be there.")
	return nil
}

// forYou is lesson 23.
func forYou(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	e := engine.New(b)
	item := favourite(d, word2vec.Sentences(d, 1))
	h := feature.History{{Row: item, Stars: 5, At: int64(b.Statistics.AsOf)}}
	p.Step("Before: a visitor without a history")
	p.recommended(d, e, engine.Query{K: 6, Filter: all})
	p.Say("Nothing is known, so the list is what many like.")

	p.Step(fmt.Sprintf("After one like, of %s (%s)", name(d, item), genresOf(d, d.Catalog.Genres[item])))
	p.recommended(d, e, engine.Query{History: h, K: 6, Filter: all, Because: true})
	p.Look("the places: where retrieval had the item, and where the ranker put it. The last column is the item of the history that speaks for it most.")

	other := differing(d, b, item)
	p.Step(fmt.Sprintf("After a second like, of %s (%s)", name(d, other), genresOf(d, d.Catalog.Genres[other])))
	h = append(h, feature.Event{Row: other, Stars: 5, At: h[0].At + 60})
	p.recommended(d, e, engine.Query{History: h, K: 6, Filter: all, Because: true})
	p.Step("And with variety")
	p.recommended(d, e, engine.Query{History: h, K: 6, Filter: all, Because: true, Variety: 1})
	p.Look("the same two likes, spread over more kinds of items: a list is judged as a whole.")
	return nil
}

// shares reports whether two items share a genre.
func shares(d *dataset.Dataset, a, b catalog.Row) bool {
	return slices.ContainsFunc(d.Catalog.Genres[a], func(g uint8) bool { return slices.Contains(d.Catalog.Genres[b], g) })
}

// recommended shows an answer of the engine.
func (p *Page) recommended(d *dataset.Dataset, e *engine.Engine, q engine.Query) {
	var rows [][]string
	for i, r := range e.Recommend(q) {
		because := "–"
		if r.Because != catalog.None {
			because = name(d, r.Because)
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), name(d, r.Row), genresOf(d, d.Catalog.Genres[r.Row]), fmt.Sprint(r.Retrieved), fmt.Sprint(r.Ranked), because})
	}
	p.Table("place|item|genres|retrieval's place|ranker's place|because of", rows...)
}
