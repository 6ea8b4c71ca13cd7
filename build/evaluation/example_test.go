package evaluation_test

import (
	"fmt"

	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
)

// The movie 7 is what the user chose; it stands second in the list.
func ExampleNDCG() {
	ranked := []catalog.Row{4, 7, 1}
	fmt.Printf("%.3f\n", evaluation.NDCG(ranked, []catalog.Row{7}, 10))
	// Output: 0.631
}
