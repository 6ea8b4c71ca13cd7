package retrieval

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/vec"
)

// Retriever finds candidates. It keeps scratch memory of 10 bytes an item and
// is not for concurrent use.
type Retriever struct {
	model      *Model
	encoder    *Encoder
	other      *Encoder    // of a [Sample]; nil until it is needed
	cells      *CellSearch // nil where the model has none
	transition *Lists
	profile    *Profile      // nil where there is none
	popular    []catalog.Row // best first
	counts     []uint32      // [N] interactions of each item

	user              []float32         // [D]
	scores, followers []float32         // [N]
	sources           []feature.Sources // [N] of the candidates found in the current call, else 0
	hidden            []bool            // [N] what the current call leaves out
	outside           []bool            // [N] what addAmong leaves out; nil until it is needed
	top               vec.TopK
}

// New returns a retriever over a model and statistics of one catalog; it keeps
// the model.
func New(m *Model, transition *Lists, s *feature.Statistics) *Retriever {
	n := m.Out.Rows
	r := &Retriever{
		model: m, encoder: NewEncoder(m), transition: transition, popular: popular(s), counts: s.Count,
		user: make([]float32, m.Out.Cols), scores: make([]float32, n), followers: make([]float32, n),
		sources: make([]feature.Sources, n), hidden: make([]bool, n),
	}
	if m.Cells != nil {
		r.cells = NewCellSearch(m)
	}
	return r
}

// WithProfile adds a source: what p scores best, where its gate lets it count. A nil p
// adds none. It returns r.
func (r *Retriever) WithProfile(p *Profile) *Retriever {
	r.profile = p
	return r
}

// WithSets has likes of one sitting count as a set, as far as set says that a history is
// one; nil has all histories go by their order. It returns r.
func (r *Retriever) WithSets(set func(h feature.History) float32) *Retriever {
	r.encoder.set = set
	return r
}

// sets says how far a history is a set, 0 to 1; nil says 0.
type sets func(h feature.History) float32

func (s sets) of(h feature.History) float32 {
	if s == nil {
		return 0
	}
	return s(h)
}

// UserVector stores the vector of a user with history h in dst, which is [D]; see
// [Encoder.UserVector].
func (r *Retriever) UserVector(dst []float32, h feature.History) { r.encoder.UserVector(dst, h) }

// Scores returns the score of the model for each item and a user with
// history h, [N]. The slice is valid until the next call of a method.
func (r *Retriever) Scores(h feature.History) []float32 {
	r.encoder.UserVector(r.user, h)
	r.model.Scores(r.scores, r.user)
	return r.scores
}

// Candidates appends k candidates for a user with history h to dst, with the
// default mix and no trend; see Mixed.
func (r *Retriever) Candidates(dst []feature.Candidate, h feature.History, skip []bool, k int) []feature.Candidate {
	return r.Mixed(dst, h, skip, k, DefaultMix, nil)
}

// Mixed appends k candidates for a user with history h to dst, fewer when the
// catalog has no more, and returns it: by score descending, ties by row. Items
// of the history but for m.Again and those with skip[row] are left out; skip is [N] or nil.
// trending are the items that rise, best first.
//
// First the trending, the popular, the profile's and the following items fill their
// quotas of m, then the model the rest. Without a history there is no one to score
// for: the popular items fill all that the trending ones leave.
func (r *Retriever) Mixed(dst []feature.Candidate, h feature.History, skip []bool, k int, m Mix, trending []catalog.Row) []feature.Candidate {
	r.encoder.UserVector(r.user, h)
	scan := r.model.scan(r.user)
	copy(r.hidden, skip)
	if skip == nil {
		clear(r.hidden)
	}
	for _, e := range h {
		r.hidden[e.Row] = true
	}
	for _, row := range m.Again {
		r.hidden[row] = skip != nil && skip[row]
	}
	clear(r.sources)
	first := len(dst)
	add := func(row catalog.Row, s feature.Sources) {
		if r.sources[row] == 0 {
			dst = append(dst, feature.Candidate{Row: row, Score: scan.score(row)})
		}
		r.sources[row] |= s
	}
	room := func() int { return k - (len(dst) - first) }
	popular := quota(m.Popular, k)
	if len(h) == 0 {
		popular = k
	}
	r.addFirst(add, trending, feature.FromTrending, quota(m.Trending, k), room)
	r.addFirst(add, r.popular, feature.FromPopular, popular, room)
	if p := r.profile; p != nil && p.Gate.Share(h) > 0 {
		p.Scores(r.followers, h)
		r.addFollowers(add, feature.FromTaste, max(0, min(quota(profileQuota, k), room()-quota(m.Transition, k))))
	}
	r.transition.scores(r.followers, h, r.encoder.set.of(h))
	r.addFollowers(add, feature.FromTransition, quota(m.Transition, k))
	r.addAmong(add, &scan, min(quota(m.Rare, k), room()), func(row int) bool { return r.counts[row] <= RareCount })
	r.addAmong(add, &scan, min(quota(m.Wanted, k), room()), func(row int) bool { return m.Wants[row] })
	r.addTaste(add, &scan, k, room)

	feature.Best(dst[first:])
	for i := range dst[first:] {
		c := &dst[first+i]
		c.Sources, c.Retrieved = r.sources[c.Row], i+1
	}
	return dst
}

// quota returns a share of k candidates, rounded down.
func quota(share float64, k int) int { return int(share * float64(k)) }

// addFirst adds the first n of rows that are not hidden, until room returns 0.
func (r *Retriever) addFirst(add func(catalog.Row, feature.Sources), rows []catalog.Row, s feature.Sources, n int, room func() int) {
	for _, row := range rows {
		if n == 0 || room() == 0 {
			return
		}
		if !r.hidden[row] {
			add(row, s)
			n--
		}
	}
}

// addFollowers adds those of the best followers that have a score and are not hidden.
func (r *Retriever) addFollowers(add func(catalog.Row, feature.Sources), s feature.Sources, quota int) {
	r.top.Reset(quota)
	for i, score := range r.followers {
		if score > 0 && !r.hidden[i] {
			r.top.Push(score, int32(i))
		}
	}
	for _, key := range r.top.Sorted() {
		add(catalog.Row(vec.At(key)), s)
	}
}

// addAmong adds the n best items for the model of those that wants holds of and no other
// source has found.
func (r *Retriever) addAmong(add func(catalog.Row, feature.Sources), scan *scan, n int, wants func(row int) bool) {
	if n == 0 {
		return
	}
	if r.outside == nil {
		r.outside = make([]bool, len(r.hidden))
	}
	for i, hidden := range r.hidden {
		r.outside[i] = hidden || !wants(i) || r.sources[i] != 0
	}
	for _, key := range r.seek(scan, n, r.outside) {
		add(catalog.Row(vec.At(key)), feature.FromTaste)
	}
}

// addTaste adds the k best items in turn until room returns 0, and marks those
// among the k that other sources had found before.
func (r *Retriever) addTaste(add func(catalog.Row, feature.Sources), scan *scan, k int, room func() int) {
	for _, key := range r.seek(scan, k, r.hidden) {
		if row := catalog.Row(vec.At(key)); r.sources[row] != 0 || room() > 0 {
			add(row, feature.FromTaste)
		}
	}
}

// seek returns the keys of the k best items that are not hidden, [N], best first. They
// are sought in the cells nearest to the user where there are cells, and by a scan
// where that does not do.
func (r *Retriever) seek(scan *scan, k int, hidden []bool) []uint64 {
	r.top.Reset(k)
	if r.cells == nil || !r.cells.best(scan, &r.top, hidden, r.model.Cells.Probes) {
		r.top.Reset(k)
		scan.best(&r.top, hidden)
	}
	return r.top.Sorted()
}
