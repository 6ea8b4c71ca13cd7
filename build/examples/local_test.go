package examples

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// auc returns the probability that a row labelled 1 has a higher score than a
// row labelled 0, ties counting half. Source: Fawcett, Pattern Recognition
// Letters 2006.
func auc(scores, labels []float32) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case scores[a] < scores[b]:
			return -1
		case scores[a] > scores[b]:
			return 1
		}
		return 0
	})
	var ones, zeros, wins float64
	for i := 0; i < len(order); {
		k, one, zero := i, 0.0, 0.0
		for ; k < len(order) && scores[order[k]] == scores[order[i]]; k++ {
			if labels[order[k]] == 1 {
				one++
			} else {
				zero++
			}
		}
		wins += one * (zeros + zero/2)
		ones, zeros, i = ones+one, zeros+zero, k
	}
	return wins / (ones * zeros)
}

// TestBaselinesOfMovieLens prints what no model may fall below, where
// SPARROW_DATA names the folder of the real sets: AUC on the interactions
// between 80 and 90 % of the time line. The last tenth stays unseen.
func TestBaselinesOfMovieLens(t *testing.T) {
	root := os.Getenv("SPARROW_DATA")
	if root == "" {
		t.Log("SPARROW_DATA is not set: nothing to read")
		return
	}
	for _, folder := range []string{"ml-latest-small", "ml-1m"} {
		d, _, err := dataset.Open(context.Background(), filepath.Join(root, folder), dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		cuts := cuts(d, 0.8, 0.9)
		for _, positive := range []float32{3.5, 4} {
			valid := New(d, between(d, cuts[0], cuts[1], positive), cuts[0])
			ones := 0
			for _, l := range valid.Labels {
				ones += int(l)
			}
			t.Logf("%s, positive from %g: %d rows, %.3f positive", folder, positive, valid.Len(), float64(ones)/float64(valid.Len()))
			for _, name := range Baselines {
				t.Logf("  %-20s %.4f", name, auc(valid.Scores(name), valid.Labels))
			}
		}
		train := New(d, between(d, 0, cuts[0], 4), Never)
		schema, err := Fit(everyColumn(50), train)
		if err != nil {
			t.Fatal(err)
		}
		e := train.Encoder(schema)
		var b feature.Batch
		rows := make([]int32, 1024)
		for i := range rows {
			rows[i] = int32(i * 7919 % train.Len())
		}
		e.Encode(rows, &b)
		r := testing.Benchmark(func(tb *testing.B) {
			for tb.Loop() {
				e.Encode(rows, &b)
			}
		})
		t.Logf("  %d training rows; Encode %d ns a row, %d allocations", train.Len(), r.NsPerOp()/1024, r.AllocsPerOp())
	}
}
