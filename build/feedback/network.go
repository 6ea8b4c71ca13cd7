package feedback

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"sparrow/build/plural"
	"sparrow/wasm/event"
)

// Guard bounds what one network stands for. A visitor is a number that a device
// made up, so one machine can be any number of visitors; but it has only so
// many networks.
type Guard struct {
	Visitors int     // new visitors of one network and day who count in any case; 0 for no guard
	Share    float64 // of a day's new visitors, whom one network may bring where that is more
}

// DefaultGuard lets three networks bring at most nine visitors a day, or three
// in a thousand. The README of this folder has what that costs sites whose
// visitors share networks.
var DefaultGuard = Guard{Visitors: 3, Share: 0.001}

// Guarded is what a guard found and left out.
type Guarded struct {
	Visitors int `json:"visitors"`        // before anything is left out
	Unknown  int `json:"unknown"`         // of them, of an unknown network: each is taken for a network
	Networks int `json:"networks"`        // that brought new visitors; one counts again every day
	Crowded  int `json:"crowded"`         // of them, that brought too many
	Left     int `json:"left_out"`        // visitors of crowded networks, all but the first
	Events   int `json:"left_out_events"` // of these visitors
	Most     int `json:"most"`            // Guard.Visitors

	limits map[int64]int // day of arrival → visitors that one network stands for, where that is not Most
}

const dayMillis = 24 * 60 * 60 * 1000

// limit returns how many visitors one network stands for on a day.
func (g *Guarded) limit(day int64) int { return max(g.Most, g.limits[day]) }

// arrival is the first event of a visitor that the edge took in.
type arrival struct {
	visitor event.Visitor
	at      int64 // Unix milliseconds
	network event.Network
}

// arrived returns the arrival of the visitor whose events these are.
func arrived(events []Event) arrival {
	first := &events[0]
	for i := range events {
		if events[i].Received < first.Received {
			first = &events[i]
		}
	}
	return arrival{first.Visitor, first.Received, first.Network}
}

// Guard returns l without the visitors whose network had, when they first came,
// already brought as many on that day as one network stands for:
//
//	max(Visitors, Share · Σ min(Visitors, new visitors of a network))
//
// over the networks of that day. The sum grows with networks and not with what
// few of them make up. Who is left out depends on the order of arrival alone and
// on nothing that a visitor did or was shown, so it favours no arm of an
// experiment. Visitors of an unknown network stay. l is not changed.
func (l *Log) Guard(o Guard) (*Log, *Guarded) {
	g := &Guarded{Most: o.Visitors, limits: make(map[int64]int)}
	days := make(map[int64]map[event.Network][]arrival)
	for events := range l.Visitors() {
		g.Visitors++
		a := arrived(events)
		if a.network == (event.Network{}) {
			g.Unknown++
			continue
		}
		day := a.at / dayMillis
		if days[day] == nil {
			days[day] = make(map[event.Network][]arrival)
		}
		days[day][a.network] = append(days[day][a.network], a)
	}
	left := make(map[event.Visitor]bool)
	for day, networks := range days {
		g.Networks += len(networks)
		if o.Visitors == 0 {
			continue
		}
		sum := 0
		for _, list := range networks {
			sum += min(o.Visitors, len(list))
		}
		g.limits[day] = int(o.Share * float64(sum))
		for _, list := range networks {
			if len(list) <= g.limit(day) {
				continue
			}
			g.Crowded++
			slices.SortFunc(list, func(a, b arrival) int {
				return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(a.visitor[:], b.visitor[:]))
			})
			for _, a := range list[g.limit(day):] {
				left[a.visitor] = true
			}
		}
	}
	g.Left = len(left)
	if len(left) == 0 {
		return l, g
	}
	kept := &Log{Letters: l.Letters, Erased: l.Erased}
	for events := range l.Visitors() {
		if left[events[0].Visitor] {
			g.Events += len(events)
		} else {
			kept.Events = append(kept.Events, events...)
		}
	}
	return kept, g
}

// Words returns what people must know of what was left out, a sentence or two each.
func (g *Guarded) Words() (lines []string) {
	if g.Left > 0 {
		lines = append(lines, fmt.Sprintf("left out: %d of %s, with %s, since on one day their network brought more than the %d new visitors, or the share of all, that one network stands for (%d of %d networks, each counted once a day). "+
			"A machine that makes visitors up does so, but an office or a mobile network may, too: --network-visitors N counts up to N.",
			g.Left, plural.Of(g.Visitors, "visitor"), plural.Of(g.Events, "event"), g.Most, g.Crowded, g.Networks))
	}
	if g.Unknown > 0 {
		lines = append(lines, fmt.Sprintf("of an unknown network: %d of %s; each counts as one of their own, so nothing limits how many of them one machine made up. "+
			"Unknown are networks of feedback from before they were kept, of this machine (build simulate), of what a server of yours sent, and behind a proxy that the edge was not told of (its flag --trusted-proxy).",
			g.Unknown, plural.Of(g.Visitors, "visitor")))
	}
	return lines
}
