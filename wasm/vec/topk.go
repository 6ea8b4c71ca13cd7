package vec

import "math"

// TopK keeps the best k of what is pushed: those of the smallest keys. It is a
// heap whose root is the worst of them, so that most of a long list costs one
// comparison each. The zero value keeps nothing; Reset sets k.
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
	bits := math.Float32bits(score + 0)                  // -0 becomes 0
	bits ^= uint32(^(int32(bits) >> 31)) & math.MaxInt32 // ascends as the score descends
	key := uint64(bits)<<32 | uint64(uint32(at))
	if len(t.keys) < t.k || t.k > 0 && key < t.keys[0] { // most are not worth a call
		t.PushKey(key)
	}
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
