// Package plural writes numbers of things for people.
package plural

import (
	"fmt"
	"strings"
)

// Of returns how many there are, as people write it: "1 user", "2 users". The noun
// is given in the singular, with what stands before it.
func Of[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if before, ok := strings.CutSuffix(noun, "person"); ok {
		return fmt.Sprint(n, " ", before, "people")
	}
	if before, ok := strings.CutSuffix(noun, "y"); ok && !strings.HasSuffix(before, "a") {
		return fmt.Sprint(n, " ", before, "ies")
	}
	return fmt.Sprint(n, " ", noun, "s")
}
