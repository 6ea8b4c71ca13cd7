package dataset

import (
	"math"
	"strconv"
)

// parseTime reads Unix seconds, which may be written as 964982703.0.
func parseTime(b []byte) (at uint32, reason string) {
	var v uint64
	for i, c := range b {
		if c < '0' || c > '9' || i == 12 {
			return parseTimeSlow(b)
		}
		v = 10*v + uint64(c-'0')
	}
	if len(b) == 0 || v > math.MaxUint32 {
		return parseTimeSlow(b)
	}
	return uint32(v), ""
}

func parseTimeSlow(b []byte) (uint32, string) {
	v, err := strconv.ParseFloat(string(b), 64)
	switch {
	case len(b) == 0:
		return 0, "no time"
	case err != nil || v != v:
		return 0, "time is not a number of Unix seconds"
	case v < 0:
		return 0, "time before 1970"
	case v > math.MaxUint32:
		return 0, "time after 2106: Unix seconds are due, not milliseconds"
	}
	return uint32(v), ""
}

// parseStars reads a rating of 0.5 to 5 into halves, rounded to the nearest
// half, upwards from the middle. An empty field is no rating: 0.
func parseStars(b []byte) (halves uint8, reason string) {
	switch {
	case len(b) == 0:
		return 0, ""
	case len(b) == 1 && b[0] >= '1' && b[0] <= '5':
		return 2 * (b[0] - '0'), ""
	case len(b) == 3 && b[0] >= '0' && b[0] < '5' && b[1] == '.' && (b[2] == '0' || b[2] == '5') && string(b) != "0.0":
		h := 2 * (b[0] - '0')
		if b[2] == '5' {
			h++
		}
		return h, ""
	}
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil || v != v {
		return 0, "rating is not a number"
	}
	if v < 0.5 || v > 5 {
		return 0, "rating outside 0.5 to 5"
	}
	return uint8(math.Floor(2*v + 0.5)), ""
}

// parseWeight reads the weight of an interaction, which only decides whether it
// counts.
func parseWeight(b []byte) (float64, string) {
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil || v != v {
		return 0, "weight is not a number"
	}
	return v, ""
}
