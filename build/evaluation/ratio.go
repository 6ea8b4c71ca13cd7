package evaluation

import (
	"errors"
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// RandomRatio is the split that RecBole publishes ml-1m by: ratings below three
// stars do not exist, and the rest of each user is cut at random, 8:1:1. What may
// be learned from are the first 80 %, which are also the history that is served;
// the last part is to be found among all items but those of the first two. The
// middle part, by which RecBole ends its training, is used for nothing. Of n
// interactions a user's middle and last part have n/10 each, rounded down, but one
// at least where n is 3 or more; with 2 there is no middle part, and with 1 all is
// learned from.
//
// Neither stars nor times are left, as there: what was rated was chosen, in no order, and
// is served as likes of one sitting.
//
// masked[i] is what may not be recommended in cases[i], besides its history. Draws of the same seed differ.
// Deviation: the draw is another.
// Source: RUCAIBox/RecBole-GNN, results/general/ml-1m.md; RUCAIBox/RecBole, Dataset.split_by_ratio.
func RandomRatio(d *dataset.Dataset, seed uint64, draw int) (train *dataset.Dataset, cases []Case, masked [][]catalog.Row, err error) {
	rng := rand.New(rand.NewPCG(seed, uint64(draw)))
	part := make([]byte, len(d.Interactions)) // 0 does not exist, else 1 to 3
	for u := range d.Users {
		var kept []int
		for at := d.Start[u]; at < d.End[u]; at++ {
			if e := d.Interactions[at]; e.Part == 0 && (e.Stars == 0 || e.Stars >= threeStars) {
				kept = append(kept, at)
			}
		}
		valid, test := ratioParts(len(kept))
		for i, at := range rng.Perm(len(kept)) {
			switch {
			case i < test:
				part[kept[at]] = 3
			case i < test+valid:
				part[kept[at]] = 2
			default:
				part[kept[at]] = 1
			}
		}
	}
	train, _ = keep(d, func(at int) bool { return part[at] == 1 })
	start := afterAll(d)
	forgetTimes(train, rng)
	for u := range d.Users {
		c := Case{User: u, History: Sitting(rowsOf(train.Of(u)), start)}
		var middle []catalog.Row
		for at := d.Start[u]; at < d.End[u]; at++ {
			switch r := d.Interactions[at].Row; part[at] {
			case 2:
				middle = append(middle, r)
			case 3:
				c.Relevant = append(c.Relevant, r)
			}
		}
		if len(c.Relevant) == 0 {
			continue
		}
		cases, masked = append(cases, c), append(masked, middle)
	}
	if len(cases) == 0 {
		return nil, nil, nil, errors.New("evaluation: no user has two ratings of three stars or more, one of which could be hidden")
	}
	return train, cases, masked, nil
}

const threeStars = 6 // in halves

// forgetTimes takes stars, times and order from d, whose interactions are overwritten.
func forgetTimes(d *dataset.Dataset, rng *rand.Rand) {
	for i := range d.Interactions {
		d.Interactions[i].Stars, d.Interactions[i].At = 0, 0
	}
	d.Order = dataset.Order{Times: dataset.NoTimes, Random: true}
	for u := range d.Users {
		own := d.Of(u)
		rng.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
		if len(own) > 1 {
			d.Order.Users++
			d.Order.Unknown++
		}
	}
}

func rowsOf(events []dataset.Interaction) []catalog.Row {
	rows := make([]catalog.Row, len(events))
	for i, e := range events {
		rows[i] = e.Row
	}
	return rows
}

// ratioParts returns how many of n interactions are for tuning and for judging.
func ratioParts(n int) (valid, test int) {
	test = n / 10
	if test == 0 && n >= 2 {
		test = 1
	}
	valid = n / 10
	if valid == 0 && n >= 3 {
		valid = 1
	}
	return valid, test
}

// Unmasked returns the rows of a catalog of n items that are not masked, for each of masked.
func Unmasked(masked [][]catalog.Row, n int) [][]catalog.Row {
	pools := make([][]catalog.Row, len(masked))
	for i, rows := range masked {
		out := make([]bool, n)
		for _, r := range rows {
			out[r] = true
		}
		for r := range n {
			if !out[r] {
				pools[i] = append(pools[i], catalog.Row(r))
			}
		}
	}
	return pools
}
