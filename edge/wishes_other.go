//go:build !js

package main

import (
	"sync"

	"sparrow/wasm/event"
)

// mostWishes bounds a set of visitors who asked to be forgotten: 3 MB.
const mostWishes = 1 << 16

// anotherDay is how many milliseconds a wish stands for one that is repeated:
// no second record is written for it.
const anotherDay = 24 * 60 * 60 * 1000

// wishes are the visitors who asked to be forgotten, as far as they fit into
// memory. All of them stand in the segments, which readers go by; these are for
// what arrives late, and for the sweeper.
type wishes struct {
	wake chan struct{} // has room for one signal: there is something to sweep

	lock       sync.Mutex
	young, old *event.Forgotten    // what is left out on arrival: the last 1 to 2 × mostWishes
	fresh      *event.Forgotten    // those that the sweeper has not taken yet
	missed     bool                // the segments hold wishes that the sweeper does not know
	told       func(event.Visitor) // is told of each, some of them again and again; nil for nothing
}

func newWishes() *wishes {
	return &wishes{
		wake:  make(chan struct{}, 1),
		young: event.NewForgotten(), old: event.NewForgotten(), fresh: event.NewForgotten(), missed: true,
	}
}

// tell has another one told of every wish that is stored, and of those that stand in segments
// already. It is called before anything is stored.
func (w *wishes) tell(other func(event.Visitor)) { w.told = other }

// know takes in a wish that stands in a segment.
func (w *wishes) know(v event.Visitor, said int64) {
	if w.told != nil {
		w.told(v)
	}
	w.lock.Lock()
	defer w.lock.Unlock()
	w.young.Add(v, said)
	if w.young.Len() >= mostWishes {
		w.young, w.old = event.NewForgotten(), w.young
	}
}

// add takes in a wish that was stored just now, and wakes the sweeper.
func (w *wishes) add(v event.Visitor, said int64) {
	w.know(v, said)
	w.lock.Lock()
	if w.fresh.Len() < mostWishes {
		w.fresh.Add(v, said)
	} else {
		w.missed = true
	}
	w.lock.Unlock()
	select {
	case w.wake <- struct{}{}:
	default: // it is woken already
	}
}

// repeated reports whether a wish of the same visitor was stored not long
// before.
func (w *wishes) repeated(v event.Visitor, said int64) bool {
	w.lock.Lock()
	defer w.lock.Unlock()
	before, known := w.young.Said(v)
	if !known {
		before, known = w.old.Said(v)
	}
	return known && said-before < anotherDay && said >= before
}

// forget takes out of a record, which is encoded as raw, what is left of
// visitors who asked to be forgotten: it was under way when they did. It
// returns the record's bytes, nil when there is nothing to store.
func (w *wishes) forget(r *event.Record, raw []byte) []byte {
	w.lock.Lock()
	defer w.lock.Unlock()
	less := false
	for _, gone := range []*event.Forgotten{w.young, w.old} {
		if gone.Within(raw) {
			less = r.Forget(gone) || less
		}
	}
	switch {
	case !less:
		return raw
	case len(r.Events)+len(r.Dead) == 0:
		return nil
	}
	return encode(*r)
}

// take hands the sweeper its work: the wishes since it was last asked, and
// whether it has to look for more in the segments.
func (w *wishes) take() (fresh *event.Forgotten, missed bool) {
	w.lock.Lock()
	defer w.lock.Unlock()
	fresh, missed = w.fresh, w.missed
	w.fresh, w.missed = event.NewForgotten(), false
	return fresh, missed
}

// again makes the sweeper read all wishes once more, when it is next asked.
func (w *wishes) again() {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.missed = true
}
