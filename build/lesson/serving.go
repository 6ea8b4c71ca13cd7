package lesson

import (
	"fmt"
	"strconv"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/build/compare"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
	"sparrow/build/word2vec"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/retrieval"
)

var serving = []Lesson{
	{Number: 9, Title: "Serving many: cache, degradation", run: visits,
		Course: "The course explains load balancing, caches and falling back to simple lists; its server keeps all items in memory and has none of the three.",
		Beside: []string{"edge/assets/bundles.go", "edge/delta/delta.go", "static/js/engine-worker.js"},
		More:   "make bench-edge"},
	{Number: 10, Title: "Where vectors and features are kept", run: stored,
		Course: "The course keeps features in Redis hashes (mf:ITEM and uf:USER) and vectors as text, and the server asks Redis for those of the user (RecForYouProcess.java). Here all of it is in one file that the browser reads.",
		Beside: []string{"wasm/bundle/FORMAT.md", "wasm/bundle/decode.go", "wasm/session/codec.go"},
		More:   "go run ./build inspect --bundle data/demo"},
	{Number: 11, Title: "Retrieval from several sources", run: sources,
		Course: "SimilarMovieProcess.java has three: the best rated of the same genres, several lists together (genres, best rated, newest), and the nearest vectors. The last one sorts by similarity upwards and keeps the first 250, which are the least similar ones.",
		Beside: []string{"wasm/retrieval/candidates.go", "wasm/retrieval/model.go"},
		More:   "go run ./build evaluate --bundle B --input DIR --stage retrieval"},
	{Number: 12, Title: "Nearest neighbours: locality-sensitive hashing", run: hashing,
		Course: "Embedding.scala gives the vectors to Spark's BucketedRandomProjectionLSH, buckets of 0.1 and three tables, and prints five neighbours of one vector. The server does not use it: it looks at every item.",
		Beside: []string{"build/index/lsh.go", "build/index/ivf.go", "build/index/README.md"},
		More:   "go run ./build neighbors --bundle data/demo"},
	{Number: 13, Title: "Serving a model", run: serve,
		Course: "RecForYouProcess.java sends user and item ids of 800 candidates as JSON to TensorFlow Serving and waits for its answer. Here the graph runs where the list is made.",
		Beside: []string{"wasm/bundle/graph.go", "wasm/nn/run.go", "wasm/ranking/ranker.go"},
		More:   "go run ./build serve --help"},
	{Number: 14, Title: "Similar movies, end to end", run: similar,
		Course: "SimilarMovieProcess.java weighs genres (0.7) and mean stars (0.3), or compares item2vec vectors.",
		Beside: []string{"wasm/engine/similar.go", "wasm/retrieval/model.go"},
		More:   "go run ./build similar --bundle data/demo --item 50"},
	{Number: 23, Title: "For you, in practice", run: forYou,
		Course: "RecForYouProcess.java takes the 800 best rated items, removes what the user rated, and orders them by the cosine of user and item vectors or by NeuralCF.",
		Beside: []string{"wasm/engine/recommend.go", "wasm/rerank/diversify.go"},
		More:   "make run"},
}

// all is the filter that every item passes.
var all = engine.Filter{Genre: engine.AllGenres}

// quiet takes what a training says of itself.
type quiet struct{}

func (quiet) Say(string, ...any)                 {}
func (quiet) Stage(string) func(done, total int) { return func(int, int) {} }
func (quiet) Stop()                              {}

// bundleOf trains a small bundle on d.
func (p *Page) bundleOf(d *dataset.Dataset) (*bundle.Bundle, error) {
	o := pipeline.Options{Seed: 1, Retrieval: "pool", Index: "scan", Width: 16, Epochs: 12, Ranker: 3, OrderFree: d.Timeless()}
	return o.Bundle(p.ctx, quiet{}, d)
}

// stored is lesson 10.
func stored(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	p.Step("Before: one vector as text, one as the bundle has it")
	item := favourite(d, word2vec.Sentences(d, 1))
	m := &b.Retrieval.Out
	var text strings.Builder
	v, bytesOfText := make([]float32, m.Cols), 0
	for r := range m.Rows {
		m.Dequantize(v, r)
		text.Reset()
		text.WriteString(string(d.Catalog.IDs[r]) + ":")
		for _, x := range v {
			text.WriteString(" " + strconv.FormatFloat(float64(x), 'g', -1, 32))
		}
		bytesOfText += text.Len() + 1
		if catalog.Row(r) == item {
			p.Say("As a line of text: %s", text.String())
		}
	}
	row, scale := m.Row(int(item))
	p.Say("As integers: %v, times %.6f", row, scale)
	p.Bars([]string{"text, all items", "float32", "int8 and a scale"}, []float64{float64(bytesOfText), float64(4 * m.Rows * m.Cols), float64(m.Rows*m.Cols + 4*m.Rows)}, 0)
	p.Look("the bars are bytes of one table of vectors, %s of %d numbers. The integers are exact for the program, which multiplies them as they are.", count(m.Rows, "item"), m.Cols)

	p.Step("After: what is in a bundle")
	data, err := bundle.Encode(b)
	if err != nil {
		return err
	}
	sections, err := bundledir.Sections(data, 1)
	if err != nil {
		return err
	}
	var names []string
	var bytes []float64
	for _, s := range sections {
		names, bytes = append(names, s.Name), append(bytes, float64(s.Bytes))
	}
	p.Bars(names, bytes, 0)
	p.Look("one file of %s has catalog, statistics, vectors, transitions and ranker: what the course spreads over text files, Redis and a model server. A page reads it once and asks no server after that.", count(len(data), "byte"))

	p.Step("What is kept of a visitor, and where")
	u := busiest(d)
	p.log(d, d.Of(u)[:min(4, len(d.Of(u)))])
	p.Say("Such a log stays in the visitor's browser. The vector of a user is not stored at all: the engine computes it from the log when it needs it.")
	vector := make([]float32, m.Cols)
	retrieval.NewEncoder(&b.Retrieval).UserVector(vector, evaluation.History(d.Of(u)))
	p.Say("Of user %s it begins %.3f", d.Users[u], vector[:min(6, len(vector))])
	return nil
}

// serve is lesson 13.
func serve(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	const model = "Embedding+MLP"
	trained, err := compare.Pointwise(p.ctx, d, []string{model}, 1, func(string) func(int, int) { return func(int, int) {} })
	if err != nil {
		return err
	}
	g := trained[0].Graph
	p.Step("Before: a model as the trainer leaves it")
	shapes, err := g.Shapes()
	if err != nil {
		return err
	}
	var rows [][]string
	parameters := 0
	for _, q := range g.Params {
		parameters += len(q.Data)
	}
	for i := len(g.Nodes) - 8; i < len(g.Nodes); i++ {
		if i >= 0 {
			n := &g.Nodes[i]
			rows = append(rows, []string{fmt.Sprint(i), n.Op.String(), strings.Trim(fmt.Sprint(n.In), "[]"), fmt.Sprint(shapes[i].Cols)})
		}
	}
	p.Say("%s is a list of %s over %s. The last of them:", model, count(len(g.Nodes), "operation"), count(parameters, "parameter"))
	p.Table("node|operation|of nodes|columns", rows...)

	p.Step("After: as bytes, and back")
	b.Pointwise = trained
	data, err := bundle.Encode(b)
	if err != nil {
		return err
	}
	served, err := bundle.Decode(data)
	if err != nil {
		return err
	}
	graph, err := bundle.EncodeGraph(g)
	if err != nil {
		return err
	}
	p.Bars([]string{"float32 in memory", "in the bundle"}, []float64{float64(4 * parameters), float64(len(graph))}, 0)
	p.Look("the bars are bytes. Large tables become int8, and the operations are a few bytes each.")

	p.Step("The same question to both")
	u := busiest(d)
	h := evaluation.History(d.Of(u))
	q := engine.Query{History: h, K: 6, Filter: all, Model: model, Now: h[len(h)-1].At}
	list := engine.New(b).Recommend(q)
	rows = nil
	var asked []catalog.Row
	for _, r := range list {
		asked = append(asked, r.Row)
	}
	again := engine.New(served).Scores(&q, asked)
	most := float32(0)
	for i, r := range list {
		most = max(most, r.Score-again[i], again[i]-r.Score)
		rows = append(rows, []string{name(d, r.Row), genresOf(d, d.Catalog.Genres[r.Row]), fmt.Sprintf("%.4f", r.Score), fmt.Sprintf("%.4f", again[i])})
	}
	p.Table("item|genres|trainer's graph|read back from the bundle", rows...)
	p.Look("the scores are ln(p/(1−p)) of user %s liking the item. They differ by %.4f at most: what the trainer measured is what a page gets, and no server was asked.", d.Users[u], most)
	return nil
}
