package word2vec

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const items = 40

// halves returns users who like the even items or the odd ones, and dislike one of the others.
func halves(users int) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(1, 2))
	c := &catalog.Catalog{IDs: make([]catalog.ID, items), Years: make([]int16, items), Genres: make([][]uint8, items)}
	d := &dataset.Dataset{Catalog: c, Users: make([]string, users)}
	for u := range users {
		d.Start = append(d.Start, len(d.Interactions))
		for k, i := range rng.Perm(items / 2)[:8] {
			e := dataset.Interaction{Row: catalog.Row(2*i + u%2), At: uint32(k), Stars: 9}
			if k == 3 {
				e.Row, e.Stars = e.Row^1, 1
			}
			d.Interactions = append(d.Interactions, e)
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

var small = Options{Width: 8, Window: 3, Negatives: 4, Epochs: 15, MinCount: 2, LearningRate: 0.05, Length: 3, Seed: 1}

var walkers = WalkOptions{Options: small, Walks: 10, Steps: 8, Return: 1, InOut: 2}

var models = map[string]func(d *dataset.Dataset, seed uint64) (*Model, error){
	"item2vec": func(d *dataset.Dataset, seed uint64) (*Model, error) {
		opt := small
		opt.Seed = seed
		return TrainItem2Vec(context.Background(), d, opt, nil)
	},
	"DeepWalk": func(d *dataset.Dataset, seed uint64) (*Model, error) {
		opt := walkers
		opt.Seed = seed
		return TrainDeepWalk(context.Background(), d, opt, nil)
	},
	"node2vec": func(d *dataset.Dataset, seed uint64) (*Model, error) {
		opt := walkers
		opt.Seed = seed
		return TrainNode2Vec(context.Background(), d, opt, nil)
	},
}

func TestModelsFindTheHalves(t *testing.T) {
	d := halves(200)
	for name, train := range models {
		m, err := train(d, 1)
		if err != nil {
			t.Fatal(err)
		}
		for half := range 2 {
			scores := make([]float32, items)
			m.Scores(scores, feature.History{{Row: catalog.Row(half), Stars: 5}, {Row: catalog.Row(half + 2), Stars: 5}, {Row: catalog.Row(1 - half), Stars: 1}})
			least, most := float32(2), float32(-2) // of the items of their half, and of the others
			for r, v := range scores {
				if r%2 == half {
					least = min(least, v)
				} else {
					most = max(most, v)
				}
			}
			if least < most+0.1 {
				t.Errorf("%s: a movie of a user's half scores %.2f, one of the other %.2f", name, least, most)
			}
		}
	}
}

func TestSameSeedSameVectors(t *testing.T) {
	d := halves(40)
	for name, train := range models {
		one := func(procs int, seed uint64) []float32 {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			m, err := train(d, seed)
			if err != nil {
				t.Fatal(err)
			}
			return m.Vectors
		}
		if !slices.Equal(one(1, 5), one(4, 5)) {
			t.Errorf("%s: the same seed gives other vectors", name)
		}
		if slices.Equal(one(1, 5), one(1, 6)) {
			t.Errorf("%s: another seed gives the same vectors", name)
		}
	}
}

// TestPairDescendsTheGradient compares one step with central differences of the loss.
func TestPairDescendsTheGradient(t *testing.T) {
	const D, words = 4, 5
	t1 := newTrainer([][]int32{{0, 1, 2, 3, 4, 0, 1}}, words, Options{Width: D, Negatives: 3, Seed: 3})
	rng := rand.New(rand.NewPCG(8, 8))
	for i := range t1.v {
		t1.v[i], t1.u[i] = float32(rng.NormFloat64()), float32(rng.NormFloat64())
	}
	// The negatives that the step will draw.
	peek := *t1
	peek.rng = rand.New(rand.NewPCG(6, 6))
	var negatives []int32
	for range 3 {
		if k := t1.draw[peek.rng.IntN(len(t1.draw))]; k != 1 && !slices.Contains(negatives, k) {
			negatives = append(negatives, k)
		}
	}
	v, u := slices.Clone(t1.v), slices.Clone(t1.u)
	loss := func() float64 {
		dot := func(k int32) float64 {
			var s float64
			for i := range D {
				s += float64(v[i]) * float64(u[int(k)*D+i])
			}
			return s
		}
		sum := math.Log1p(math.Exp(-dot(1)))
		for _, k := range negatives {
			sum += math.Log1p(math.Exp(dot(k)))
		}
		return sum
	}
	t1.rng = rand.New(rand.NewPCG(6, 6))
	if len(negatives) < 2 {
		t.Fatal("choose another seed: the draws repeat")
	}
	const rate = 1e-3
	t1.opt.Negatives = 3
	t1.pair(0, 1, rate)
	check := func(name string, x []float32, i int, moved float32) {
		const h = 1e-2
		at := x[i]
		x[i] = at + h
		above := loss()
		x[i] = at - h
		below := loss()
		x[i] = at
		want := (above - below) / (2 * h)
		if got := float64(at-moved) / rate; math.Abs(got-want) > 2e-2*max(1, math.Abs(want)) {
			t.Errorf("%s %d: the step is %.4f, the gradient %.4f", name, i, got, want)
		}
	}
	for i := range D {
		check("v", v, i, t1.v[i])
		check("u of the word near", u, D+i, t1.u[D+i])
		check("u of a negative", u, int(negatives[0])*D+i, t1.u[int(negatives[0])*D+i])
	}
}

// TestSecondOrderWalks counts steps on a graph where from node 1, reached from 0, one
// may go back to 0, to 2, which 0 is linked to, and to 3, which it is not.
func TestSecondOrderWalks(t *testing.T) {
	g := newGraph([][]int32{{0, 1}, {1, 0}, {1, 2}, {1, 3}, {1, 3}, {0, 2}}, 4)
	opt := WalkOptions{Return: 4, InOut: 0.5}
	// Weights 1·1/4, 1·1, 2·2.
	want := map[int32]float64{0: 0.25 / 5.25, 2: 1 / 5.25, 3: 4 / 5.25}
	rng := rand.New(rand.NewPCG(1, 1))
	count := map[int32]float64{}
	const draws = 40_000
	for range draws {
		count[opt.secondOrder(g, 1, 0, rng)]++
	}
	for x, p := range want {
		if got := count[x] / draws; math.Abs(got-p) > 4*math.Sqrt(p*(1-p)/draws) {
			t.Errorf("to %d with %.4f, want %.4f", x, got, p)
		}
	}
	if opt.secondOrder(g, 3, 1, rng) != -1 {
		t.Error("a walk goes on where there is no edge")
	}
}

// TestInOutKeepsWalksNear walks on two cliques with a bridge: large q stays.
func TestInOutKeepsWalksNear(t *testing.T) {
	var s [][]int32
	for a := range int32(6) {
		for b := range int32(6) {
			if a != b {
				s = append(s, []int32{a, b}, []int32{6 + a, 6 + b})
			}
		}
	}
	s = append(s, []int32{0, 6}, []int32{6, 0})
	g := newGraph(s, 12)
	crossings := func(q float64) int {
		opt := WalkOptions{Options: Options{Seed: 1}, Walks: 100, Steps: 10, Return: 1, InOut: q}
		n := 0
		for _, w := range g.walks(opt, opt.secondOrder) {
			for i := range len(w) - 1 {
				if (w[i] < 6) != (w[i+1] < 6) {
					n++
				}
			}
		}
		return n
	}
	if near, far := crossings(8), crossings(0.125); 2*near > far {
		t.Errorf("walks cross the bridge %d times with q = 8 and %d times with q = 1/8", near, far)
	}
}
