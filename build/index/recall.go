package index

// Recall returns the share of the exact answer that an approximate one has,
// both for the same query and K: the neighbours that score no less than the last exact one,
// divided by the number of exact ones. A row that ties with the last is as good.
// 1 when there is nothing to find. Source: Aumüller, Bernhardsson & Faithfull,
// ANN-Benchmarks, Information Systems 87, 2020, section 2.1, with ε = 0.
func Recall(approximate, exact []Neighbor) float64 {
	if len(exact) == 0 {
		return 1
	}
	last := exact[len(exact)-1].Score
	hits := 0
	for _, n := range approximate {
		if n.Score >= last {
			hits++
		}
	}
	return float64(hits) / float64(len(exact))
}

// Tradeoff is what a search buys for what price, in means over queries.
type Tradeoff struct {
	Recall   float64 // @K, 0 to 1
	Compared float64 // share of the vectors that were compared, 0 to 1
	Routed   float64 // inner products that chose them, as a share of the vectors
}

// Measure compares search with the exact one over queries, [·×D], of which zeros
// are left out. All zeros, or no vectors, measure as nothing.
func Measure(exact *Exact, queries []float32, k int, search func(q []float32, k int) Result) Tradeoff {
	var t Tradeoff
	d := exact.v.d
	if len(queries)%d != 0 {
		panic("index: the queries have another width than the vectors")
	}
	n := 0
	for ; len(queries) > 0; queries = queries[d:] {
		want := exact.Search(queries[:d], k)
		if want.Compared == 0 {
			continue
		}
		got := search(queries[:d], k)
		t.Recall += Recall(got.Neighbors, want.Neighbors)
		t.Compared += float64(got.Compared) / float64(want.Compared)
		t.Routed += float64(got.Routed) / float64(want.Compared)
		n++
	}
	if n > 0 {
		t.Recall /= float64(n)
		t.Compared /= float64(n)
		t.Routed /= float64(n)
	}
	return t
}
