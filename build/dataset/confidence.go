package dataset

import (
	"fmt"
	"math"
	"strconv"
)

// A weight is what a source counts of a user and an item: plays, minutes, pieces
// bought. Its size says how sure it is that the user likes the item, and not how
// much they do; the first play says more than the hundredth. So an interaction of
// weight w has the confidence
//
//	c = ln(1 + w/m) / mean of the same over all interactions
//
// where m is the median weight. It does not depend on the unit, its mean is 1, so
// that every other setting means what it does in data without weights, and equal
// weights have a confidence of 1 each.
//
// Source: Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback
// datasets", ICDM 2008, which has 1 + α·log(1 + w/ε). Deviations: ε is the median;
// the 1 is that of a pair that was never observed, which no model here counts
// among the interactions; the mean stands in for α.

// mean is a confidence of 1.
const mean = 4096

// Until all are known, an interaction's weight is kept as a code of 16 bits, so
// that no further memory is needed while rows are sorted: its logarithm, in steps
// of 0.14 %, from 2^-64 to 2^64.
const (
	octave  = 512     // codes from a weight to twice as much
	codeOne = 1 << 15 // of a weight of 1
)

// codeOf returns the code of a weight above 0.
func codeOf(w float64) uint16 {
	return uint16(min(max(math.Round(math.Log2(w)*octave)+codeOne, 1), math.MaxUint16))
}

// weightOf returns the weight with that code. 0 is the code of a weight that was
// not given: 1.
func weightOf(code uint16) float64 {
	if code == 0 {
		return 1
	}
	return math.Exp2((float64(code) - codeOne) / octave)
}

// Weights says what the weights of a data set were, once repeated pairs are one.
type Weights struct {
	Interactions int     `json:"interactions"`
	Least        float64 `json:"least"`
	Median       float64 `json:"median"`
	Most         float64 `json:"most"`
}

// String returns w as a sentence for people.
func (w Weights) String() string {
	return fmt.Sprintf("the weights of %d interactions, %s to %s, half of them up to %s, say how sure a liking is: what weighs more teaches more, by its logarithm",
		w.Interactions, short(w.Least), short(w.Most), short(w.Median))
}

// short returns w with three digits, as codes hold no more.
func short(w float64) string {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(w, 'e', 2, 64), 64)
	return strconv.FormatFloat(v, 'g', 7, 64)
}

// confide puts confidences in place of the codes of weights, and returns what these
// were, or nil where all are the same. Interactions that count in part keep theirs: their
// part says what they count for.
func confide(all []Interaction) *Weights {
	var count [1 << 16]int
	w := new(Weights)
	for _, e := range all {
		if e.Part == 0 {
			count[e.Confidence]++
			w.Interactions++
		}
	}
	count[codeOne] += count[0]
	count[0] = 0
	kinds, below, sum := 0, 0, 0.0
	for code, n := range count {
		if n == 0 {
			continue
		}
		w.Most = weightOf(uint16(code))
		if kinds++; kinds == 1 {
			w.Least = w.Most
		}
		if below <= (w.Interactions-1)/2 {
			w.Median = w.Most
		}
		below += n
	}
	var confidence [1 << 16]uint16
	if kinds >= 2 {
		for code, n := range count {
			if n > 0 {
				sum += float64(float64(n) * w.gain(uint16(code)))
			}
		}
		for code, n := range count {
			if n == 0 {
				continue
			}
			c := math.Round(w.gain(uint16(code)) / sum * float64(w.Interactions) * mean)
			if confidence[code] = uint16(min(max(c, 1), math.MaxUint16)); c == mean {
				confidence[code] = 0
			}
		}
		confidence[0] = confidence[codeOne]
	}
	for i := range all {
		if e := &all[i]; e.Part == 0 {
			e.Confidence = confidence[e.Confidence]
		}
	}
	if kinds < 2 {
		return nil
	}
	return w
}

// gain returns ln(1 + w/m).
func (w *Weights) gain(code uint16) float64 { return math.Log1p(weightOf(code) / w.Median) }
