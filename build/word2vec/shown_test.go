package word2vec

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// chain is three users who like 0, 1, 2 in this order, one who likes 0, 1, 3, and one who likes 1, 0.
func chain() *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, 5), Genres: make([][]uint8, 5)}}
	for _, likes := range [][]catalog.Row{{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1, 3}, {1, 0}} {
		d.Users = append(d.Users, "u")
		d.Start = append(d.Start, len(d.Interactions))
		for i, r := range likes {
			d.Interactions = append(d.Interactions, dataset.Interaction{Row: r, At: uint32(i + 1), Stars: 10})
		}
		d.Interactions = append(d.Interactions, dataset.Interaction{Row: 4, At: 9, Stars: 1}) // no sentence has it
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

func TestSentencesAreLikes(t *testing.T) {
	want := [][]catalog.Row{{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1}, {1, 0}} // one like of 3 is too few
	if diff := cmp.Diff(want, Sentences(chain(), 2)); diff != "" {
		t.Errorf("Sentences(d, 2) (-want +got):\n%s", diff)
	}
}

// TestEdgesByHand: from 1 three users went to 2, one to 3 and one to 0. Coming from 0, with p = 2 and
// q = 4: back to 0 weighs 1/2, and no edge leads from 0 to 2 or 3, so that these weigh 3/4 and 1/4.
func TestEdgesByHand(t *testing.T) {
	got := NewGraph(chain(), 1).Edges(0, 1, WalkOptions{Return: 2, InOut: 4})
	want := []Edge{{0, 1, 0.2, 0.5 / 1.5}, {2, 3, 0.6, 0.75 / 1.5}, {3, 1, 0.2, 0.25 / 1.5}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Edges(0, 1) (-want +got):\n%s", diff)
	}
	if got := NewGraph(chain(), 1).Edges(0, 4, WalkOptions{Return: 1, InOut: 1}); got != nil {
		t.Errorf("Edges(0, 4) = %v, want none: no one likes 4", got)
	}
}

// TestWalksGoByTheEdges holds that the walks which are shown take the edges as often as [Graph.Edges] says.
func TestWalksGoByTheEdges(t *testing.T) {
	g := NewGraph(chain(), 1)
	opt := WalkOptions{Options: Options{Seed: 1}, Walks: 4000, Steps: 3, Return: 2, InOut: 4}
	went, all := map[catalog.Row]float64{}, 0.0
	for _, walk := range g.Walks(opt) {
		if len(walk) == 3 && walk[0] == 0 && walk[1] == 1 {
			went[walk[2]]++
			all++
		}
	}
	for _, e := range g.Edges(0, 1, opt) {
		if got := went[e.To] / all; math.Abs(got-e.Second) > 0.03 {
			t.Errorf("of %.0f walks from 0 by 1 a share of %.3f went to %d, want %.3f", all, got, e.To, e.Second)
		}
	}
}

func TestPairsStayWithinTheWindow(t *testing.T) {
	sentence := []catalog.Row{10, 11, 12, 13, 14}
	pairs := Pairs(sentence, 2, 1)
	if len(pairs) < 8 { // each word has its neighbours at least
		t.Errorf("Pairs = %v, want 8 or more", pairs)
	}
	for _, p := range pairs {
		if apart := slices.Index(sentence, p[0]) - slices.Index(sentence, p[1]); apart == 0 || apart > 2 || apart < -2 {
			t.Errorf("the pair %v is %d places apart, want 1 or 2", p, apart)
		}
	}
}

// TestWatchSeesTheLossFall also holds that looking at the loss changes no vector.
func TestWatchSeesTheLossFall(t *testing.T) {
	d, opt := halves(200), small
	var losses []float64
	plain, err := TrainItem2Vec(t.Context(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	opt.Watch = func(epoch int, loss float64) {
		if epoch != len(losses) {
			t.Errorf("pass %d, want %d", epoch, len(losses))
		}
		losses = append(losses, loss)
	}
	watched, err := TrainItem2Vec(t.Context(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(plain.Vectors, watched.Vectors) {
		t.Error("the vectors are others when the loss is looked at")
	}
	// Vectors of zeros lose ln 2 for each of the pair's 1 + 4 questions, at most one of them less where a negative is the word itself.
	if most := 5 * math.Ln2; len(losses) != opt.Epochs || losses[0] > most+0.01 || losses[len(losses)-1] > 0.9*losses[0] {
		t.Errorf("losses %.3f, want %d that begin below %.2f and fall by a tenth", losses, opt.Epochs, most)
	}
}
