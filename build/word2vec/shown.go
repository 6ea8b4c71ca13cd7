package word2vec

import (
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// Sentences are what item2vec learns from, by the rows of the catalog: what each user liked,
// in its order, items that are liked less than least times left out.
func Sentences(d *dataset.Dataset, least int) [][]catalog.Row {
	l := newLiked(d, least)
	all := make([][]catalog.Row, len(l.sentences))
	for i, s := range l.sentences {
		all[i] = l.rows(s)
	}
	return all
}

// rows returns the rows of words.
func (l *liked) rows(words []int32) []catalog.Row {
	rows := make([]catalog.Row, len(words))
	for i, w := range words {
		rows[i] = l.row[w]
	}
	return rows
}

// Pairs returns the items of a sentence with what is near each, as one pass would draw them.
func Pairs(sentence []catalog.Row, window int, seed uint64) (pairs [][2]catalog.Row) {
	near(sentence, window, rand.New(rand.NewPCG(seed, 1)), func(w, near catalog.Row) { pairs = append(pairs, [2]catalog.Row{w, near}) })
	return pairs
}

// Graph is what was liked right after what, by the rows of the catalog.
type Graph struct {
	l      *liked
	g      *graph
	number map[catalog.Row]int32
}

// NewGraph returns the graph that walks of DeepWalk and node2vec go on.
func NewGraph(d *dataset.Dataset, least int) *Graph {
	l := newLiked(d, least)
	g := &Graph{l, newGraph(l.sentences, len(l.row)), map[catalog.Row]int32{}}
	for n, r := range l.row {
		g.number[r] = int32(n)
	}
	return g
}

// Edge leads to an item.
type Edge struct {
	To     catalog.Row
	Weight float64 // users who liked it next
	Chance float64 // that a walk of DeepWalk takes it
	Second float64 // that one of node2vec does
}

// Edges returns the edges of item r in the order of the catalog, with the chances of walks that came
// from before; none of an item that is not liked often enough.
func (g *Graph) Edges(before, r catalog.Row, opt WalkOptions) []Edge {
	at, known := g.number[r]
	t, came := g.number[before]
	if !known || !came {
		return nil
	}
	from, to := g.g.edges(at)
	edges := make([]Edge, 0, to-from)
	var sum, biased float64
	for k := from; k < to; k++ {
		w := g.g.weight[k]
		e := Edge{To: g.l.row[g.g.to[k]], Weight: w, Second: w * opt.bias(g.g, t, g.g.to[k])}
		sum, biased = sum+w, biased+e.Second
		edges = append(edges, e)
	}
	for i := range edges {
		edges[i].Chance, edges[i].Second = edges[i].Weight/sum, edges[i].Second/biased
	}
	return edges
}

// Walks returns the walks that node2vec is trained on; those of DeepWalk where Return and InOut are 1.
func (g *Graph) Walks(opt WalkOptions) [][]catalog.Row {
	var all [][]catalog.Row
	for _, walk := range g.g.walks(opt, opt.secondOrder) {
		all = append(all, g.l.rows(walk))
	}
	return all
}
