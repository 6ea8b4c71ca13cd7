package evaluation

import "sparrow/build/dataset"

// Preset is a pointwise protocol as figures have been published with it. The same
// model has an AUC of .77 or of .89 on the same data by protocol alone: name it
// beside every figure.
type Preset struct {
	Name   string
	Source string // whose protocol it is
	Differ string // how ours differs from it
	InTime bool   // what judges is newer than what is learned from: not for timeless data
	Split  func(d *dataset.Dataset, seed uint64) (*Split, error)
}

// Presets are the protocols that others' figures can be held against, the most
// honest first. Replaying logged lists is another way to judge, and has a
// package of its own, build/replay.
var Presets = []Preset{
	{
		Name: "everybody", Source: "ours: 4 stars and more liked, the newest tenth of the ratings judges, strangers are served",
		Differ: "no published figures use it",
		InTime: true,
		Split: func(d *dataset.Dataset, _ uint64) (*Split, error) {
			return Everybody(d, AtLeastFour, 0.1, 0.1)
		},
	},
	{
		Name: "global-time", Source: "THUwangcy/ReChorus, data/MovieLens_1M, CTR task: 4 stars and more liked, 5-core of those, days cut 80/10/10, cold users and movies left out",
		Differ: "days are in UTC instead of the local time of the machine that ran it",
		InTime: true,
		Split: func(d *dataset.Dataset, _ uint64) (*Split, error) {
			return GlobalTime(Core(d, AtLeastFour, 5), AtLeastFour, 0.1, 0.1)
		},
	},
	{
		Name: "latest-rating", Source: "meta-soul/MetaSpore, demo/ctr on ml-1m: each user's latest rating judges, 3 stars have no label, more are liked",
		Differ: "the latest but one is kept to tune by instead of trained on; a hash breaks ties of time",
		InTime: true,
		Split: func(d *dataset.Dataset, _ uint64) (*Split, error) {
			return LatestRating(d, ButThree)
		},
	},
	{
		Name: "random-rating", Source: "alibaba/EasyRec, examples/data/movielens_1m: 3 stars dropped, more liked, a random tenth judges",
		Differ: "another random draw; a tenth of the rest is kept to tune by; 3 stars stay in histories",
		Split:  randomly(ButThree, 0.1),
	},
	{
		Name: "random-like", Source: "wzhe06/SparrowRecSys, FeatureEngForRecModel: 3.5 stars and more liked, a random fifth judges",
		Differ: "all rows instead of a tenth of them; a tenth of the rest is kept to tune by",
		Split:  randomly(AtLeastThreeAndHalf, 0.2),
	},
}

// randomPresets name those that suit timeless data.
const randomPresets = "random-rating or random-like"

// randomly holds a share of the rows out at random, and a tenth of the rest to tune by.
func randomly(l Labels, share float64) func(d *dataset.Dataset, seed uint64) (*Split, error) {
	return func(d *dataset.Dataset, seed uint64) (*Split, error) {
		s, err := HoldOut(d, l, share, seed)
		if err == nil {
			s.HoldValid(0.1, seed)
		}
		return s, err
	}
}

// PresetNamed returns the preset of that name, and false if there is none.
func PresetNamed(name string) (Preset, bool) {
	for _, p := range Presets {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}
