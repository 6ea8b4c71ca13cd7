package vec

import "math"

// TopK keeps the best k of what is pushed: those of the smallest keys. It is a
// heap whose root is the worst of them. The zero value keeps nothing; Reset sets k.
type TopK struct {
	k    int
	keys []uint64
}

// Reset forgets what was pushed and sets how many are kept, k ≥ 0.
func (t *TopK) Reset(k int) { t.k, t.keys = k, t.keys[:0] }

// Push offers what has that score and number: a higher score is better, of
// equal scores the lower number. The score is not NaN; the number is not
// negative, and [At] gives it back.
func (t *TopK) Push(score float32, at int32) {
	bits := math.Float32bits(score + 0) // -0 becomes 0
	t.PushKey(uint64(flip(bits))<<32 | uint64(uint32(at)))
}

// flip turns the bits of floats into integers that ascend as the floats
// descend, and back.
func flip(bits uint32) uint32 { return bits ^ uint32(^(int32(bits)>>31))&math.MaxInt32 }

// Least returns the score of the worst that is kept, -Inf while fewer than k are
// kept. Where numbers ascend, a score that is not above it need not be pushed:
// most of a long list is done with after one comparison.
func (t *TopK) Least() float32 {
	switch {
	case len(t.keys) < t.k:
		return math.Float32frombits(0xff800000)
	case t.k == 0:
		return math.Float32frombits(0x7f800000)
	}
	return math.Float32frombits(flip(uint32(t.keys[0] >> 32)))
}

// At returns the number that Push was given with the score of this key.
func At(key uint64) int32 { return int32(uint32(key)) }

// PushKey offers a key of the caller's own making.
func (t *TopK) PushKey(key uint64) {
	if len(t.keys) < t.k {
		t.keys = append(t.keys, key)
		for i := len(t.keys) - 1; i > 0; {
			parent := (i - 1) / 2
			if t.keys[parent] >= key {
				return
			}
			t.keys[parent], t.keys[i] = key, t.keys[parent]
			i = parent
		}
		return
	}
	if t.k == 0 || key >= t.keys[0] {
		return
	}
	t.keys[0] = key
	t.sink(len(t.keys))
}

// sink restores the heap of the first n keys after the root changed.
func (t *TopK) sink(n int) {
	h := t.keys[:n]
	for i := 0; ; {
		worst := i
		for c := 2*i + 1; c <= 2*i+2 && c < n; c++ {
			if h[worst] < h[c] {
				worst = c
			}
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}

// Sorted returns the keys that were kept, best first. Nothing may be pushed
// after it before the next Reset, until which the slice is valid.
func (t *TopK) Sorted() []uint64 {
	for n := len(t.keys) - 1; n > 0; n-- {
		t.keys[0], t.keys[n] = t.keys[n], t.keys[0]
		t.sink(n)
	}
	return t.keys
}
