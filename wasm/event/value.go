package event

import (
	"errors"
	"strconv"

	"sparrow/wasm/wire"
)

// The readers below return a zero value and no error when r has failed: its
// own error says more, and their caller asks for it.

// bin reads a byte string of n bytes in place.
func bin(r *wire.Reader, name string, n int) ([]byte, error) {
	if b := r.Fixed(n); b != nil {
		return b, nil
	}
	b := r.Bin()
	if r.Err() == nil && len(b) != n {
		return nil, errors.New("field " + name + " is not of " + strconv.Itoa(n) + " bytes")
	}
	return b, nil
}

// uuid reads a UUIDv7 in place: version 7, variant 0b10 (RFC 9562, section 5.7).
func uuid(r *wire.Reader, name string) ([]byte, error) {
	b, err := bin(r, name, len(ID{}))
	if err == nil && b != nil && (b[6]>>4 != 7 || b[8]>>6 != 2) {
		return nil, errors.New("field " + name + " is no UUIDv7")
	}
	return b, err
}

// text reads a text of least to most bytes in place.
func text(r *wire.Reader, name string, least, most int) ([]byte, error) {
	b := r.Text()
	switch {
	case r.Err() != nil:
		return nil, nil
	case len(b) < least:
		return nil, errors.New("field " + name + " is empty")
	case len(b) > most:
		return nil, errors.New("field " + name + " is longer than " + strconv.Itoa(most) + " bytes")
	}
	return b, nil
}

// kind reads the name of a kind.
func kind(r *wire.Reader, name string) (*rule, error) {
	b := r.Text()
	if r.Err() != nil {
		return nil, nil
	}
	if k := ruleOf(b); k != nil {
		return k, nil
	}
	return nil, errors.New("field " + name + " names no kind")
}

var errTime = errors.New("field t is no time")

// moment reads Unix milliseconds, 1 to 2⁵³-1.
func moment(r *wire.Reader) (int64, error) {
	t := r.Int()
	if r.Err() == nil && (t < 1 || t > maxTime) {
		return 0, errTime
	}
	return t, nil
}

// number reads a whole number from least to 2³²-1.
func number(r *wire.Reader, name string, least uint64) (uint32, error) {
	n := r.Uint()
	if r.Err() == nil && (n < least || n > 1<<32-1) {
		return 0, errors.New("field " + name + " is out of range")
	}
	return uint32(n), nil
}

var errPosition = errors.New("a position is not from 1 to 65535")

func position(r *wire.Reader) (uint16, error) {
	n := r.Uint()
	if r.Err() == nil && (n < 1 || n > 65535) {
		return 0, errPosition
	}
	return uint16(n), nil
}

var errStars = errors.New("stars are not halves from 0.5 to 5")

func stars(r *wire.Reader) (float32, error) {
	x := r.Float()
	if r.Err() == nil && (!(x >= 0.5 && x <= 5) || 2*x != float64(int(2*x))) {
		return 0, errStars
	}
	return float32(x), nil
}

var errPropensity = errors.New("a propensity is not from 0 to 1")

func propensity(r *wire.Reader) (float32, error) {
	x := r.Float()
	if r.Err() == nil && !(x >= 0 && x <= 1) {
		return 0, errPropensity
	}
	return float32(x), nil
}

var errCurrency = errors.New("field u is not three capital letters")

// currency reads a code of ISO 4217 in place.
func currency(r *wire.Reader) ([]byte, error) {
	b := r.Text()
	if r.Err() != nil {
		return nil, nil
	}
	if len(b) != 3 {
		return nil, errCurrency
	}
	for _, c := range b {
		if c < 'A' || c > 'Z' {
			return nil, errCurrency
		}
	}
	return b, nil
}
