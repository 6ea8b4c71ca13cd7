package nn

import "math"

// ExpSum replaces each x[i] by exp(x[i] - top), where top ≥ every x[i], and
// returns their sum. The relative error of a term is below 1e-6; differences
// below -80 give 0.
func ExpSum(x []float32, top float32) float32 {
	var lanes [8]float32
	ExpLanes(x, top, &lanes)
	return SumLanes(&lanes)
}

// SumLanes returns the sum of lanes, added in pairs.
func SumLanes(lanes *[8]float32) float32 {
	a := (lanes[0] + lanes[4]) + (lanes[1] + lanes[5])
	return a + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
}

// exp returns e^v for v ≤ 0 as ExpSum computes it.
func exp(v float32) float32 {
	var lanes [8]float32
	x := [1]float32{v}
	ExpLanes(x[:], 0, &lanes)
	return x[0]
}

// ExpLanes does the work of ExpSum, adding exp(x[i] - top) to
// lanes[i%8]: the order in which eight values at a time are added.
//
// exp(v) = 2^n · e^r with n the nearest integer to v/ln 2 and |r| ≤ ln 2 / 2;
// e^r is its Taylor polynomial of degree 6. Products are converted before they
// are added, so that every architecture computes the same bits.
func ExpLanes(x []float32, top float32, lanes *[8]float32) {
	const (
		log2e = 1.44269504088896341
		ln2Hi = 0.693359375        // ln 2 in 9 bits: n·ln2Hi is exact
		ln2Lo = -2.12194440054e-04 // and the rest of it
		round = 3 << 22            // adding it leaves no bits for a fraction
	)
	for i, v := range x {
		v -= top
		if v < -80 {
			x[i] = 0
			continue
		}
		t := float32(v*log2e) + round
		n := t - round
		r := v - float32(n*ln2Hi)
		r -= float32(n * ln2Lo)
		p := float32(r*(1.0/720)) + 1.0/120
		p = float32(p*r) + 1.0/24
		p = float32(p*r) + 1.0/6
		p = float32(p*r) + 0.5
		p = float32(p*r) + 1
		p = float32(p*r) + 1
		// The low bits of t hold n; shifted into the exponent they make 2^n.
		e := p * math.Float32frombits((math.Float32bits(t)+127)<<23)
		x[i] = e
		lanes[i%8] += e
	}
}
