package evaluation_test

import (
	"context"
	"fmt"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
)

// The item 7 is what the user chose; it stands second in the list.
func ExampleNDCG() {
	ranked := []catalog.Row{4, 7, 1}
	fmt.Printf("%.3f\n", evaluation.NDCG(ranked, []catalog.Row{7}, 10))
	// Output: 0.631
}

// Two methods answer the same cases: the newest item of each user is to be
// found, and the ones before it are the history.
func ExampleEvaluate() {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 100, Items: 60, Interactions: 2000, Groups: 3})
	train, cases, n := d.WithoutOpinions(1), evaluation.LeaveOneOut(d), d.Catalog.Len()

	popularity := baseline.Popularity(train)
	itemCF, err := baseline.TrainItemCF(context.Background(), train, baseline.DefaultItemCFOptions(train), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range []evaluation.Method{
		evaluation.Scored("popularity", n, func() evaluation.Scores { return popularity.Scores }),
		evaluation.Scored("ItemCF", n, func() evaluation.Scores { return itemCF.Scores }),
	} {
		result, err := evaluation.Evaluate(context.Background(), m, cases, 10, n, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		first := result.Metrics[0]
		fmt.Printf("%s: %d cases, %s %.2f\n", result.Method, result.Cases, first.Name, first.Mean)
	}
	// Output:
	// popularity: 100 cases, NDCG@10 0.18
	// ItemCF: 100 cases, NDCG@10 0.33
}
