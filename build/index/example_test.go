package index_test

import (
	"fmt"

	"sparrow/build/index"
)

// Six items of width 2, in two cells; the query points at the first three.
func Example() {
	items := []float32{
		9, 1,
		8, 2,
		9, 3,
		1, 9,
		2, 8,
		3, 9,
	}
	v := index.NewVectors(items, 2, index.Cosine)
	cells := index.NewIVF(v, index.IVFOptions{Cells: 2, Iterations: 10, Sample: 3, Seed: 1})
	got := cells.Search([]float32{1, 0}, 2, 1)
	exact := index.NewExact(v).Search([]float32{1, 0}, 2)
	for _, n := range got.Neighbors {
		fmt.Printf("row %d, cosine %.3f\n", n.Row, n.Score)
	}
	fmt.Println("compared", got.Compared, "of", exact.Compared, "with recall", index.Recall(got.Neighbors, exact.Neighbors))
	// Output:
	// row 0, cosine 0.994
	// row 1, cosine 0.970
	// compared 3 of 6 with recall 1
}
