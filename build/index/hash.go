package index

import "math"

// family is a family of locality-sensitive hash functions of one projection
// p = a·v + b onto a random direction a, |v| = 1.
type family interface {
	// offset returns b, given a number u in [0, 1).
	offset(u float64) float32
	// locate returns the bucket of p and how far p is from the buckets below and
	// above, +Inf where there is none.
	locate(p float32) (bucket int32, below, above float32)
}

// buckets is bucketed random projection, h(v) = ⌊(a·v+b)/w⌋ with a standard normal
// and b uniform in [0, w): the projection is cut into buckets of width w, and
// nearby vectors fall into one bucket more often than distant ones. Source:
// Datar, Immorlica, Indyk & Mirrokni, Locality-sensitive hashing scheme based on
// p-stable distributions, SoCG 2004, section 3, for p = 2.
type buckets struct{ width float32 }

func (f buckets) offset(u float64) float32 { return float32(u) * f.width }

func (f buckets) locate(p float32) (bucket int32, below, above float32) {
	low := float32(math.Floor(float64(p / f.width)))
	below = p - float32(low*f.width)
	return int32(low), below, f.width - below
}

// signs is sign random projection, h(v) = [a·v ≥ 0]: two vectors at the angle θ
// fall on one side of a random hyperplane with the probability 1-θ/π. Source:
// Charikar, Similarity estimation techniques from rounding algorithms, STOC
// 2002, section 3.
type signs struct{}

func (signs) offset(float64) float32 { return 0 }

func (signs) locate(p float32) (bucket int32, below, above float32) {
	inf := float32(math.Inf(1))
	if p >= 0 {
		return 1, p, inf
	}
	return 0, inf, -p
}

// part returns what bucket of hash i adds to the key of a row. A key is the sum of
// its parts, so that a step to the next bucket is one addition; parts are
// scattered over 64 bits, so that equal sums of unequal parts are a rare accident,
// which costs a comparison and no correctness. Source of the constants: Steele,
// Lea & Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
func part(i int, bucket int32) uint64 {
	x := uint64(i)<<32 | uint64(uint32(bucket))
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
