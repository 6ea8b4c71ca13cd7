package dataset

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// Codes of ratings, as a file has them, in one byte: in steps of .05 up to 1, of .1
// up to 10 and of 1 up to 100, which is finer than the half stars that are made of
// them. What they are worth is known when the file was read: see [scaleOf].
const (
	codeTen    = 110 // of 10
	codeMost   = 200 // of 100
	codeBelow  = 254 // of −1
	codeAbsent = 255 // no rating
)

// ratingCode returns the code of a rating v, rounded upwards from the middle, and whether
// it has one.
func ratingCode(v float64) (uint8, bool) {
	switch {
	case v == -1:
		return codeBelow, true
	case v < 0 || v > 100 || v != v:
		return 0, false
	case v <= 1:
		return uint8(math.Floor(20*v + 0.5)), true
	case v <= 10:
		return uint8(10 + math.Floor(10*v+0.5)), true
	}
	return uint8(100 + math.Floor(v+0.5)), true
}

// ratingValue returns what ratingCode made a code of.
func ratingValue(code uint8) float64 {
	switch {
	case code == codeBelow:
		return -1
	case code <= 20:
		return float64(code) / 20
	case code <= codeTen:
		return float64(code-10) / 10
	}
	return float64(code) - 100
}

// Scale is what ratings mean: from Low, the worst, to High, the best. The zero value
// is recognized from the ratings.
type Scale struct{ Low, High float64 }

// Stars is the scale of a file whose ratings are stars.
var Stars = Scale{0.5, 5}

var scaleText = regexp.MustCompile(`^(-?[0-9.]+)-(-?[0-9.]+)$`)

// ParseScale reads a scale as people write it: 1-10, 0-100, -1-1.
func ParseScale(text string) (Scale, error) {
	m := scaleText.FindStringSubmatch(text)
	if m == nil {
		return Scale{}, fmt.Errorf("a scale is its worst and its best rating, as in 1-10, not %q", text)
	}
	low, err := strconv.ParseFloat(m[1], 64)
	high, err2 := strconv.ParseFloat(m[2], 64)
	if err := errors.Join(err, err2); err != nil {
		return Scale{}, err
	}
	if low != -1 && low < 0 || high > 100 || high <= low {
		return Scale{}, fmt.Errorf("a scale lies between 0 and 100, or is -1-1, and its best rating is above its worst: not %q", text)
	}
	return Scale{low, high}, nil
}

func (s Scale) String() string { return fmt.Sprintf("%g to %g", s.Low, s.High) }

// halves returns half stars for a rating: those of one to five are stars as they are,
// others are spread evenly over 0.5 to 5; 0 where v is below the scale, which is how
// sources write "not rated", and false where it is above.
func (s Scale) halves(v float64) (uint8, bool) {
	const slack = 1e-9
	switch {
	case v > s.High+slack:
		return 0, false
	case v < s.Low-slack:
		return 0, v <= 0
	}
	if s.High != 5 || s.Low != 1 && s.Low != 0.5 {
		v = 0.5 + 4.5*(v-s.Low)/(s.High-s.Low)
	}
	return uint8(min(10, max(1, math.Floor(2*v+0.5+slack)))), true
}

// outliers is the share of ratings that do not decide the scale, for they are likely
// to be mistakes.
const outliers = 0.001

// scaleOf recognizes the scale of ratings by their counts, which are indexed by code.
// It returns an error that says which switch to set where several scales fit.
func scaleOf(counts *[256]int) (Scale, error) {
	total := 0
	for _, n := range counts[:codeMost+1] {
		total += n
	}
	if total == 0 {
		return Stars, nil
	}
	most, left := uint8(codeMost), int(outliers*float64(total))
	for ; counts[most] <= left; most-- {
		left -= counts[most]
		if most == 0 {
			break
		}
	}
	high := ratingValue(most)
	least := uint8(1)
	for least < most && counts[least] == 0 {
		least++
	}
	low := ratingValue(least) // of what is above 0
	switch {
	case high == 0: // no one rated
		return Stars, nil
	case high <= 1 && counts[codeBelow] > 0:
		return Scale{-1, 1}, nil
	case high <= 1:
		return Scale{0, 1}, nil
	case high <= 5 && low >= 0.5:
		return Stars, nil
	case high <= 5:
		return Scale{0, 5}, nil
	case high >= 8 && high <= 10:
		return Scale{1, 10}, nil
	case high > 50:
		return Scale{0, 100}, nil
	}
	wider := "0-100"
	if high < 8 {
		wider = "1-10"
	}
	return Scale{}, fmt.Errorf("ratings go up to %g, and that may be of several scales: say which, as in --rating-scale 1-%.0f or %s", high, math.Ceil(high), wider)
}
