package pool

import (
	"math/rand/v2"

	"sparrow/build/stats"
)

// chunk is how many targets share one matrix product: enough for the product
// to be efficient, few enough for its result to stay in the cache.
const chunk = 64

// shard computes loss and gradient of its part of a batch. A batch always has
// the same number of shards, and their gradients are added in order, so the
// result does not depend on how many run at the same time.
type shard struct {
	s    *sequences
	opt  *PoolOptions
	p    *params      // shared, read only while shards run
	outT []float32    // Out transposed, [D×M]; shared
	draw *stats.Alias // of the sampled softmax; nil for the full one

	grad *params // of the sum of the losses
	loss float64 // weighted sum over the targets, in nats
	rng  *rand.Rand
	pcg  *rand.PCG

	user, dUser []float32 // [chunk×D]
	keep        []float32 // [chunk×D] dropout of the user vector: 0 or 1/(1-rate)
	event       []float32 // [chunk×L] dropout of the events: 0 or 1/(1-rate)
	logits      []float32 // [chunk×M], or [chunk×Negatives]
	inverse     []float32 // [chunk] weight / Σ exp
	own         []float32 // [chunk] the gradient by the target's score, with draws
	sampled     sample
}

func newShard(s *sequences, opt *PoolOptions, p *params, outT []float32, draw *stats.Alias) *shard {
	classes := p.m
	if draw != nil {
		classes = opt.Negatives
	}
	h := &shard{
		s: s, opt: opt, p: p, outT: outT, draw: draw,
		grad: newParams(p.m, p.d, p.l),
		pcg:  rand.NewPCG(0, 0),
		user: make([]float32, chunk*p.d), dUser: make([]float32, chunk*p.d),
		keep: make([]float32, chunk*p.d), event: make([]float32, chunk*p.l),
		logits: make([]float32, chunk*classes), inverse: make([]float32, chunk), own: make([]float32, chunk),
	}
	h.rng = rand.New(h.pcg)
	if draw != nil {
		h.sampled = newSample(opt.Negatives, p.d, p.m)
	}
	return h
}

// run stores the loss of the targets in h.loss and its gradient in h.grad.
// The dropout follows from seed alone.
func (h *shard) run(targets []int32, seed uint64) {
	h.pcg.Seed(h.opt.Seed, seed)
	clear(h.grad.all)
	h.loss = 0
	for len(targets) > 0 {
		n := min(chunk, len(targets))
		h.pool(targets[:n])
		if h.draw == nil {
			h.fullSoftmax(targets[:n])
		} else {
			h.sampledSoftmax(targets[:n])
		}
		h.poolBack(targets[:n])
		targets = targets[n:]
	}
}

// pool stores the user vectors that each target is predicted from in h.user, with dropout.
func (h *shard) pool(targets []int32) {
	D, L := h.p.d, h.p.l
	fillDropout(h.keep[:len(targets)*D], h.opt.Dropout, h.rng)
	fillDropout(h.event[:len(targets)*L], h.opt.EventDropout, h.rng)
	for c, e := range targets {
		u := h.user[c*D : (c+1)*D]
		clear(u)
		past := h.s.around(e)
		for k := range past.length(L) {
			j := past.event(k)
			w := h.event[c*L+k] * h.p.level[h.s.level[j]] * h.p.position[k]
			if w == 0 {
				continue
			}
			for i, v := range h.p.in[int(h.s.item[j])*D:][:D] {
				u[i] += float32(w * v)
			}
		}
		for i, v := range h.keep[c*D : (c+1)*D] {
			u[i] *= v
		}
	}
}

// poolBack adds to h.grad what h.dUser, the gradient by the user vectors,
// means for In, Position and Level. It overwrites h.dUser.
func (h *shard) poolBack(targets []int32) {
	D, L := h.p.d, h.p.l
	for c, e := range targets {
		du := h.dUser[c*D : (c+1)*D]
		for i, v := range h.keep[c*D : (c+1)*D] {
			du[i] *= v
		}
		past := h.s.around(e)
		for k := range past.length(L) {
			j := past.event(k)
			drop := h.event[c*L+k]
			if drop == 0 {
				continue
			}
			level, position := h.p.level[h.s.level[j]], h.p.position[k]
			w := drop * level * position
			item := int(h.s.item[j]) * D
			in, dIn := h.p.in[item:][:D], h.grad.in[item:][:D]
			var dot float32
			for i, g := range du {
				dIn[i] += float32(w * g)
				dot += float32(in[i] * g)
			}
			if !h.s.orderFree {
				h.grad.position[k] += float32(drop * level * dot)
			}
			h.grad.level[h.s.level[j]] += float32(drop * position * dot)
		}
	}
}

// fillDropout fills dst with 0 at the given rate and 1/(1-rate) otherwise.
func fillDropout(dst []float32, rate float32, rng *rand.Rand) {
	if rate == 0 {
		for i := range dst {
			dst[i] = 1
		}
		return
	}
	kept := 1 / (1 - rate)
	below := uint32(rate * (1 << 16))
	var bits uint64
	for i := range dst {
		if i%4 == 0 {
			bits = rng.Uint64()
		}
		dst[i] = kept
		if uint32(bits&0xffff) < below {
			dst[i] = 0
		}
		bits >>= 16
	}
}
