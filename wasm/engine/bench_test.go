package engine_test

import (
	"strconv"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/live"
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

// BenchmarkOverlay answers with an overlay of 10,000 items beside none: a boost, a price and stock
// for each, a tenth of them sold out, with rules.
func BenchmarkOverlay(b *testing.B) {
	o := new(live.Overlay)
	for r := range large {
		o.Items = append(o.Items, live.Item{ID: catalog.ID(strconv.Itoa(r + 1)), Boost: float32(r%3)/2 - .5,
			Stock: live.Amount{Value: float64(r % 10), Known: true}, Price: live.Amount{Value: float64(r % 100), Known: true}})
	}
	o.Rules = []live.Rule{
		{Name: "front", Do: live.Pin, Items: []catalog.ID{"40", "41"}, To: 2}, {Name: "old", Do: live.Bury, Where: "year<1980", By: .5},
		{Name: "west", Do: live.Exclude, Where: "genre=Western", Until: 1 << 40},
	}
	h := liked(3, 50, 4, 700, 9000, 8, 12, 16, 100, 101, 102, 103, 200, 300, 400, 500, 600, 21, 22, 23)
	for _, with := range []bool{false, true} {
		e := engine.New(enginetest.Parity(large))
		name := "none"
		if with {
			name = "10000 items"
			b.Run("taken", func(b *testing.B) {
				for b.Loop() {
					e.Overlay(o)
				}
			})
		}
		q := query(h)
		q.K, q.Variety = 20, .2
		b.Run("recommend/"+name, func(b *testing.B) {
			for b.Loop() {
				e.At(7)
				e.Pin(&q, e.Recommend(q))
			}
		})
		b.Run("similar/"+name, func(b *testing.B) {
			for b.Loop() {
				e.At(7)
				e.SimilarPinned(20, 20, nil)
			}
		})
		b.Run("home/"+name, func(b *testing.B) {
			for b.Loop() {
				e.At(7)
				e.Home(q, e.Recommend(q), []catalog.Row{9000, 700})
			}
		})
	}
}
