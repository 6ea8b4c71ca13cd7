package vec

import "math"

// Reservoir keeps the best k of a long list whose numbers ascend: it collects up
// to twice as many and then drops the worse half, so that one that is kept costs a
// few steps, not a walk down a heap. Reset makes it ready.
type Reservoir struct {
	// Least is a score that k of those collected reach, -Inf before so many were:
	// what is not above it need not be pushed.
	Least float32
	k     int
	n     int      // keys that are collected,
	open  int      // of which so many are known not to be left out
	keys  []uint64 // [2k+4]
	skip  []bool
}

// Reset forgets what was pushed and sets how many are kept, k ≥ 0, of those
// numbers whose skip is not set. It keeps skip.
func (r *Reservoir) Reset(k int, skip []bool) {
	r.Least, r.k, r.n, r.open, r.skip = float32(math.Inf(-1)), k, 0, 0, skip
	if k == 0 {
		r.Least = float32(math.Inf(1))
	}
	if size := 2*k + 4; len(r.keys) < size {
		r.keys = make([]uint64, size)
	}
}

// Push offers what has that score and number, as [TopK.Push] does. The number is
// above all that were pushed before.
func (r *Reservoir) Push(score float32, at int32) {
	if score > r.Least {
		r.keys[r.n] = key(score, at)
		if r.n++; r.n > 2*r.k {
			r.settle()
		}
	}
}

// PushFours offers scores, those of four numbers in turn from first + each of
// at. What Push does, without a branch for a score: each key is written, and
// stays if the next is not written over it.
func (r *Reservoir) PushFours(scores []float32, at []int32, first int) {
	var bits uint32
	var above int
	var s float32
	for i, from := range at {
		row := first + int(from)
		four, n := (*[4]float32)(scores[4*i:]), r.n
		s = four[0]
		bits = math.Float32bits(s + 0)
		r.keys[n] = uint64(bits^uint32(^(int32(bits)>>31))&math.MaxInt32)<<32 | uint64(row)
		above = 0
		if s > r.Least {
			above = 1
		}
		n += above
		s = four[1]
		bits = math.Float32bits(s + 0)
		r.keys[n] = uint64(bits^uint32(^(int32(bits)>>31))&math.MaxInt32)<<32 | uint64(row+1)
		above = 0
		if s > r.Least {
			above = 1
		}
		n += above
		s = four[2]
		bits = math.Float32bits(s + 0)
		r.keys[n] = uint64(bits^uint32(^(int32(bits)>>31))&math.MaxInt32)<<32 | uint64(row+2)
		above = 0
		if s > r.Least {
			above = 1
		}
		n += above
		s = four[3]
		bits = math.Float32bits(s + 0)
		r.keys[n] = uint64(bits^uint32(^(int32(bits)>>31))&math.MaxInt32)<<32 | uint64(row+3)
		above = 0
		if s > r.Least {
			above = 1
		}
		n += above
		if r.n = n; n > 2*r.k {
			r.settle()
		}
	}
}

// settle keeps the k best of what was collected, in any order, and learns the
// least of them. What is left out is asked only here, for many at once, so that
// the machine waits for their memory once.
func (r *Reservoir) settle() {
	n := r.open
	for _, k := range r.keys[r.open:r.n] {
		r.keys[n] = k
		if !r.skip[At(k)] {
			n++
		}
	}
	least(r.keys[:n], r.k)
	if n >= r.k {
		n = r.k
		worst := uint64(0)
		for _, k := range r.keys[:n] {
			worst = max(worst, k)
		}
		r.Least = math.Float32frombits(flip(uint32(worst >> 32)))
	}
	r.n, r.open = n, n
}

// PushInto offers the k best to top.
func (r *Reservoir) PushInto(top *TopK) {
	if r.k == 0 {
		return
	}
	r.settle()
	for _, k := range r.keys[:r.n] {
		top.PushKey(k)
	}
}

// least brings the k smallest of different keys to the front, in any order, by
// the median of three.
func least(keys []uint64, k int) {
	for len(keys) > k && k > 0 {
		a, b, c := keys[0], keys[len(keys)/2], keys[len(keys)-1]
		pivot := max(min(a, b), min(max(a, b), c))
		n := part(keys, pivot)
		switch {
		case n <= k:
			keys, k = keys[n:], k-n
		case n < len(keys):
			keys = keys[:n]
		default: // the pivot is the largest of all, and the last one out
			last := len(keys) - 1
			for i, key := range keys {
				if key == pivot {
					keys[i], keys[last] = keys[last], key
				}
			}
			keys = keys[:last]
		}
	}
}

// part brings the keys that are at most pivot to the front and returns how many
// they are. There is no branch for a key, which would be guessed wrong half the
// time: the highest bit of that expression is the borrow of pivot - a. Four are
// done a turn.
func part(keys []uint64, pivot uint64) int {
	n, i := 0, 0
	for ; i+4 <= len(keys); i += 4 {
		four := (*[4]uint64)(keys[i:])
		a := four[0]
		four[0], keys[n] = keys[n], a
		n += 1 - int((^pivot&a|^(pivot^a)&(pivot-a))>>63)
		a = four[1]
		four[1], keys[n] = keys[n], a
		n += 1 - int((^pivot&a|^(pivot^a)&(pivot-a))>>63)
		a = four[2]
		four[2], keys[n] = keys[n], a
		n += 1 - int((^pivot&a|^(pivot^a)&(pivot-a))>>63)
		a = four[3]
		four[3], keys[n] = keys[n], a
		n += 1 - int((^pivot&a|^(pivot^a)&(pivot-a))>>63)
	}
	for ; i < len(keys); i++ {
		a := keys[i]
		keys[i], keys[n] = keys[n], a
		n += 1 - int((^pivot&a|^(pivot^a)&(pivot-a))>>63)
	}
	return n
}
