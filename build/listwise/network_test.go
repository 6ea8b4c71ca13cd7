package listwise

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
)

// random returns n lists over items of that many genres, and matching tables.
func random(rng *rand.Rand, n, items, genres, width int) ([]list, quant.Matrix, quant.Matrix) {
	table := func() quant.Matrix {
		v := make([]float32, items*width)
		for i := range v {
			v[i] = float32(rng.NormFloat64())
		}
		return quant.Quantize(v, items, width)
	}
	genre := func() uint16 { return uint16(rng.IntN(genres + 1)) }
	lists := make([]list, n)
	for i := range lists {
		l := &lists[i]
		l.fold, l.weight = i%folds, 1
		l.items = make([]feature.Item, 4+rng.IntN(20))
		l.target = rng.IntN(len(l.items))
		for k := range l.user.Numeric {
			l.user.Numeric[k] = float32(rng.NormFloat64()*3 + 1)
		}
		for k := range l.user.Genres {
			l.user.Genres[k] = genre()
		}
		for k := range l.user.Items {
			l.user.Items[k] = catalog.Row(rng.IntN(items+1) - 1)
		}
		for m := range l.items {
			v := &l.items[m]
			v.Row = catalog.Row(rng.IntN(items))
			for k := range v.Numeric {
				v.Numeric[k] = float32(rng.NormFloat64()*2 - 1)
			}
			for k := range v.Genres {
				v.Genres[k] = genre()
			}
		}
	}
	return lists, table(), table()
}

// TestGradient compares every parameter's gradient of the loss with a central
// difference, with dropout held fixed, for one and for two hidden layers.
func TestGradient(t *testing.T) {
	for _, hidden := range [][]int{{5}, {6, 3}} {
		rng := rand.New(rand.NewPCG(7, 1))
		lists, in, out := random(rng, 1, 11, 4, 3)
		opt := DefaultOptions(synthetic())
		opt.Hidden, opt.GenreWidth = hidden, 2
		s := newStandard(opt.numeric(), opt.GenreWidth, lists, &in, &out)
		p, grad := newParams(newShape(&s.layout, 4, opt.Hidden)), newParams(newShape(&s.layout, 4, opt.Hidden))
		p.start(s, rng)
		for i := range p.all {
			p.all[i] += float32(rng.NormFloat64() * 0.2)
		}
		clear(p.genre.Data[:p.genreWidth])
		n := &network{standard: s, dropout: 0.3}
		l := &lists[0]
		loss := func() float64 {
			score := n.forward(p, l, rand.NewPCG(3, 3))
			return crossEntropy(make([]float32, len(score)), score, l.target, 1)
		}
		score := n.forward(p, l, rand.NewPCG(3, 3))
		d := make([]float32, len(score))
		crossEntropy(d, score, l.target, 1)
		n.backward(p, grad, l, d, true)

		bad := 0
		for i := range p.all {
			if i < p.genreWidth { // "no genre" is no parameter
				continue
			}
			const h = 1e-2
			was := p.all[i]
			p.all[i] = was + h
			up := loss()
			p.all[i] = was - h
			down := loss()
			p.all[i] = was
			want := (up - down) / (2 * h)
			// A ReLU may change sides within ±h: such a kink is allowed to a few.
			if math.Abs(want-float64(grad.all[i])) > 2e-3+0.02*math.Abs(want) {
				bad++
				t.Logf("hidden %v: parameter %d: gradient %g, central difference %g", hidden, i, grad.all[i], want)
			}
		}
		if bad > len(p.all)/50 {
			t.Errorf("hidden %v: %d of %d gradients differ from their central difference", hidden, bad, len(p.all))
		}
	}
}

func TestCrossEntropy(t *testing.T) {
	// softmax(0, ln 2, ln 5) = 1/8, 2/8, 5/8.
	d := make([]float32, 3)
	loss := crossEntropy(d, []float32{0, float32(math.Log(2)), float32(math.Log(5))}, 1, 2)
	if want := math.Log(4); math.Abs(loss-want) > 1e-6 {
		t.Errorf("loss = %g, want ln 4 = %g", loss, want)
	}
	for i, want := range []float64{2. / 8, 2 * (2./8 - 1), 10. / 8} {
		if math.Abs(float64(d[i])-want) > 1e-6 {
			t.Errorf("gradient %d = %g, want %g", i, d[i], want)
		}
	}
}
