package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"os"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// From a data set to a bundle that answers: what `build bundle` does. The data
// are made up: item r is of group r mod 3, and each user prefers one group.
func ExampleOptions() {
	shape := dataset.Shape{Seed: 1, Users: 45, Items: 45, Interactions: 900, Groups: 3}
	dir, err := os.MkdirTemp("", "bundles")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	ctx := context.Background()
	quiet := console.New(ctx, io.Discard, io.Discard) // or os.Stdout and os.Stderr
	options := pipeline.Options{Seed: 1, Retrieval: "pool", Epochs: 4, Holdout: 1}
	if _, err := options.Run(ctx, quiet, dataset.Synthetic(shape), dir+"/"); err != nil {
		fmt.Println(err)
		return
	}

	b, _, err := bundledir.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	list := engine.New(b).Recommend(engine.Query{
		History: feature.History{{Row: 1, Stars: 5, At: 1}, {Row: 4, Stars: 5, At: 2}, {Row: 7, Stars: 5, At: 3}},
		Filter:  engine.Filter{Genre: engine.AllGenres},
		K:       3,
	})
	for _, r := range list {
		fmt.Println("an item of group", shape.Group(r.Row)) // b.Catalog.Titles[r.Row] is its title
	}
	// Output:
	// an item of group 1
	// an item of group 1
	// an item of group 1
}
