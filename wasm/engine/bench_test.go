package engine_test

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

const large = 9742 // items of MovieLens latest-small

func BenchmarkNew(b *testing.B) {
	bundle := enginetest.Parity(large)
	for b.Loop() {
		engine.New(bundle)
	}
}

func BenchmarkRecommend(b *testing.B) {
	e := engine.New(enginetest.Parity(large))
	h := liked(3, 50, 4, 700, 9000, 8, 12, 16, 100, 101, 102, 103, 200, 300, 400, 500, 600, 21, 22, 23)
	for _, bench := range []struct {
		name    string
		variety float32
		because bool
	}{{"plain", 0, false}, {"variety", 0.4, false}, {"because", 0.4, true}} {
		b.Run(bench.name, func(b *testing.B) {
			q := query(h)
			q.K, q.Variety, q.Because = 20, bench.variety, bench.because
			for b.Loop() {
				e.Recommend(q)
			}
		})
	}
}

func BenchmarkSimilar(b *testing.B) {
	e := engine.New(enginetest.Parity(large))
	for b.Loop() {
		e.Similar(20, 20)
	}
}

func BenchmarkHome(b *testing.B) {
	e := engine.New(enginetest.Parity(large))
	q := query(liked(3, 50, 4, 700, 9000))
	q.K, q.Because, q.Variety = 20, true, 0.4
	for b.Loop() {
		e.Home(q, e.Recommend(q), []catalog.Row{9000, 700})
	}
}
