package simulation

import (
	"math/rand/v2"
)

// dice answers every question of chance by its name: the same seed and the
// same name give the same number, whatever was drawn before. So two policies
// can be shown to the same people, who differ in nothing but what they saw.
type dice uint64

// purpose keeps the draws for different things apart.
type purpose uint64

const (
	ofItem purpose = iota + 1
	ofCrowd
	ofPerson
	ofCalendar
	ofDrift
	ofExamination
	ofClick
	ofSatisfaction
	ofSaying
	ofStars
	ofLeaving
	ofID
	ofRater
	ofMemory
	ofCatalog
	ofConsent
	ofArms
	ofArrival
	ofPolicy
)

// source returns the generator of a name.
func (d dice) source(p purpose, name ...uint64) rand.PCG {
	h := mix(uint64(p))
	for _, n := range name {
		h = mix(h ^ n)
	}
	var s rand.PCG
	s.Seed(uint64(d), h)
	return s
}

// generator returns a generator for more than one draw under a name.
func (d dice) generator(p purpose, name ...uint64) *rand.Rand {
	s := d.source(p, name...)
	return rand.New(&s)
}

// uniform returns a number of [0, 1).
func (d dice) uniform(p purpose, name ...uint64) float64 {
	s := d.source(p, name...)
	return float64(s.Uint64()>>11) / (1 << 53)
}

// mix is the finalizer of SplitMix64: Steele, Lea, Flood, OOPSLA 2014.
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// nameOf turns text into a part of a name: FNV-1a of 64 bits.
func nameOf(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}
