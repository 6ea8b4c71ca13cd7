package index

import "time"

// Settings say which searches [Compare] compares.
type Settings struct {
	K      int
	Cells  int     // of the IVF; 0 for √N
	Tables int     // T of both LSH
	Hashes int     // K of both LSH
	Width  float32 // of buckets
	Probes []int   // each tried with each of the approximate indexes
	Seed   uint64
}

// Held is which of the vectors [Compare] asks for the neighbours of: every
// Held-th from the first. They are not in the indexes.
const Held = 8

// Figure is one search of a comparison, in means over the queries.
type Figure struct {
	Index        string  `json:"index"`            // exact, cells, signs or buckets
	Probes       int     `json:"probes,omitempty"` // 0 for exact
	Recall       float64 `json:"recall"`           // @K, 0 to 1
	Compared     float64 `json:"compared"`         // share of the vectors, 0 to 1
	Routed       float64 `json:"routed"`           // inner products that chose them, as a share of the vectors
	Microseconds float64 `json:"microseconds"`     // a search, on one processor
}

// Compare searches vectors, [·×d], for the K nearest by cosine of every [Held]-th
// of them among the others: exactly, in the cells of an IVF, and in the buckets of
// two LSH. It returns a figure for the exact search and one for each index and number
// of probes, and how many vectors were searched and how many queries there were; vectors
// of zeros count for neither. All but the time is the same for the same seed. It panics
// unless the settings are in range.
func Compare(vectors []float32, d int, s Settings) (figures []Figure, searched, queries int) {
	var rows, asked []float32
	for at, i := 0, 0; at < len(vectors); at, i = at+d, i+1 {
		switch v := vectors[at:][:d]; {
		case length(v) == 0:
		case i%Held == 0:
			asked = append(asked, v...)
		default:
			rows = append(rows, v...)
		}
	}
	v := NewVectors(rows, d, Cosine)
	exact := NewExact(v)
	add := func(name string, probes int, search func(q []float32, k int) Result) {
		t := Measure(exact, asked, s.K, search)
		figures = append(figures, Figure{name, probes, t.Recall, t.Compared, t.Routed, microseconds(asked, d, s.K, search)})
	}
	add("exact", 0, exact.Search)
	opt := DefaultIVFOptions(v.Len())
	opt.Seed = s.Seed
	if s.Cells > 0 {
		opt.Cells = s.Cells
	}
	hashes := LSHOptions{Tables: s.Tables, Hashes: s.Hashes, Seed: s.Seed}
	for _, x := range []struct {
		name   string
		search func(q []float32, k, probes int) Result
	}{
		{"cells", NewIVF(v, opt).Search},
		{"signs", NewSignLSH(v, hashes).Search},
		{"buckets", NewBucketLSH(v, s.Width, hashes).Search},
	} {
		for _, probes := range s.Probes {
			add(x.name, probes, func(q []float32, k int) Result { return x.search(q, k, probes) })
		}
	}
	return figures, v.Len(), len(asked) / d
}

// microseconds returns how long a search takes: the mean over the queries, [·×d],
// in the fastest of a few rounds.
func microseconds(queries []float32, d, k int, search func(q []float32, k int) Result) float64 {
	n := len(queries) / d
	if n == 0 {
		return 0
	}
	const rounds = 3
	var fastest time.Duration
	for round := range rounds {
		begun := time.Now()
		for i := range n {
			search(queries[i*d:][:d], k)
		}
		if took := time.Since(begun); round == 0 || took < fastest {
			fastest = took
		}
	}
	return fastest.Seconds() * 1e6 / float64(n)
}
