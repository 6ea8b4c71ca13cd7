package command

import (
	"fmt"
	"strconv"
	"strings"
)

// share is a part of all, 0 to 1, written as 0.1% or 0.001.
type share float64

// UnmarshalText reads a share.
func (s *share) UnmarshalText(text []byte) error {
	number, percent := strings.CutSuffix(strings.TrimSpace(string(text)), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("%q is not a share; write 0.1%% or 0.001", text)
	}
	*s = share(v)
	return nil
}
