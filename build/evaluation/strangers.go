package evaluation

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// StrangersOptions say how [Strangers] cuts.
type StrangersOptions struct {
	Share  float64 // of the users with enough likes who are strangers, 0 < Share < 1
	Draws  int     // cuts of each stranger's likes
	Draw   int     // which strangers: from 0 on, others each time until all have been
	Seed   uint64
	hidden float64 // of a stranger's likes
}

// DefaultStrangersOptions make a fifth of the users strangers, and cut the likes of
// each five times.
func DefaultStrangersOptions() StrangersOptions {
	return StrangersOptions{Share: 0.2, Draws: 5, Seed: 1, hidden: 0.2}
}

// leastLikes is how many likes a stranger has, so that a fifth of them is one.
const leastLikes = 5

// Strangers is the order-free hold-out: a share of the users is left out of what may
// be learned from, with all that they did, and is served on likes alone, which are
// four stars and more or what was chosen without stars. The likes of each are cut at
// random, 80 % to be given in a random order in one sitting, 20 % (rounded, one at
// least) to be found among all items that are not given. What strangers rated lower is
// not given, and is no answer. Users with fewer than five likes are no strangers.
// Draws k of the same seed and 1/Share have no stranger in common.
//
// It returns what may be learned from and opt.Draws cases for each stranger: intervals
// over users take them together.
// Source: strong generalization, Marlin, Collaborative filtering, MSc thesis, 2004, as in
// Liang et al., Variational autoencoders for collaborative filtering, WWW 2018.
func Strangers(d *dataset.Dataset, opt StrangersOptions) (*dataset.Dataset, []Case, error) {
	if opt.Share <= 0 || opt.Share >= 1 || opt.Draws < 1 || opt.Draw < 0 {
		return nil, nil, fmt.Errorf("evaluation: strangers take a share of the users between 0 and 1, not %g, and at least one draw, not %d", opt.Share, opt.Draws)
	}
	var able []int
	for u := range d.Users {
		if len(likesOf(d, u)) >= leastLikes {
			able = append(able, u)
		}
	}
	n := int(opt.Share*float64(len(able)) + 0.5)
	if n == 0 || n == len(able) {
		return nil, nil, fmt.Errorf("evaluation: %d users with %d likes or more are too few to make %g of them strangers", len(able), leastLikes, opt.Share)
	}
	parts := len(able) / n
	order := rand.New(rand.NewPCG(opt.Seed, uint64(opt.Draw/parts))).Perm(len(able))
	from := opt.Draw % parts * n
	stranger := make([]bool, len(d.Users))
	for _, at := range order[from : from+n] {
		stranger[able[at]] = true
	}
	train := *d
	train.End = slices.Clone(d.End)
	var cases []Case
	start, rng := afterAll(d), rand.New(rand.NewPCG(opt.Seed, 1<<32+uint64(opt.Draw)))
	for u := range d.Users {
		if !stranger[u] {
			continue
		}
		train.End[u] = d.Start[u]
		likes := likesOf(d, u)
		hidden := max(1, int(opt.hidden*float64(len(likes))+0.5))
		for range opt.Draws {
			s := shuffled(rng, likes)
			cases = append(cases, Case{User: u, History: Sitting(s[hidden:], start), Relevant: sorted(s[:hidden])})
		}
	}
	return &train, cases, nil
}

func sorted(rows []catalog.Row) []catalog.Row {
	s := slices.Clone(rows)
	slices.Sort(s)
	return s
}
