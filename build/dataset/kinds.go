package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// kind is what someone did with an item.
type kind uint8

const (
	noKind kind = iota // not told: counts in full
	view
	click
	like
	cart
	play
	read
	purchase
	returned // takes a purchase back; the last, as it comes after a purchase of the same second
	allKinds
)

// kindNames are the kinds as people write them.
var kindNames = [allKinds]string{"", "view", "click", "like", "cart", "play", "read", "purchase", "return"}

// defaultWeights are what one event of each kind counts for. README.md of build has the
// table.
var defaultWeights = [allKinds]float64{view: .1, click: .2, like: .5, cart: .5, play: .5, read: .5, purchase: 1}

// DefaultHalfLife is the age, in days before the newest event of a user and an item, at
// which an older one of theirs counts half.
const DefaultHalfLife = 90

// weighing is what events count for.
type weighing struct {
	weight [allKinds]float64
	fade   float64 // seconds of the half-life; 0 where nothing fades
}

// mostWeight bounds a weight.
const mostWeight = 1000

// weighingOf reads weights by the name of a kind, or of an event, or by "all" for every
// kind that is not named.
func weighingOf(named map[string]float64, days float64) (*weighing, error) {
	w := &weighing{weight: defaultWeights, fade: days * 24 * 3600}
	if !(days >= 0) {
		return nil, fmt.Errorf("--half-life: %g days: it is 0, for none, or more", days)
	}
	if all, ok := named["all"]; ok {
		for k := view; k < returned; k++ {
			w.weight[k] = all
		}
	}
	of := map[kind]string{}
	for _, name := range sortedKeys(named) {
		if v := named[name]; !(v >= 0 && v <= mostWeight) {
			return nil, fmt.Errorf("--weights: %s=%g: a weight is 0 to %d", name, v, mostWeight)
		}
		if name == "all" {
			continue
		}
		k := events[eventName(name)]
		switch {
		case k == noKind:
			return nil, fmt.Errorf("--weights: %q is no kind of event: take %s, or all for every other", name, strings.Join(kindNames[view:returned], ", "))
		case k == returned:
			return nil, fmt.Errorf("--weights: %q takes a purchase back and has no weight", name)
		case of[k] != "":
			return nil, fmt.Errorf("--weights: %q and %q are both of the kind %s: name one", of[k], name, kindNames[k])
		}
		of[k], w.weight[k] = name, named[name]
	}
	return w, nil
}

// enoughUsers is how many users must have done something of a kind before the bundle is
// measured by it; a tenth of all, where that is less.
const enoughUsers = 100

// full returns the weight of what counts in full and is measured by: that of the kind
// that weighs most among those of which enough of all users have an event, or among all
// where none has enough. 0 is returned where there are no kinds.
func (w *weighing) full(users [allKinds]int, all int) float64 {
	for _, enough := range []int{min(enoughUsers, all/10), 0} {
		most := 0.0
		for k := view; k < returned; k++ {
			if users[k] > 0 && users[k] >= enough {
				most = max(most, w.weight[k])
			}
		}
		if most > 0 {
			return most
		}
	}
	return 0
}

// faded returns what is left of a weight at a moment of which the newest event of the
// pair is at another.
func (w *weighing) faded(weight float64, at, newest uint32) float64 {
	if w.fade == 0 || at == 0 || at >= newest {
		return weight
	}
	return weight * math.Exp2(-float64(newest-at)/w.fade)
}

// done counts what a file says was done.
type done struct {
	rows, users [allKinds]int
	top         float64 // what counts in full; 0 where the file has no kinds
	takenBack   int     // purchases that a return took back
	unbought    int     // returns of what was not bought before
	unbasketed  int     // purchases of which no time says when
}

// count counts the events of one user, whose kinds stand in their parts.
func (d *done) count(events []Interaction) {
	var has [allKinds]int
	for _, e := range events {
		d.rows[e.Part]++
		has[e.Part] = 1
	}
	for k, n := range has {
		d.users[k] += n
	}
}

// report says what each kind counts for, where the kinds differ, and what was returned.
func (d *done) report(r *Report, file string, w *weighing) {
	var there []kind
	for k := view; k < returned; k++ {
		if d.rows[k] > 0 {
			there = append(there, k)
		}
	}
	slices.SortStableFunc(there, func(a, b kind) int { return cmp.Compare(w.weight[b], w.weight[a]) })
	if d.top > 0 && len(there) > 0 && w.weight[there[0]] != w.weight[there[len(there)-1]] {
		for _, k := range there {
			text := "count " + strconv.FormatFloat(w.weight[k]/d.top, 'g', 2, 64)
			if w.weight[k] >= d.top {
				text = "count in full, and are what a bundle is measured by"
			}
			r.note(file, "events "+kindNames[k]+": "+text, d.rows[k])
		}
	}
	r.note(file, "purchases that a return took back, left out", d.takenBack)
	r.note(file, "returns of what was not bought before, left out", d.unbought)
	r.note(file, "purchases without a time, of which it is not known what they were bought together with", d.unbasketed)
}

// CheckWeights reports what is wrong with [Options.Weights] and [Options.HalfLife].
func CheckWeights(named map[string]float64, days float64) error {
	_, err := weighingOf(named, days)
	return err
}

// EventWeight returns what an event of a known name counts for against a purchase, 0 to 1,
// with the weights of [Options].
func EventWeight(named map[string]float64, event string) float64 {
	w, err := weighingOf(named, 0)
	if err != nil || w.weight[purchase] == 0 {
		return 1
	}
	return min(1, w.weight[events[eventName(event)]]/w.weight[purchase])
}
