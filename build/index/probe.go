package index

import "math"

// step moves a key from the query's bucket of one hash to the bucket beside it.
type step struct {
	cost float32 // square of the distance from the projection to that bucket
	hash int
	move uint64 // what it adds to the key
}

// steps is a set of steps on different hashes.
type steps struct {
	cost float32 // sum over the set
	move uint64  // sum over the set
	set  uint64  // bit i: step i is in
	last int     // the highest of them
}

// probing yields the keys of one table in the order in which neighbours of the
// query are likely to be found under them: first its own, then those a set of
// steps away, the cheapest set first. Source: Lv et al., Multi-probe LSH,
// efficient indexing for high-dimensional similarity search, VLDB 2007, section 4.4.
type probing struct {
	own   uint64
	begun bool
	all   []step  // cheapest first
	queue []steps // dearest first; of equally dear ones the newest first
}

// newProbing starts at the buckets of the projections, of which there are at most 32.
func newProbing(f family, projections []float32) *probing {
	p := &probing{all: make([]step, 0, 2*len(projections))}
	for i, at := range projections {
		bucket, below, above := f.locate(at)
		home := part(i, bucket)
		p.own += home
		p.add(step{below * below, i, part(i, bucket-1) - home})
		p.add(step{above * above, i, part(i, bucket+1) - home})
	}
	if len(p.all) > 0 {
		p.push(steps{p.all[0].cost, p.all[0].move, 1, 0})
	}
	return p
}

// add inserts s where its cost belongs, if there is such a bucket.
func (p *probing) add(s step) {
	if math.IsInf(float64(s.cost), 1) {
		return
	}
	p.all = append(p.all, s)
	for i := len(p.all) - 1; i > 0 && s.cost < p.all[i-1].cost; i-- {
		p.all[i-1], p.all[i] = s, p.all[i-1]
	}
}

func (p *probing) push(s steps) {
	p.queue = append(p.queue, s)
	for i := len(p.queue) - 1; i > 0 && s.cost >= p.queue[i-1].cost; i-- {
		p.queue[i-1], p.queue[i] = s, p.queue[i-1]
	}
}

// next returns the next key, and false after the last.
func (p *probing) next() (uint64, bool) {
	if !p.begun {
		p.begun = true
		return p.own, true
	}
	for len(p.queue) > 0 {
		s := p.queue[len(p.queue)-1]
		p.queue = p.queue[:len(p.queue)-1]
		if n := s.last + 1; n < len(p.all) { // every set has one parent, so none comes twice
			more, old := p.all[n], p.all[s.last]
			p.push(steps{s.cost + more.cost, s.move + more.move, s.set | 1<<n, n})
			p.push(steps{s.cost - old.cost + more.cost, s.move - old.move + more.move, s.set&^(1<<s.last) | 1<<n, n})
		}
		if p.possible(s.set) {
			return p.own + s.move, true
		}
	}
	return 0, false
}

// possible reports whether no hash is moved both down and up.
func (p *probing) possible(set uint64) bool {
	var hashes uint64
	for i, s := range p.all {
		if set>>i&1 == 0 {
			continue
		}
		if hashes>>s.hash&1 == 1 {
			return false
		}
		hashes |= 1 << s.hash
	}
	return true
}
