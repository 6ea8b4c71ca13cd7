package pipeline

import (
	"context"

	"sparrow/build/baseline"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/wasm/retrieval"
)

// The mixes of what ships: [Options.Mix].
const (
	MixPerson = "person" // likes of one sitting are a set
	MixNext   = "next"   // the order of the last clicks decides, always
)

// How long the profile's lists are, and its gate: the README of this folder has what was
// measured.
const profileLongest = 8

// profileLeast is how many interactions an item needs to be in the profile: lists of items
// with fewer, from five on, were a third of the bytes and found no more.
const profileLeast = 10

var profileGate = retrieval.Gate{Most: 0.3, From: 0.75, Weight: 3}

// profile trains the score that does not know the order and puts it into r, nothing
// where o.Mix asks for none or the data are too few. What ships has seen all that known
// has; what the ranker learns from, none of its targets.
func (o Options) profile(ctx context.Context, p Progress, known *dataset.Dataset, r *Retrieved) error {
	if o.Mix != MixPerson || o.Little >= noRanker {
		return nil
	}
	opt := baseline.DefaultEASEOptions(known)
	opt.MinCount = profileLeast
	if r.orderFree {
		opt.Decay = 1 // of the baseline alone
	}
	ease, err := baseline.TrainEASE(ctx, known, opt, p.Stage("train the profile"))
	p.Stop()
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		p.Say("warning: %v: the bundle knows no order-free score", err)
		return nil
	}
	r.Profile = &retrieval.Profile{Lists: crowd.Lists(known.Catalog.Len(), profileLongest, ease.Of), Gate: profileGate}
	if o.Holdout > 0 && known.Catalog.Len() <= mostBesideItems && commonEnough(known, profileLeast, opt.Largest) {
		r.ease = ease
	}
	return nil
}

// commonEnough reports whether most items of d and more have at least so many
// interactions. Then EASE of the most common ones is the same with a smaller least.
func commonEnough(d *dataset.Dataset, least, most int) bool {
	counts := make([]int, d.Catalog.Len())
	n := 0
	for u := range d.Users {
		for _, e := range d.Of(u) {
			if counts[e.Row]++; counts[e.Row] == least {
				n++
			}
		}
	}
	return n >= most
}
