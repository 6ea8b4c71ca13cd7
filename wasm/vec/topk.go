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
	t.PushKey(key(score, at))
}

// key returns a key that is smaller the better: by score, then by number.
func key(score float32, at int32) uint64 {
	bits := math.Float32bits(score + 0) // -0 becomes 0
	return uint64(flip(bits))<<32 | uint64(uint32(at))
}

// flip turns the bits of floats into integers that ascend as the floats
// descend, and back.
func flip(bits uint32) uint32 { return bits ^ uint32(^(int32(bits)>>31))&math.MaxInt32 }

// K returns how many are kept.
func (t *TopK) K() int { return t.k }

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

// Full reports whether k were pushed.
func (t *TopK) Full() bool { return len(t.keys) == t.k }

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
	sink(t.keys, key)
}

// sink puts key into a heap in the place of its root.
func sink(h []uint64, key uint64) {
	i := 0
	for c := 1; c < len(h); c = 2*i + 1 {
		worst := h[c]
		if d := c + 1; d < len(h) && h[d] > worst {
			c, worst = d, h[d]
		}
		if worst <= key {
			break
		}
		h[i] = worst
		i = c
	}
	h[i] = key
}

// Sorted returns the keys that were kept, best first. Nothing may be pushed
// after it before the next Reset, until which the slice is valid.
func (t *TopK) Sorted() []uint64 {
	for n := len(t.keys) - 1; n > 0; n-- {
		last := t.keys[n]
		t.keys[n] = t.keys[0]
		sink(t.keys[:n], last)
	}
	return t.keys
}

// Bound returns a key that none above it is kept: the worst one once k are, else the largest
// there is. Where k is 0 it is 0.
func (t *TopK) Bound() uint64 {
	if len(t.keys) < t.k {
		return math.MaxUint64
	}
	if t.k == 0 {
		return 0
	}
	return t.keys[0]
}
