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

// profileLength returns how long the profile's lists are on average: twice as long where
// every item is known a hundred times, on average, and so more of the weights are true. The
// README of this folder has what was measured.
func profileLength(d *dataset.Dataset) int {
	if known := len(d.Interactions) / max(1, d.Catalog.Len()); known >= 100 {
		return 24
	}
	return 12
}

// profileLeast is how many interactions an item needs to be in the profile: lists of items
// with fewer, from five on, were a third of the bytes and found no more.
const profileLeast = 10

// profileGate is the gate before [Options.gate] has chosen how much the profile counts,
// and where there is too little to choose by.
var profileGate = retrieval.Gate{Most: 0.9, From: 0.75, Weight: 1}

// profileOptions are the settings of the autoencoder whose weights the lists are. It
// learns what is liked by what is liked, as it is asked. The README has the figures.
var profileOptions = baseline.EASEOptions{Regularization: 50, Decay: 1, MinCount: profileLeast, Largest: 5000, Dropout: 0.3, Liked: true}

// profile trains the score that does not know the order and puts it into r, nothing
// where o.Mix asks for none or the data are too few. What ships has seen all that known
// has; what the ranker learns from, none of its targets.
func (o Options) profile(ctx context.Context, p Progress, known *dataset.Dataset, r *Retrieved) error {
	if o.Mix != MixPerson || o.Little >= noRanker {
		return nil
	}
	var lists *baseline.Sparse
	ease, err := baseline.TrainEASE(ctx, known, profileOptions, p.Stage("train the profile"))
	if err == nil {
		lists, err = ease.Sparse(ctx, known, profileLength(known))
	}
	p.Stop()
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		p.Say("warning: %v: the bundle knows no order-free score", err)
		return nil
	}
	r.Profile = &retrieval.Profile{Lists: crowd.Lists(known.Catalog.Len(), lists.Of), Gate: profileGate}
	return nil
}

// gate returns the gate of the profile, zeros without one.
func (r *Retrieved) gate() retrieval.Gate {
	if r.Profile == nil {
		return retrieval.Gate{}
	}
	return r.Profile.Gate
}
