package engine

import (
	"cmp"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/index"
	"sparrow/wasm/quant"
	"sparrow/wasm/vec"
)

// NeighbourSearch finds the neighbours of one item after the other. It is not for
// concurrent use.
//
// Compared are the items that share a tag, a word of the title or a transition with
// the one asked about, those in whose lists of the profile it stands, those whose
// vectors are nearest, and of the others those that can be among the best: what an item without any of that can score at most follows
// from its genres, its year and how many know it, and the items are kept sorted by
// these. It is the threshold algorithm of Fagin, Lotem & Naor, Optimal aggregation
// algorithms for middleware, PODS 2001, and exact where all vectors are compared.
// Where they are in cells, it may miss an item that is nearest by its vector alone
// and stands in a cell that was not looked into.
type NeighbourSearch struct {
	*Neighbours
	question
	genre    []float32 // [S] Similar.Genre of each set of genres
	vector   float32   // the largest cosine of what is not among the nearest vectors
	followed []float32 // [N] 0 between two searches
	listed   []float32 // [N] the same
	tied     []catalog.Row
	holders  []catalog.Row
	seen     []bool // [N]
	one      [1]Similar
	terms    []uint32
	products []int32
	top      vec.TopK
}

// Search returns a search of its own.
func (x *Neighbours) Search() *NeighbourSearch {
	n := x.engine.catalog.Len()
	return &NeighbourSearch{Neighbours: x, followed: make([]float32, n), listed: make([]float32, n), seen: make([]bool, n), products: make([]int32, n)}
}

// nearestVectors is how many items are compared for their vectors: those beyond are
// taken to be no nearer than the last of them.
const nearestVectors = 300

// Similar answers as [Engine.Similar] does.
func (s *NeighbourSearch) Similar(r catalog.Row, k int) []Similar {
	e := s.engine
	s.question = e.question(r)
	s.genre = s.genre[:0]
	for _, other := range s.sample {
		s.genre = append(s.genre, e.genres.cosine(r, other))
	}
	clear(s.seen)
	s.seen[r] = true
	s.tied, s.holders = e.followed(s.followed, r), e.listed(s.listed, r)
	nearest := s.nearest()
	s.top.Reset(max(0, min(k, e.catalog.Len()-1)))
	for _, other := range nearest {
		s.offer(other)
	}
	s.offerShared()
	s.offerSets()
	list := make([]Similar, 0, k)
	popular := e.sorted(ByPopularity)
	rows := make([]catalog.Row, 0, k)
	for _, key := range s.top.Sorted() {
		rows = append(rows, popular[vec.At(key)])
	}
	for _, other := range s.lead(rows) {
		list = append(list, *s.compare(other, e.cosine(r, other)))
	}
	s.mark(list)
	for _, item := range s.tied {
		s.followed[item] = 0
	}
	for _, item := range s.holders {
		s.listed[item] = 0
	}
	return list
}

// nearest returns the items with the nearest vectors, and the item itself, and sets
// vector.
func (s *NeighbourSearch) nearest() []catalog.Row {
	out := &s.engine.bundle.Retrieval.Out
	query, _ := out.Row(int(s.row))
	s.top.Reset(nearestVectors + 1)
	if s.cells.centroids == nil {
		s.scan(nil, out.Data, query)
	}
	for _, c := range s.probed(query) {
		from, to := int(s.cells.start[c]), int(s.cells.start[c+1])
		s.scan(s.cells.rows[from:to], s.cells.vectors[from*out.Cols:to*out.Cols], query)
	}
	least := s.top.Least()
	keys := s.top.Sorted()
	switch {
	case len(keys) > nearestVectors:
		s.vector = max(0, least*s.engine.centre.inverse[s.row]*cosineMost+1e-4)
	case s.cells.centroids == nil:
		s.vector = 0 // all are among the nearest
	default:
		s.vector = cosineMost
	}
	rows := make([]catalog.Row, len(keys))
	for i, key := range keys {
		rows[i] = catalog.Row(vec.At(key))
	}
	return rows
}

// cosineMost is the largest cosine of two vectors, with what rounding may add.
const cosineMost = 1.001

// scan offers vectors to top, which are those of rows, or of all rows for nil.
func (s *NeighbourSearch) scan(rows []catalog.Row, vectors, query []int8) {
	products := s.products[:len(vectors)/len(query)]
	quant.Dots(products, vectors, query)
	e, c := s.engine, &s.engine.centre
	own, base := e.inverse[s.row], c.square-c.along[s.row]
	least := s.top.Least()
	for i, p := range products {
		r := catalog.Row(i)
		if rows != nil {
			r = rows[i]
		}
		if near := (float32(p)*own*e.inverse[r] - c.along[r] + base) * c.inverse[r]; near >= least {
			s.top.Push(near, int32(r))
			least = s.top.Least()
		}
	}
}

// probed returns the cells to look into: none where there are none.
func (s *NeighbourSearch) probed(query []int8) []int32 {
	centroids := s.cells.centroids
	near := make([]float32, len(centroids))
	for c, r := range centroids {
		row, _ := s.engine.bundle.Retrieval.Out.Row(int(r))
		near[c] = float32(quant.Dot(row, query)) * s.engine.inverse[r]
	}
	return index.Probe(near, probes)
}

// compare returns how item other resembles the one asked about, of which the vector
// has that cosine. It is valid until the next call.
func (s *NeighbourSearch) compare(other catalog.Row, cosine float32) *Similar {
	e := s.engine
	like := &s.one[0]
	*like = Similar{
		Row: other, Vector: cosine, Followed: s.followed[other], Listed: s.listed[other],
		Genre: s.genre[s.set[other]], Tags: e.tags.cosine(s.row, other),
	}
	e.complete(&s.question, like, e.titles.cosine(s.row, other))
	e.blend(&s.question, s.one[:])
	return like
}

// offer compares an item, once, unless it cannot be among the best.
func (s *NeighbourSearch) offer(other catalog.Row) {
	if s.seen[other] {
		return
	}
	s.seen[other] = true
	like := s.compare(other, cosineMost)
	if like.Score < s.top.Least() {
		return
	}
	like.Vector = max(0, s.engine.cosine(s.row, other))
	s.engine.blend(&s.question, s.one[:])
	s.top.Push(like.Score, s.rank[other])
}

// offerShared offers the items that share a transition, a list of the profile, a tag, or
// words of the title that are worth more than chance.
func (s *NeighbourSearch) offerShared() {
	for _, items := range [...][]catalog.Row{s.tied, s.holders} {
		for _, other := range items {
			s.offer(other)
		}
	}
	s.offerTerms(s.engine.tags, 0)
	s.offerTerms(s.engine.titles, titleNoise)
}

// offerTerms offers the items whose cosine in f may be above noise. Two sets that
// share but terms whose squared weights sum up to w have a cosine of at most √w/norm,
// since neither set is shorter than what is shared. So the commonest terms, which the
// most items have, are left out as long as that is below noise.
func (s *NeighbourSearch) offerTerms(f *tfidf, noise float64) {
	s.terms = append(s.terms[:0], f.of(s.row)...)
	slices.SortStableFunc(s.terms, func(a, b uint32) int { return cmp.Compare(f.idf[a], f.idf[b]) })
	room := float64(f.norm[s.row]) * noise * (1 - 1e-4)
	room *= room
	for _, t := range s.terms {
		if room -= float64(f.idf[t]) * float64(f.idf[t]); room >= 0 {
			continue
		}
		for _, other := range f.rows[f.first[t]:f.first[t+1]] {
			s.offer(other)
		}
	}
}

// offerSets offers of the items that share nothing but genres and years those that
// can be among the best, the sets of the nearest genres first: the more like the
// item the worst of the best is, the fewer are left.
func (s *NeighbourSearch) offerSets() {
	above := float32(2)
	for _, least := range [...]float32{0.8, 0.5, 0.2, 0} {
		for set, genre := range s.genre {
			if genre >= least && genre < above && s.possibly(s.sample[set], genre, 1) {
				s.offerSet(set)
			}
		}
		above = least
	}
}

// offerSet offers the items of a set of genres: from each year the best known until
// one cannot be among the best.
func (s *NeighbourSearch) offerSet(set int) {
	for run := s.runs[set]; run < s.runs[set+1]; run++ {
		rows, near := s.rows[s.starts[run]:s.starts[run+1]], float32(0)
		if year := int(s.engine.catalog.Years[rows[0]]); year != 0 && s.year != 0 {
			near = s.nearness(year)
		}
		for _, other := range rows {
			if !s.possibly(other, s.genre[set], near) {
				break
			}
			s.offer(other)
		}
	}
}

// possibly reports whether an item that is known as well as other, or less, and
// shares nothing but genres and the year, may be among the best.
func (s *NeighbourSearch) possibly(other catalog.Row, genre, year float32) bool {
	s.one[0] = Similar{Row: other, Vector: s.vector, Genre: genre, Year: year}
	if s.original {
		s.one[0].Original = 1
	}
	s.engine.sum(&s.question, &s.one[0])
	return s.one[0].Score >= s.top.Least()
}
