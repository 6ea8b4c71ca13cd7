package engine_test

import (
	"fmt"

	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// A user who liked even items is given even items, each with an item of the
// history that carries it.
func Example() {
	e := engine.New(enginetest.Parity(60)) // engine.Open reads a bundle's bytes
	list := e.Recommend(engine.Query{
		History: feature.History{{Row: 10, Stars: 5, At: 1}, {Row: 20, Stars: 5, At: 2}},
		Filter:  engine.Filter{Genre: engine.AllGenres},
		K:       3,
		Because: true,
	})
	titles := e.Catalog().Titles
	for _, r := range list {
		fmt.Printf("%s, because of %s\n", titles[r.Row], titles[r.Because])
	}
	fmt.Println("like it:", titles[e.Similar(list[0].Row, 1)[0].Row])
	// Output:
	// Even 22, because of Even 20
	// Even 12, because of Even 10
	// Even 14, because of Even 10
	// like it: Even 46
}
