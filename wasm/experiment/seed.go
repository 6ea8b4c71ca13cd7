package experiment

// Seed is a source of chance that keeps no state: the same question has the same
// answer, so that a request has one answer however often it is asked.
type Seed uint64

// SeedOf returns the seed of a visitor in a layer of that salt, a new one each
// period.
func SeedOf(salt string, v Visitor, period int64) Seed {
	return Seed(finalise(Hash(salt, v) + uint64(period)*golden))
}

const golden = 0x9e3779b97f4a7c15 // 2⁶⁴ / the golden ratio, odd

// Uniform returns the i-th number of the seed, in [0, 1). The numbers are those of
// a SplitMix64 generator, but for its finaliser. Source: Steele, Lea & Flood, Fast
// splittable pseudorandom number generators, OOPSLA 2014, figure 16.
func (s Seed) Uniform(i uint64) float64 { return unit(finalise(uint64(s) + (i+1)*golden)) }
