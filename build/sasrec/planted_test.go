package sasrec

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// of returns a data set of n items and a user for each list, oldest first.
func of(n int, lists ...[]dataset.Interaction) *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{}}
	for r := range n {
		d.Catalog.IDs = append(d.Catalog.IDs, catalog.ID('a'+rune(r)))
	}
	d.Catalog.Index()
	return d.Join(make([]string, len(lists)), lists)
}

// rows returns interactions with the given items.
func rows(items ...catalog.Row) []dataset.Interaction {
	var list []dataset.Interaction
	for k, r := range items {
		list = append(list, dataset.Interaction{Row: r, At: uint32(k)})
	}
	return list
}

func history(items ...catalog.Row) feature.History {
	var h feature.History
	for _, r := range items {
		h = append(h, feature.Event{Row: r})
	}
	return h
}

const (
	markers = 3           // items 0, 1, 2
	trigger = markers     // item 3
	answers = trigger + 1 // items 4, 5, 6, one for each marker
	pairs   = answers + markers
	nPairs  = 8 // items 7 and 8, 9 and 10, …
)

// planted returns sequences with two rules: one of the markers, pairs in any order of
// which the second always follows the first, the trigger, and the
// answer to the marker that stands at the far end.
func planted(users int) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(1, 9))
	var lists [][]dataset.Interaction
	for range users {
		lists = append(lists, rows(append(question(rng), 0)...))
		l := lists[len(lists)-1]
		l[len(l)-1].Row = answers + l[0].Row
	}
	return of(pairs+2*nPairs, lists...)
}

// question returns such a sequence without the answer.
func question(rng *rand.Rand) []catalog.Row {
	q := []catalog.Row{catalog.Row(rng.IntN(markers))}
	for _, p := range rng.Perm(nPairs)[:2+rng.IntN(3)] {
		q = append(q, catalog.Row(pairs+2*p), catalog.Row(pairs+2*p+1))
	}
	return append(q, trigger)
}

func TestTrainFindsPlantedRules(t *testing.T) {
	d := planted(300)
	for _, test := range []struct {
		name      string
		negatives int
	}{{"full softmax", 0}, {"sampled negatives", 8}} {
		t.Run(test.name, func(t *testing.T) {
			m, err := Train(context.Background(), d, Options{Width: 16, Heads: 2, Blocks: 2, Length: 12, MinCount: 1, Epochs: 25, Batch: 150,
				LearningRate: 0.01, Dropout: 0.05, Negatives: test.negatives, Seed: 1}, nil)
			if err != nil {
				t.Fatal(err)
			}
			rng := rand.New(rand.NewPCG(2, 9)) // other sequences
			shipped, err := m.Quantize()
			if err != nil {
				t.Fatal(err)
			}
			best := func(h ...catalog.Row) catalog.Row {
				scores := scoresOf(&shipped, h...)
				return catalog.Row(slices.Index(scores, slices.Max(scores)))
			}
			next, far := 0, 0
			for range 100 {
				q := question(rng)
				if best(q...) == answers+q[0] {
					far++
				}
				if best(q[:2]...) == q[2] {
					next++
				}
			}
			if next < 95 {
				t.Errorf("%d of 100 times the second of a pair is first after the first, want 95", next)
			}
			if far < 95 { // a model that sees the trigger only is right 33 times
				t.Errorf("%d of 100 times the answer to the marker is first, want 95", far)
			}
		})
	}
}
