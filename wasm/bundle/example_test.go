//go:build !js

package bundle_test

import (
	"fmt"

	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// A bundle becomes bytes, and the bytes become a bundle again. Decode checks
// everything, so that nothing after it has to.
func Example() {
	data, err := bundle.Encode(enginetest.Parity(60)) // natively only; the same bundle gives the same bytes
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := bundle.Decode(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Meta.Name, "has", b.Catalog.Len(), "items, vectors of", b.Retrieval.Out.Cols)

	_, err = bundle.Decode(data[:len(data)/2])
	fmt.Println("half of it is refused:", err != nil)
	// Output:
	// Parity has 60 items, vectors of 8
	// half of it is refused: true
}
