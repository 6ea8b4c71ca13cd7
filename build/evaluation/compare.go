package evaluation

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
)

// Comparison is how much better method A is than B in one metric on the same cases.
type Comparison struct {
	A          string   `json:"a"`
	B          string   `json:"b"`
	Metric     string   `json:"metric"`
	Difference Estimate `json:"difference"` // A - B, with the interval of the paired bootstrap over users

	// P-values of no difference, two-sided. That of sign flips exists where the metric
	// is a mean with the same weights for both, as NDCG and log loss are and AUC is not.
	Bootstrap float64  `json:"p_bootstrap"`
	SignFlip  *float64 `json:"p_sign_flip,omitempty"`

	// P is that of sign flips where there is one, else that of the bootstrap; behind it
	// the same, adjusted for the number of comparisons made together.
	P    float64 `json:"p"`
	Holm float64 `json:"p_holm"`
	BH   float64 `json:"p_benjamini_hochberg"`
}

// Compare compares the first result with each other one in the metric called
// name. It returns an error if the results are not of the same cases. All figures see
// the same draws of users: what a draw gives for A less what it gives for B is a draw
// of their difference.
func Compare(results []Result, name string, o Resampling) ([]Comparison, error) {
	if len(results) < 2 {
		return nil, nil
	}
	first := &results[0]
	var figures []func([]float64) float64
	for i := range results {
		r := &results[i]
		m := r.metric(name)
		if m == nil {
			return nil, fmt.Errorf("evaluation: %s has no metric %s", r.Method, name)
		}
		f := m.figure(r.units)
		if f == nil {
			return nil, fmt.Errorf("evaluation: %s has no interval, so that methods cannot be compared in it", name)
		}
		if r.cases != first.cases {
			return nil, fmt.Errorf("evaluation: %s and %s were not measured on the same cases", first.Method, r.Method)
		}
		figures = append(figures, f)
	}
	draws := o.draw(first.units.users, figures)
	comparisons, p := make([]Comparison, len(results)-1), make([]float64, len(results)-1)
	for i := range comparisons {
		comparisons[i] = pairOf(first, &results[i+1], draws[0], draws[i+1], name, o)
		p[i] = comparisons[i].P
	}
	holm, bh := Holm(p), BenjaminiHochberg(p)
	for i := range comparisons {
		comparisons[i].Holm, comparisons[i].BH = holm[i], bh[i]
	}
	return comparisons, nil
}

// pairOf compares a and b, whose metric the same draws of users gave x and y.
func pairOf(a, b *Result, x, y []float64, name string, o Resampling) Comparison {
	d := make([]float64, len(x))
	for i := range d {
		d[i] = x[i] - y[i]
	}
	m, n := a.metric(name), b.metric(name)
	c := Comparison{A: a.Method, B: b.Method, Metric: name, Bootstrap: twoSided(d)}
	c.Difference.Mean = m.Mean - n.Mean
	c.Difference.Low, c.Difference.High = interval(d)
	c.P = c.Bootstrap
	if sameMean(m, n) {
		flips, _ := a.units.byUser(m)
		others, _ := b.units.byUser(n)
		for u := range flips {
			flips[u] -= others[u]
		}
		p := SignFlip(flips, o)
		c.P, c.SignFlip = p, &p
	}
	return c
}

// twoSided returns the p-value that draws of a difference give for no difference:
// twice the share on the side of 0 that has fewer, 0 itself on both, with one
// draw more. It is where the percentile interval would just reach 0.
func twoSided(draws []float64) float64 {
	below, above, all := 1, 1, 1
	for _, d := range draws {
		if d != d {
			continue
		}
		all++
		if d <= 0 {
			below++
		}
		if d >= 0 {
			above++
		}
	}
	return min(1, 2*float64(min(below, above))/float64(all))
}

// casesHash identifies questions and their answers.
func casesHash(cases []Case) uint64 {
	var b []byte
	for _, c := range cases {
		b = binary.LittleEndian.AppendUint32(b, uint32(c.User))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c.Relevant)))
		for _, r := range c.Relevant {
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		}
	}
	return hashOf(b)
}

// rowsHash identifies labelled rows.
func rowsHash(rows []Example) uint64 {
	var b []byte
	for _, x := range rows {
		b = binary.LittleEndian.AppendUint32(b, uint32(x.User))
		b = binary.LittleEndian.AppendUint32(b, uint32(x.At))
		if x.Liked {
			b[len(b)-1] |= 1 << 7
		}
	}
	return hashOf(b)
}

func hashOf(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}
