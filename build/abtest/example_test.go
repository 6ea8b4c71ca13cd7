package abtest_test

import (
	"fmt"

	"sparrow/build/abtest"
)

// An arm that half of the visitors should be in has 4,800 of 10,000.
func ExampleCheckRatio() {
	r := abtest.CheckRatio([]int{5200, 4800}, []float64{1, 1})
	fmt.Printf("χ² %.0f, off: %v\n", r.Chi2, r.Off)
	// Output: χ² 16, off: true
}
