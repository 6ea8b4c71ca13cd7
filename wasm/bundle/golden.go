package bundle

import (
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
)

// Golden is a question to the models with the answer that they gave when the
// bundle was made. An engine that answers otherwise does not compute what was
// trained and measured.
type Golden struct {
	History []catalog.Row // liked with 5 stars, an hour apart, oldest first, the last one at Statistics.AsOf; each once
	Items   []catalog.Row // [K] that are judged together, each once, none of the history
	Scores  [][]float32   // [2+P][K], where P models are there: the scores of the retrieval model, of the ranker, of each of the P pointwise models
}

const (
	mostGolden  = 16  // questions a bundle may have
	mostJudged  = 100 // items of a history, and that a question asks for
	firstScores = 2   // of Golden.Scores: retrieval and ranker
)

// golden reads the questions with known answers.
func (d *decoder) golden() {
	for range d.few("golden", mostGolden) {
		if d.Array() != 3 {
			d.Fail("golden: want [history, items, scores]")
			return
		}
		var g Golden
		g.History = d.judged("history", nil)
		g.Items = d.judged("items", g.History)
		scores := d.scores(firstScores+d.models, len(g.Items))
		if d.Err() != nil {
			return
		}
		g.Scores = scores[:firstScores+len(d.bundle.Pointwise)]
		d.bundle.Golden = append(d.bundle.Golden, g)
	}
}

// scores reads a column of k scores for each of the models.
func (d *decoder) scores(models, k int) (scores [][]float32) {
	d.want("models with scores", d.few("scores", firstScores+mostPointwise), models)
	for range models {
		column := d.floats("scores")
		if !d.want("scores", len(column), k) {
			return nil
		}
		scores = append(scores, column)
	}
	return scores
}

// judged reads rows of the catalog, 1 to mostJudged, each once and none of taken.
func (d *decoder) judged(name string, taken []catalog.Row) (rows []catalog.Row) {
	for v := (&varints{d, name, d.Bin()}); len(v.b) > 0; {
		n := uint64(v.next())
		if n >= uint64(d.bundle.Catalog.Len()) {
			d.Fail(name + ": row " + strconv.FormatUint(n, 10) + " of " + strconv.Itoa(d.bundle.Catalog.Len()))
			return nil
		}
		row := catalog.Row(n)
		if len(rows) == mostJudged || slices.Contains(rows, row) || slices.Contains(taken, row) {
			d.Fail(name + ": an item twice, or more than " + strconv.Itoa(mostJudged))
			return nil
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		d.Fail(name + ": no items")
	}
	return rows
}
