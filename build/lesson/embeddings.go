package lesson

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sparrow/build/dataset"
	"sparrow/build/index"
	"sparrow/build/pool"
	"sparrow/build/word2vec"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

var embeddings = []Lesson{
	{Number: 6, Title: "Embeddings: word2vec and item2vec", run: item2vec,
		Course: "Embedding.scala groups ratings of 3.5 stars and more by user with Spark, sorts them by time and gives the sequences to MLlib's Word2Vec (10 numbers an item, windows of 5, 10 iterations). The vectors go into a text file and, as text, into Redis, one key an item. Times are sorted as text there, which is right only while all have the same number of digits.",
		Beside: []string{"build/word2vec/skipgram.go", "build/word2vec/item2vec.go", "build/word2vec/model.go"},
		More:   "go run ./build compare --input DIR --models item2vec"},
	{Number: 7, Title: "Graph embeddings: DeepWalk, node2vec", run: walks,
		Course: "Embedding.scala counts pairs, divides by the row's sum and draws 20,000 walks of 10 items, which go to the same Word2Vec; node2vec is explained and not written. Its oneRandomWalk goes on to the first edge whose own probability is at most the random number. The chances of the edges before it are not added up, so rare edges are taken too often.",
		Beside: []string{"build/word2vec/graph.go", "build/word2vec/deepwalk.go", "build/word2vec/node2vec.go"},
		More:   "go run ./build compare --input DIR --models DeepWalk,node2vec"},
	{Number: 8, Title: "Embeddings in practice: train, quantize, export", run: quantize,
		Course: "The course writes vectors as decimal text, to a file and to Redis with a life of 24 hours, and reads all of them into the server's memory at its start (DataManager.java).",
		Beside: []string{"build/pool/pool.go", "wasm/quant/quant.go", "wasm/bundle/FORMAT.md"},
		More:   "go run ./build bundle --input DIR --out b.bundle"},
}

// nearest shows the items nearest to r by each of several tables of vectors, [N×width] each.
func (p *Page) nearest(d *dataset.Dataset, r catalog.Row, k, width int, names []string, tables ...[]float32) {
	rows := make([][]string, k)
	for _, v := range tables {
		found := index.NewExact(index.NewVectors(v, width, index.Cosine)).Search(v[int(r)*width:][:width], k+1).Neighbors
		found = slices.DeleteFunc(found, func(n index.Neighbor) bool { return n.Row == r })
		for i := range rows {
			text := "–"
			if i < len(found) {
				text = fmt.Sprintf("%.2f  %s (%s)", found[i].Score, name(d, found[i].Row), genresOf(d, d.Catalog.Genres[found[i].Row]))
			}
			rows[i] = append(rows[i], text)
		}
	}
	p.Table(strings.Join(names, "|"), rows...)
}

// favourite returns the item that most sentences have, the first of equal ones.
func favourite(d *dataset.Dataset, sentences [][]catalog.Row) catalog.Row {
	counts := make([]int, d.Catalog.Len())
	for _, s := range sentences {
		for _, r := range s {
			counts[r]++
		}
	}
	best := catalog.Row(0)
	for r, n := range counts {
		if n > counts[best] {
			best = catalog.Row(r)
		}
	}
	return best
}

// sameGenre returns the share of the ten nearest items of each item with a vector that share a genre with it.
func sameGenre(d *dataset.Dataset, v []float32, width int) float64 {
	x := index.NewExact(index.NewVectors(v, width, index.Cosine))
	same, all := 0, 0
	for r := range d.Catalog.Len() {
		for _, n := range x.Search(v[r*width:][:width], 11).Neighbors {
			if int(n.Row) == r {
				continue
			}
			all++
			if slices.ContainsFunc(d.Catalog.Genres[r], func(g uint8) bool { return slices.Contains(d.Catalog.Genres[n.Row], g) }) {
				same++
			}
		}
	}
	return float64(same) / float64(max(1, all))
}

// path writes items with arrows between them.
func path(d *dataset.Dataset, rows []catalog.Row) string {
	var names []string
	for _, r := range rows {
		names = append(names, name(d, r))
	}
	return strings.Join(names, " → ")
}

// item2vec is lesson 06.
func item2vec(p *Page, d *dataset.Dataset) error {
	opt := word2vec.DefaultItem2VecOptions(d)
	opt.Width, opt.Subsample = 16, 0
	sentences := word2vec.Sentences(d, opt.MinCount)
	if len(sentences) == 0 {
		return fmt.Errorf("no user liked two items that %d users liked", opt.MinCount)
	}

	p.Step("Before: what a user liked is a sentence")
	first := sentences[0][:min(6, len(sentences[0]))]
	p.Say("%s became %s: 3.5 stars and more, oldest first, without items that fewer than %d users liked. One of them begins: %s", count(len(d.Interactions), "interaction"), count(len(sentences), "sentence"), opt.MinCount, path(d, first))

	p.Step("Pairs: what stands near what")
	var rows [][]string
	pairs := word2vec.Pairs(first, opt.Window, opt.Seed)
	for _, pair := range pairs[:min(10, len(pairs))] {
		rows = append(rows, []string{name(d, pair[0]), name(d, pair[1])})
	}
	p.Table("item|near it", rows...)
	p.Say("Each pair is a question with the answer yes; %d items drawn by chance for each pair are questions with the answer no.", opt.Negatives)

	p.Step("Training: the loss falls")
	var losses []float64
	opt.Watch = func(_ int, loss float64) { losses = append(losses, loss) }
	m, err := word2vec.TrainItem2Vec(p.ctx, d, opt, nil)
	if err != nil {
		return err
	}
	p.Curve(fmt.Sprintf("mean loss of a pair in nats, %s from left to right", count(len(losses), "pass")), losses)
	p.Look("a vector of zeros would lose %.2f nats a pair. The first pass is below that already, since a step follows each pair, and the last one is at %.2f: the vectors have learned what stands near what.", 0.6931*float64(1+opt.Negatives), losses[len(losses)-1])

	p.Step("After: neighbours before and after training")
	still := opt
	still.Epochs, still.LearningRate, still.Watch = 1, 1e-9, nil // vectors as they are drawn at the start
	drawn, err := word2vec.TrainItem2Vec(p.ctx, d, still, nil)
	if err != nil {
		return err
	}
	item := favourite(d, sentences)
	p.Say("The items nearest to %s (%s) by the cosine of their vectors:", name(d, item), genresOf(d, d.Catalog.Genres[item]))
	p.nearest(d, item, 6, m.D, []string{"before", "after"}, drawn.Vectors, m.Vectors)
	p.Look("of the ten nearest items of every item, %.0f %% shared a genre with it before and %.0f %% do after. No genre was in the sentences.", 100*sameGenre(d, drawn.Vectors, m.D), 100*sameGenre(d, m.Vectors, m.D))
	return nil
}

// walks is lesson 07.
func walks(p *Page, d *dataset.Dataset) error {
	opt := word2vec.DefaultDeepWalkOptions(d)
	opt.Width, opt.Subsample, opt.Walks = 16, 0, 10
	sentences := word2vec.Sentences(d, opt.MinCount)
	if len(sentences) == 0 {
		return fmt.Errorf("no user liked two items that %d users liked", opt.MinCount)
	}
	near, far := opt, opt
	near.InOut, far.InOut = 4, 0.25
	g := word2vec.NewGraph(d, opt.MinCount)

	p.Step("Before: what was liked right after what")
	item := favourite(d, sentences)
	before := toldApart(g, sentences, item, near)
	if before == catalog.None {
		return fmt.Errorf("nothing was liked before %s, the item with most likes", name(d, item))
	}
	edges, wide := g.Edges(before, item, near), g.Edges(before, item, far)
	var rows [][]string
	for _, i := range byWeight(edges)[:min(8, len(edges))] {
		e := edges[i]
		rows = append(rows, []string{name(d, e.To), genresOf(d, d.Catalog.Genres[e.To]), fmt.Sprint(e.Weight), fmt.Sprintf("%.3f", e.Chance), fmt.Sprintf("%.3f", e.Second), fmt.Sprintf("%.3f", wide[i].Second)})
	}
	p.Say("A walk stands at %s and came from %s. Of its %s the heaviest, and the chance that each is taken next:", name(d, item), name(d, before), count(len(edges), "edge"))
	p.Table(fmt.Sprintf("to|genres|users|DeepWalk|node2vec q=%g|node2vec q=%g", near.InOut, far.InOut), rows...)
	p.Look("DeepWalk takes an edge by its users alone. node2vec divides the weight of an edge that leads away from where the walk came from by q: a large q stays near, a small one goes far. The way back, which p divides, weighs as any other here.")

	p.Step("A walk that was drawn by each")
	for _, w := range []struct {
		what string
		opt  word2vec.WalkOptions
	}{{"DeepWalk", opt}, {fmt.Sprintf("node2vec q=%g", near.InOut), near}, {fmt.Sprintf("node2vec q=%g", far.InOut), far}} {
		all := g.Walks(w.opt)
		at := slices.IndexFunc(all, func(walk []catalog.Row) bool { return walk[0] == item })
		p.Say("%s, 1 of %s: %s", w.what, count(len(all), "walk"), path(d, all[max(0, at)]))
	}

	p.Step("After: neighbours by each")
	names, tables := []string{"DeepWalk", fmt.Sprintf("node2vec q=%g", near.InOut), fmt.Sprintf("node2vec q=%g", far.InOut)}, [][]float32(nil)
	var shares []float64
	for _, o := range []word2vec.WalkOptions{opt, near, far} {
		m, err := word2vec.TrainNode2Vec(p.ctx, d, o, nil) // DeepWalk where p and q are 1
		if err != nil {
			return err
		}
		tables = append(tables, m.Vectors)
		shares = append(shares, 100*sameGenre(d, m.Vectors, m.D))
	}
	p.nearest(d, item, 6, opt.Width, names, tables...)
	p.Say("Share of the ten nearest items that have a genre of the item, in %%, over all items:")
	p.Bars(names, shares, 1)
	p.Look("what is nearest to %s (%s) in each column. The walks knew who liked what after what, and no genre.", name(d, item), genresOf(d, d.Catalog.Genres[item]))
	return nil
}

// toldApart returns the item before r in some sentence from which node2vec and DeepWalk differ most in where
// they go on from r, the first of equal ones; None where r is always first.
func toldApart(g *word2vec.Graph, sentences [][]catalog.Row, r catalog.Row, opt word2vec.WalkOptions) catalog.Row {
	best, most := catalog.None, -1.0
	for _, s := range sentences {
		i := slices.Index(s, r)
		if i < 1 {
			continue
		}
		apart := 0.0
		for _, e := range g.Edges(s[i-1], r, opt) {
			apart += math.Abs(e.Chance - e.Second)
		}
		if apart > most {
			best, most = s[i-1], apart
		}
	}
	return best
}

// byWeight returns the places of edges, the heaviest first, ties by place.
func byWeight(edges []word2vec.Edge) []int {
	places := make([]int, len(edges))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int {
		switch {
		case edges[a].Weight > edges[b].Weight:
			return -1
		case edges[a].Weight < edges[b].Weight:
			return 1
		}
		return 0
	})
	return places
}

// quantize is lesson 08.
func quantize(p *Page, d *dataset.Dataset) error {
	opt := pool.DefaultPoolOptions(d)
	opt.Width, opt.Epochs, opt.Batch = 16, min(opt.Epochs, 12), min(opt.Batch, 128)
	p.Step("Training")
	m, err := pool.TrainPool(p.ctx, d, opt, nil)
	if err != nil {
		return err
	}
	p.Say("The retrieval model of the bundle: two vectors of %d numbers an item, trained in %s over %s.", m.D, count(opt.Epochs, "pass"), count(len(d.Interactions), "interaction"))

	p.Step("Before and after: one vector")
	model := m.Quantize()
	item := favourite(d, word2vec.Sentences(d, 1))
	row, scale := model.Out.Row(int(item))
	whole, back := m.Out[int(item)*m.D:][:m.D], make([]float32, m.D)
	model.Out.Dequantize(back, int(item))
	var rows [][]string
	for i := range min(8, m.D) {
		rows = append(rows, []string{fmt.Sprint(i), fmt.Sprintf("%.5f", whole[i]), fmt.Sprint(row[i]), fmt.Sprintf("%.5f", back[i]), fmt.Sprintf("%.5f", back[i]-whole[i])})
	}
	p.Table("number|float32|int8|int8 × scale|error", rows...)
	p.Look("%s has the scale %.6f, the size of one step. No error in the table is larger than half a step, %.6f.", name(d, item), scale, scale/2)

	p.Step("What it costs and what it saves")
	levels := []int{127, 63, 31, 15, 7, 3, 1}
	var recalls []float64
	var names []string
	ships := 0
	rows = nil
	queries := m.Out[:min(m.N, 300)*m.D] // enough to tell
	exact := index.NewExact(index.NewVectors(m.Out, m.D, index.Cosine))
	for _, n := range levels {
		q := quant.QuantizeTo(m.Out, m.N, m.D, n)
		table := make([]float32, len(m.Out))
		var worst float32
		for r := range m.N {
			q.Dequantize(table[r*m.D:][:m.D], r)
		}
		for i := range table {
			worst = max(worst, table[i]-m.Out[i], m.Out[i]-table[i])
		}
		search := index.NewExact(index.NewVectors(table, m.D, index.Cosine))
		recall := index.Measure(exact, queries, 10, search.Search).Recall
		what := fmt.Sprintf("%d to %d", -n, n)
		if q.Scale[item] == scale {
			what, ships = what+", ships", len(recalls)
		}
		names, recalls = append(names, fmt.Sprintf("%d levels", 2*n+1)), append(recalls, recall)
		rows = append(rows, []string{what, fmt.Sprintf("%.5f", worst), fmt.Sprintf("%.3f", recall)})
	}
	p.Table("integers|largest error|recall@10 of the neighbours", rows...)
	p.Say("Neighbours of the first %s:", count(len(queries)/m.D, "item"))
	p.Bars(names, recalls, 3)
	bytes := len(model.Out.Data) + 4*len(model.Out.Scale)
	p.Look("with the integers that ship the table takes %s instead of %s, and %.1f %% of the ten nearest neighbours stay the same.", count(bytes, "byte"), thousands(4*len(m.Out)), 100*recalls[ships])
	return nil
}
