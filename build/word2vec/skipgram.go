package word2vec

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/stats"
	"sparrow/wasm/vec"
)

// Options are the settings of [skipGram].
type Options struct {
	Width        int     // D
	Window       int     // words on each side, at most; each occurrence draws 1 to Window
	Negatives    int     // K, drawn for each pair
	Epochs       int     // passes over all sentences
	MinCount     int     // items that are liked less often have no vector
	Subsample    float64 // an item of share f is kept with probability √(t/f) at this t; 0 keeps all
	LearningRate float32 // at the start; it falls linearly to nothing
	Length       int     // L, newest liked items that make the user
	Seed         uint64

	// Watch, unless nil, is told after each pass the mean loss of its pairs, in nats, each
	// before its step. Without it no loss is computed.
	Watch func(epoch int, loss float64)
}

func (o *Options) check() error {
	switch {
	case o.Width < 1 || o.Window < 1 || o.Epochs < 1 || o.MinCount < 1 || o.Length < 1:
		return errors.New("word2vec: width, window, epochs, minimum count and length must be positive")
	case o.Negatives < 1 || o.Subsample < 0 || o.LearningRate <= 0:
		return errors.New("word2vec: negatives and the learning rate must be positive, subsampling not negative")
	}
	return nil
}

// skipGram trains vectors of M words on sentences. For a word w and one o near it
// it takes a step down the gradient of
//
//	-ln σ(⟨v_w, u_o⟩) - Σ_k ln σ(-⟨v_w, u_k⟩)
//
// with K words k drawn by their count to the power of 3/4, and returns v, [M×D]. Source:
// Mikolov et al., "Distributed representations of words and phrases and their
// compositionality", NeurIPS 2013, equation 4, with its subsampling in section 2.3. It runs
// on one processor, so that the same seed gives the same vectors.
func skipGram(ctx context.Context, sentences [][]int32, words int, opt Options, progress func(done, total int)) ([]float32, error) {
	t := newTrainer(sentences, words, opt)
	if t.total == 0 {
		return nil, errors.New("word2vec: no item is liked often enough to learn from")
	}
	steps := len(sentences) * opt.Epochs
	for epoch := range opt.Epochs {
		for i, k := range t.rng.Perm(len(sentences)) {
			done := epoch*len(sentences) + i
			if done%256 == 0 {
				if err := ctx.Err(); err != nil {
					return nil, fmt.Errorf("word2vec: %w", err)
				}
				if progress != nil {
					progress(done, steps)
				}
			}
			t.sentence(sentences[k], opt.LearningRate*max(1e-3, 1-float32(done)/float32(steps)))
		}
		if opt.Watch != nil {
			opt.Watch(epoch, t.loss/float64(max(1, t.pairs)))
			t.loss, t.pairs = 0, 0
		}
	}
	if progress != nil {
		progress(steps, steps)
	}
	return t.v, nil
}

type trainer struct {
	opt   Options
	rng   *rand.Rand
	v, u  []float32 // [M×D] vectors of words, and of what is near them
	keep  []float64 // [M] probability that an occurrence is kept
	draw  []int32   // words, as often as they are to be drawn
	total int       // occurrences

	kept []int32
	grad []float32 // [D] by v

	loss  float64 // of the pass, for [Options].Watch
	pairs int
}

// drawn is the length of the table that negatives are drawn from.
const drawn = 1 << 20

func newTrainer(sentences [][]int32, words int, opt Options) *trainer {
	t := &trainer{opt: opt, rng: rand.New(rand.NewPCG(opt.Seed, 1)), keep: make([]float64, words),
		v: make([]float32, words*opt.Width), u: make([]float32, words*opt.Width), grad: make([]float32, opt.Width)}
	for i := range t.v {
		t.v[i] = (t.rng.Float32() - 0.5) / float32(opt.Width)
	}
	count := make([]float64, words)
	for _, s := range sentences {
		for _, w := range s {
			count[w]++
			t.total++
		}
	}
	var powers float64
	for w, c := range count {
		t.keep[w] = 1
		if f := c / float64(max(1, t.total)); opt.Subsample > 0 && f > 0 {
			t.keep[w] = min(1, math.Sqrt(opt.Subsample/f))
		}
		powers += math.Pow(c, 0.75)
	}
	var sum float64
	for w, c := range count {
		sum += math.Pow(c, 0.75)
		for len(t.draw) < int(drawn*sum/max(powers, 1e-9)) {
			t.draw = append(t.draw, int32(w))
		}
	}
	return t
}

// sentence takes a step for every pair of words within the window.
func (t *trainer) sentence(s []int32, rate float32) {
	t.kept = t.kept[:0]
	for _, w := range s {
		if t.keep[w] == 1 || t.rng.Float64() < t.keep[w] {
			t.kept = append(t.kept, w)
		}
	}
	near(t.kept, t.opt.Window, t.rng, func(w, near int32) { t.pair(w, near, rate) })
}

// near calls pair with each word of a sentence and each one near it: at most so many
// places away as are drawn for the word, from 1 to window.
func near[W ~int32](sentence []W, window int, rng *rand.Rand, pair func(w, near W)) {
	for i, w := range sentence {
		reach := 1 + rng.IntN(window)
		for j := max(0, i-reach); j <= min(len(sentence)-1, i+reach); j++ {
			if j != i {
				pair(w, sentence[j])
			}
		}
	}
}

// pair takes one step for word w and the word near it.
func (t *trainer) pair(w, near int32, rate float32) {
	D := t.opt.Width
	v := t.v[int(w)*D:][:D]
	clear(t.grad)
	t.pairs++
	t.descend(v, near, 1, rate)
	for range t.opt.Negatives {
		if k := t.draw[t.rng.IntN(len(t.draw))]; k != near {
			t.descend(v, k, 0, rate)
		}
	}
	for i, g := range t.grad {
		v[i] -= float32(rate * g)
	}
}

// descend moves u of word k against the gradient of the cross-entropy of σ(⟨v, u⟩)
// and the label, and adds that by v to t.grad.
func (t *trainer) descend(v []float32, k int32, label, rate float32) {
	u := t.u[int(k)*len(v):][:len(v)]
	p := stats.Logistic(float64(vec.Dot(v, u)))
	g := float32(p) - label
	if t.opt.Watch != nil {
		t.loss -= math.Log(math.Abs(p - 1 + float64(label)))
	}
	for i, x := range v {
		t.grad[i] += float32(g * u[i])
		u[i] -= float32(rate * float32(g*x))
	}
}
