package simulation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sparrow/wasm/engine"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// Options say who comes and what they meet.
type Options struct {
	Bundles  [][]byte // the first is everybody's; arms of experiments name the others by their hash
	First    int      // number of the first person: other numbers are other people
	Visitors int
	Days     int
	End      int64   // Unix seconds; the last day ends then
	Length   int     // K, items of a list
	Consent  float64 // share of the people who share what they do
	Layers   []experiment.Layer
	Trending []experiment.Trend

	// Lift, when not nil, multiplies how readily people follow a card.
	Lift func(arms []event.Arm, c *protocol.Card) float64
	// Emit, when not nil, takes the events of one visit in their order; it is
	// called from several goroutines, and in order for one visitor.
	Emit func([]event.Event) error
	// Progress, when not nil, is called with how many visitors have finished.
	Progress func(done, all int)
}

// Result is what happened, by person and then by visit. It is the same for the
// same world, options and bundles on any number of processors.
type Result struct {
	Visits    []Visit
	Positions Positions
	Events    int
	Sharers   int // people who consented
}

// run is one call of Run.
type run struct {
	Options
	world *World
}

func (r *run) lift(arms []event.Arm, c *protocol.Card) float64 {
	if r.Lift == nil {
		return 1
	}
	return r.Lift(arms, c)
}

// desk is where one goroutine lets people sit down: engines are not for
// concurrent use.
type desk struct {
	hashes  []event.Bundle
	engines []*engine.Engine
}

func newDesk(bundles [][]byte) (*desk, error) {
	d := new(desk)
	for _, data := range bundles {
		e, err := engine.Open(data)
		if err != nil {
			return nil, fmt.Errorf("simulation: %w", err)
		}
		d.engines = append(d.engines, e)
		d.hashes = append(d.hashes, sha256.Sum256(data))
	}
	return d, nil
}

// Run lets the visitors come, one after the other on each processor.
func Run(ctx context.Context, w *World, opt Options) (*Result, error) {
	switch {
	case len(opt.Bundles) == 0:
		return nil, errors.New("simulation: no bundle")
	case opt.Visitors < 1 || opt.Days < 1 || opt.Length < 1:
		return nil, errors.New("simulation: visitors, days and the length of a list are at least 1")
	}
	r := &run{Options: opt, world: w}
	walks := make([]*walk, opt.Visitors)
	var next, done atomic.Int64
	var group sync.WaitGroup
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for range min(runtime.GOMAXPROCS(0), opt.Visitors) {
		group.Go(func() {
			d, err := newDesk(opt.Bundles)
			if err != nil {
				cancel(err)
				return
			}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= opt.Visitors {
					return
				}
				if walks[i], err = r.walk(d, opt.First+i); err != nil {
					cancel(err)
					return
				}
				if n := int(done.Add(1)); opt.Progress != nil {
					opt.Progress(n, opt.Visitors)
				}
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return r.sum(walks), nil
}

// walk lets one person make all their visits.
func (r *run) walk(d *desk, number int) (*walk, error) {
	p := r.world.person(number)
	shares := r.world.dice.uniform(ofConsent, p.number) < r.Consent
	k := &walk{
		person: p, device: newDevice(r.world.dice, p.number, shares), run: r, desk: d,
		at: &Positions{make([]int, r.Length), make([]int, r.Length)},
	}
	return k, k.all()
}

// enter enrols the visitor and sits them at the engine that their arms want, with
// their profile.
func (k *walk) enter() error {
	e := experiment.Enrolment{Now: k.clock / 1000, Layers: k.run.Layers, Trending: k.run.Trending}
	if k.shares {
		e.Visitor = k.visitor
	}
	at := 0
	k.arms = nil
	for _, in := range e.Arms(e.Now) {
		k.arms = append(k.arms, event.Arm{Layer: in.Layer.Name, Name: in.Arm.Name})
		if in.Arm.Bundle != "" {
			if at = k.desk.find(in.Arm.Bundle); at < 0 {
				return fmt.Errorf("simulation: arm %q wants bundle %s, which is not among those given", in.Arm.Name, in.Arm.Bundle)
			}
		}
	}
	if k.s == nil || k.bundle != k.desk.hashes[at] {
		next := session.New(k.desk.engines[at])
		if k.s != nil {
			if err := next.Load(k.s.Profile()); err != nil {
				return err
			}
		}
		k.s, k.bundle = next, k.desk.hashes[at]
	}
	k.s.Enrol(e)
	return nil
}

// find returns the place of the bundle with a hash in hex, -1 for none.
func (d *desk) find(hash string) int {
	return slices.IndexFunc(d.hashes, func(b event.Bundle) bool { return hex.EncodeToString(b[:]) == hash })
}

func (r *run) sum(walks []*walk) *Result {
	all := &Result{Positions: Positions{make([]int, r.Length), make([]int, r.Length)}}
	for _, k := range walks {
		all.Visits = append(all.Visits, k.visits...)
		all.Events += k.events
		if k.shares {
			all.Sharers++
		}
		for i := range r.Length {
			all.Positions.Impressions[i] += k.at.Impressions[i]
			all.Positions.Clicks[i] += k.at.Clicks[i]
		}
	}
	return all
}

// Value is the mean over visits of what their lists were worth.
func (r *Result) Value() float64 {
	sum := 0.0
	for _, v := range r.Visits {
		sum += v.Value
	}
	return sum / float64(len(r.Visits))
}

// ByPerson returns what a list was worth on average, by person, in the order
// of their numbers.
func (r *Result) ByPerson() []float64 {
	var means []float64
	for i := 0; i < len(r.Visits); {
		sum, lists, j := 0.0, 0, i
		for ; j < len(r.Visits) && r.Visits[j].Person == r.Visits[i].Person; j++ {
			sum += r.Visits[j].Value
			lists += r.Visits[j].Lists
		}
		means, i = append(means, sum/float64(lists)), j
	}
	return means
}
