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

var profileGate = retrieval.Gate{Most: 0.6, From: 0.75, Weight: 3}

// profile trains the score that does not know the order, nil where o.Mix asks for none
// or the data are too few. It is no feature of the ranker, so it may see what that
// learns from, and sees all that known has.
func (o Options) profile(ctx context.Context, p Progress, known *dataset.Dataset) (*retrieval.Profile, error) {
	if o.Mix != MixPerson || o.Little >= noRanker {
		return nil, nil
	}
	opt := baseline.DefaultEASEOptions(known)
	opt.MinCount = profileLeast
	ease, err := baseline.TrainEASE(ctx, known, opt, p.Stage("train the profile"))
	p.Stop()
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		p.Say("warning: %v: the bundle knows no order-free score", err)
		return nil, nil
	}
	return &retrieval.Profile{Lists: crowd.Lists(known.Catalog.Len(), profileLongest, ease.Of), Gate: profileGate}, nil
}
