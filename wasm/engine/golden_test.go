//go:build !js

package engine_test

import (
	"math"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// asked returns a bundle of three models with one golden question and its answer.
func asked() *bundle.Bundle {
	b := enginetest.Parity(40)
	b.Pointwise = append(b.Pointwise, enginetest.Oldest())
	b.Golden = []bundle.Golden{engine.New(b).Judge([]catalog.Row{3, 5}, 10)}
	return b
}

func TestGoldenAnswersAreGiven(t *testing.T) {
	b := asked()
	for _, r := range b.Golden[0].Items {
		if r%2 == 0 || r == 3 || r == 5 {
			t.Errorf("who likes items 3 and 5 is asked about item %d, want odd ones and none of the two", r)
		}
	}
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Open(data); err != nil {
		t.Errorf("Open = %v, want the engine to give the answers that it gave before", err)
	}
}

// TestOtherAnswersThanGoldenAreRefused: a model that computes something else than
// when it was packed does not come to answer.
func TestOtherAnswersThanGoldenAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(*bundle.Bundle)
		want string
	}{
		{"nothing", func(*bundle.Bundle) {}, ""},
		{"a score off by less than the tolerance", func(b *bundle.Bundle) { b.Golden[0].Scores[1][9] *= 1.0005 }, ""},
		{"a score of retrieval", func(b *bundle.Bundle) { b.Golden[0].Scores[0][2] += 0.1 }, "retrieval says"},
		{"a score of the ranker", func(b *bundle.Bundle) { b.Golden[0].Scores[1][9] += 0.1 }, "the ranker says"},
		{"a score of another model", func(b *bundle.Bundle) { b.Golden[0].Scores[2][0]++ }, "Oldest says"},
		{"a vector", func(b *bundle.Bundle) { b.Retrieval.In.Data[3*8+1] -= 60 }, "golden question 1, item "},
		{"a weight", func(b *bundle.Bundle) { b.Ranking.Skip.Weight.Data[0] -= 9 }, "the ranker says"},
		{"a layer that overflows", func(b *bundle.Bundle) {
			b.Golden = nil
			b.Ranking.Output.Weight.Scale[0] = math.MaxFloat32
			b.Ranking.Hidden[0].Bias[0] = math.MaxFloat32
		}, "no finite score"},
		{"a bias that overflows", func(b *bundle.Bundle) {
			b.Golden = nil
			b.Retrieval.Bias[39] = math.MaxFloat32
			b.Retrieval.Out.Scale[39] = math.MaxFloat32
		}, "item 40 no finite score"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := asked()
			c.harm(b)
			data, err := bundle.Encode(b)
			if err != nil {
				t.Fatal(err)
			}
			_, err = engine.Open(data)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("Open = %v, want the bundle to be accepted", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("Open = %v, want … %s …", err, c.want)
			}
		})
	}
}
