// Package dataset reads what people did with items and splits it for
// training and evaluation. IDs become rows here and only here.
package dataset

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Interaction is one rating, view or click: 12 bytes.
type Interaction struct {
	Row   catalog.Row
	At    uint32 // Unix seconds; 0 when it is not known
	Stars uint8  // in halves, 1 to 10; 0 when the user gave none
	Part  uint8  // how much it counts, in 1/255, as clicks count less; 0 counts in full

	// Confidence is how sure the source is that the user likes the item, in 1/4096
	// of the mean of the data; 0 is the mean. See confidence.go.
	Confidence uint16
}

// Counted returns how much i counts where people are counted: 1 in full, else a
// part of it. Someone who plays an item a hundred times is one person.
func (i Interaction) Counted() float64 {
	if i.Part == 0 {
		return 1
	}
	return float64(i.Part) / math.MaxUint8
}

// Weight returns how much i counts as something to learn from: what is counted
// of it, times its confidence.
func (i Interaction) Weight() float64 {
	if i.Confidence == 0 {
		return i.Counted()
	}
	return i.Counted() * (float64(i.Confidence) / mean)
}

// Target returns how much i counts as something to recommend: its weight, of which
// low stars leave a part or nothing. See [feature.Event.Liking].
func (i Interaction) Target() float64 {
	return i.Weight() * float64(feature.Event{Stars: float32(i.Stars) / 2}.Liking())
}

// PartOf returns the Part of an interaction of the given weight, rounded: 1 and
// more count in full, 0 and less the least there is.
func PartOf(weight float64) uint8 {
	p := math.Round(min(max(weight, 0), 1) * math.MaxUint8)
	if p == math.MaxUint8 {
		return 0
	}
	return uint8(max(p, 1))
}

// PartBelow returns likewise the Part of an interaction that never counts in full.
func PartBelow(weight float64) uint8 {
	if p := PartOf(weight); p != 0 {
		return p
	}
	return math.MaxUint8 - 1
}

// InProfile reports whether i is a part of what is known of its user when they are
// recommended something: what counts in full, and also what counts in part in a log of
// events, as the profile of the widget has views. What visitors clicked in lists of the app, which
// has no confidence, is in no profile.
func (i Interaction) InProfile() bool { return i.Part == 0 || i.Confidence != 0 }

// Evidence returns how much i counts where it matters how much is known of an item, and not
// how popular it is: twenty views show what goes with it, though they are two purchases.
func (i Interaction) Evidence() float64 {
	if i.InProfile() {
		return 1
	}
	return i.Counted()
}

// Dataset is a catalog and what U users did with it.
type Dataset struct {
	Name, Licence, Citation string
	Vocabulary              string // what the owner of the catalog calls things, JSON; "" where they do not say

	Catalog      *catalog.Catalog
	Users        []string      // [U] the source's user ids, by length, then by bytes
	Interactions []Interaction // by user, then by time; ties by a hash of user and item
	Start, End   []int         // [U] user u did Interactions[Start[u]:End[u]]
	Order        Order         // what the times say

	// What users bought, by user, then by day, then by item: user u's ends at BoughtEnd[u].
	// Of histories, whose times may be missing, the day may be 0.
	// Both are empty where no one bought anything, and BoughtEnd is short where the last
	// users did not. See [Dataset.Baskets].
	Bought    []Bought
	BoughtEnd []int
}

// Of returns what user u did, oldest first. The slice is shared.
func (d *Dataset) Of(u int) []Interaction {
	return d.Interactions[d.Start[u]:d.End[u]:d.End[u]]
}

// WithoutLast returns a view of d in which each user's newest n interactions
// do not exist. A user with n or fewer keeps none. The interactions are shared.
func (d *Dataset) WithoutLast(n int) *Dataset {
	view := *d
	view.End = make([]int, len(d.End))
	for u := range d.End {
		view.End[u] = max(d.Start[u], d.End[u]-n)
	}
	return &view
}

// WithoutOpinions returns a view of d in which each user's newest interactions
// do not exist, at most n, and none from the first on that counts in part only:
// what answers are measured by are opinions. Where every interaction counts in
// full it is WithoutLast. The interactions are shared.
func (d *Dataset) WithoutOpinions(n int) *Dataset {
	view := *d
	view.End = slices.Clone(d.End)
	for u := range view.End {
		for k := 0; k < n && view.End[u] > d.Start[u] && d.Interactions[view.End[u]-1].Part == 0; k++ {
			view.End[u]--
		}
	}
	return &view
}

// Targets returns how many of user u's newest interactions a ranker learns from
// when it is to learn from n of each: n, but a quarter of those of a user with
// clicks at most. Retrieval sees none of them, and clicks are short-lived: it is
// the newest that show what has come up since.
func (d *Dataset) Targets(u, n int) int {
	all := d.Of(u)
	if slices.ContainsFunc(all, func(i Interaction) bool { return i.Part != 0 }) {
		return min(n, len(all)/4)
	}
	return min(n, len(all))
}

// WithoutTargets returns a view of d in which those interactions do not exist.
// Where every interaction counts in full it is WithoutLast.
func (d *Dataset) WithoutTargets(n int) *Dataset {
	view := *d
	view.End = slices.Clone(d.End)
	for u := range view.End {
		view.End[u] -= d.Targets(u, n)
	}
	return &view
}

// Join returns d with more users behind its own: users[i] did lists[i], which
// must be sorted by time and hold an item of the catalog once at most. Only the
// catalog is shared. Where d is timeless, the times of lists are not used either.
func (d *Dataset) Join(users []string, lists [][]Interaction) *Dataset {
	size := len(d.Interactions)
	for _, l := range lists {
		size += len(l)
	}
	joined := *d
	joined.Users = slices.Concat(d.Users, users)
	joined.Start, joined.End = slices.Clone(d.Start), slices.Clone(d.End)
	joined.Interactions = append(make([]Interaction, 0, size), d.Interactions...)
	for _, l := range lists {
		joined.Start = append(joined.Start, len(joined.Interactions))
		joined.Interactions = append(joined.Interactions, l...)
		joined.End = append(joined.End, len(joined.Interactions))
	}
	if joined.Timeless() {
		joined.forgetTimes(joined.Catalog.IDs)
	}
	return &joined
}
