package examples

import "sparrow/build/dataset"

// smoothing is added to the number of an item's transitions before it divides
// one of them, as in the transition lists of a bundle.
const smoothing = 30

// follows counts at a moment that moves forward how often one opinion directly
// followed another in a user's history. It costs about 40 bytes a different pair.
type follows struct {
	d      *dataset.Dataset
	stream *Stream // has the moments of the interactions
	next   int
	before []int32          // [interactions] the opinion that the user gave before, -1 for none
	pairs  map[uint64]int32 // by pair
	from   []int32          // [N] sum of the pairs that begin with the item
}

func newFollows(d *dataset.Dataset, stream *Stream) *follows {
	f := &follows{d: d, stream: stream, before: make([]int32, len(d.Interactions)),
		pairs: make(map[uint64]int32), from: make([]int32, d.Catalog.Len())}
	for u := range d.Start {
		last := int32(-1)
		for i := d.Start[u]; i < d.End[u]; i++ {
			f.before[i] = last
			if d.Interactions[i].Part == 0 {
				last = int32(i)
			}
		}
	}
	return f
}

// pair returns the key of item b after item a, which are rows of interactions.
func (f *follows) pair(a, b int32) uint64 {
	return uint64(f.d.Interactions[a].Row)<<32 | uint64(f.d.Interactions[b].Row)
}

// advance counts every transition to an opinion given strictly before now.
func (f *follows) advance(now int64) {
	for ; f.next < len(f.stream.order); f.next++ {
		i := int32(f.stream.order[f.next])
		if f.stream.Moment(i) >= now {
			return
		}
		if a := f.before[i]; a >= 0 && f.d.Interactions[i].Part == 0 {
			f.pairs[f.pair(a, i)]++
			f.from[f.d.Interactions[a].Row]++
		}
	}
}

// weight returns c(a,b)/(Σc(a,·)+30) for the item b of interaction i and the
// item a of the opinion before it; 0 when it is the user's first.
func (f *follows) weight(i int32) float32 {
	a := f.before[i]
	if a < 0 {
		return 0
	}
	return float32(f.pairs[f.pair(a, i)]) / float32(f.from[f.d.Interactions[a].Row]+smoothing)
}
