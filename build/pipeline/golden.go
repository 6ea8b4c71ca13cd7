package pipeline

import (
	"cmp"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// goldenHistories are the lengths of the histories that golden questions are about.
var goldenHistories = []int{1, 3, 5, 10}

// goldenItems is how many items a golden question asks for.
const goldenItems = 10

// golden returns questions to the models of b with their answers. The histories
// are made up, so that no person of the data is in the bundle: the i-th of H
// takes every H-th of the best known items, from the i-th on.
func golden(b *bundle.Bundle) (questions []bundle.Golden) {
	e := engine.New(b)
	known := make([]catalog.Row, b.Catalog.Len())
	for r := range known {
		known[r] = catalog.Row(r)
	}
	slices.SortStableFunc(known, func(x, y catalog.Row) int { return cmp.Compare(b.Statistics.Count[y], b.Statistics.Count[x]) })
	for i, length := range goldenHistories {
		var history []catalog.Row
		for at := i; at < len(known)/2 && len(history) < length; at += len(goldenHistories) {
			history = append(history, known[at])
		}
		if len(history) > 0 {
			questions = append(questions, e.Judge(history, goldenItems))
		}
	}
	return questions
}
