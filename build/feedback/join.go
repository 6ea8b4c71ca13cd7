package feedback

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// JoinOptions steer [Log.Join]. The zero value uses defaults.
type JoinOptions struct {
	Click   float64            // mean weight of a click or a view without an opinion, above 0 and at most 1; 0 for DefaultClick
	Weights map[string]float64 // of kinds of events by name, as of [dataset.Options]
}

// Joined holds what became of a log's events.
type Joined struct {
	Visitors int           `json:"visitors"` // with an interaction
	Opinions int           `json:"opinions"` // ratings and likes, which count in full
	Bought   int           `json:"bought"`   // purchases without an opinion, which count in full
	Taken    int           `json:"taken"`    // carts, plays and texts without either, which count in part
	Clicks   int           `json:"clicks"`   // clicks and views without any of these, which count in part
	Weight   float64       `json:"weight"`   // of all clicks together
	Disliked int           `json:"disliked"` // items that a visitor does not want: no interaction
	Unknown  int           `json:"unknown"`  // words on items that are not in the catalog: no interaction
	Excess   int           `json:"excess"`   // interactions of a visitor beyond their newest 500: left out
	Crowded  int           `json:"crowded"`  // interactions of a network beyond its fence: left out
	Lists    []Examination `json:"lists"`

	UnknownItems int `json:"unknown_items"`

	unknown   dataset.Unknown
	purchases int // of items of which something was not sent back, with an opinion or without
}

// fewWords is how many words of visitors on items are too few to tell from the share
// of unknown ones that the feedback is of another catalog: a new site has few, and
// one item that goes must not stop its night.
const fewWords = 100

// CheckUnknown returns an error when more than the share most of what visitors said
// or did, if that is not little, was of items that are not in the catalog.
func (r *Joined) CheckUnknown(most float64) error {
	all := r.Opinions + r.Bought + r.Taken + r.Clicks + r.Excess + r.Crowded + r.Unknown
	if all < fewWords {
		return nil
	}
	return r.unknown.Check(all, most)
}

// maxPerVisitor is how many interactions of one visitor count: no person means that
// many in the 30 days that they keep their id, and no machine shall outweigh people.
const maxPerVisitor = 500

// Join returns d with a user "visitor:<hex>" behind its own for each visitor
// of l who did something that counts, by the last word on each item:
//
//   - a rating with its stars and a like with 5, in full, when it was given;
//   - a purchase without an opinion, in full, and what was put into a cart, heard or read
//     without a purchase, in part, by the weights of [JoinOptions], when it was last done;
//   - a click or a view without any of these, without stars, when it was last
//     made, in part: see weigh, and [Examination] for the position of its card.
//
// What a visitor bought on one day, or put into the cart and did not buy, is a basket.
//
// An item that a visitor dislikes or is not interested in is no interaction, and
// of no network do more interactions count than a fence allows, see hold.
func (l *Log) Join(d *dataset.Dataset, o JoinOptions) (*dataset.Dataset, *Joined) {
	if o.Click == 0 {
		o.Click = DefaultClick
	}
	r := &Joined{Lists: l.Examinations()}
	lists := make(map[string]*Examination, len(r.Lists))
	for i := range r.Lists {
		lists[r.Lists[i].List] = &r.Lists[i]
	}
	var people []person
	for events := range l.Visitors() {
		if list := r.interactions(d, fold(events), lists); len(list) > 0 {
			people = append(people, person{arrived(events), list})
		}
	}
	r.Crowded = hold(people)
	var (
		users  []string
		all    [][]dataset.Interaction
		bought [][]dataset.Bought
		clicks [][2]int // user and place in their list
		u      []float64
	)
	for _, p := range people {
		own := make([]dataset.Interaction, len(p.list))
		var basket []dataset.Bought
		for k, i := range p.list {
			own[k] = i.Interaction
			if i.basket {
				basket = append(basket, i.bought)
			}
			switch {
			case i.correction > 0:
				clicks, u = append(clicks, [2]int{len(all), k}), append(u, i.correction)
			case i.taken == "":
				r.Opinions++
			case i.taken == event.Purchase:
				r.Bought++
			default:
				r.Taken++
				if weight := dataset.EventWeight(o.Weights, string(i.taken)); weight < 1 {
					own[k].Part = dataset.PartBelow(weight)
				}
			}
		}
		users = append(users, "visitor:"+hex.EncodeToString(p.visitor[:]))
		all, bought = append(all, own), append(bought, basket)
	}
	r.Visitors, r.Clicks = len(users), len(clicks)
	for i, w := range weigh(u, o.Click) {
		at := &all[clicks[i][0]][clicks[i][1]]
		at.Part = dataset.PartBelow(w) // in full it would be an opinion
		r.Weight += at.Weight()
	}
	joined := d.Join(users, all)
	if r.purchases > 0 || len(d.Bought) > 0 { // else there are carts alone
		joined = joined.WithBaskets(len(d.Users), bought)
	}
	return joined, r
}

// interaction is one of a visitor; correction is that of a click, see weigh,
// and 0 with an opinion.
type interaction struct {
	dataset.Interaction
	correction float64
	taken      event.Kind // Purchase, Cart, Play or Read; "" for an opinion or a click

	basket bool // the item is in one: bought, or put into a cart
	bought dataset.Bought
}

// person is a visitor with interactions, the oldest first.
type person struct {
	arrival
	list []interaction
}

// fenceLeast is how many interactions of a network count in any case: a family
// that says much has them.
const fenceLeast = 100

// hold leaves each known network with at most as many interactions as Tukey's
// outer fence over all known networks allows, Q3 + 3·(Q3-Q1), and at least
// fenceLeast; of each of its visitors the newest, in proportion. It returns how
// many went. Networks are those of the first visit, one counts again every day; up
// to a quarter of them cannot move the fence far. Source: Tukey, Exploratory Data
// Analysis, 1977, section 2D.
func hold(people []person) (left int) {
	of := make(map[event.Network]int)
	for _, p := range people {
		of[p.network] += len(p.list)
	}
	delete(of, event.Network{})
	if len(of) == 0 {
		return 0
	}
	sizes := slices.Sorted(maps.Values(of))
	low, high := sizes[(len(sizes)-1)/4], sizes[(len(sizes)-1)*3/4]
	fence := max(fenceLeast, high+3*(high-low))
	for i := range people {
		p := &people[i]
		if n := of[p.network]; n > fence {
			keep := max(1, len(p.list)*fence/n)
			left += len(p.list) - keep
			p.list = p.list[len(p.list)-keep:]
		}
	}
	return left
}

// interactions makes those of one visitor, the oldest first, and counts the
// verdicts that make none.
func (r *Joined) interactions(d *dataset.Dataset, verdicts []verdict, lists map[string]*Examination) []interaction {
	var all []interaction
	for _, s := range verdicts {
		if s.said == event.Dislike || s.said == event.NotInterested {
			r.Disliked++
			continue
		}
		if s.said == "" && !s.opened && s.taken == "" && s.bought == 0 {
			continue
		}
		row, ok := d.Catalog.Row(s.item)
		if !ok { // of a model whose ids had kept the .0 of their file
			row, ok = d.Catalog.Row(catalog.ID(strings.TrimSuffix(string(s.item), ".0")))
		}
		if !ok {
			r.unknown.Add(string(s.item))
			r.Unknown, r.UnknownItems = r.unknown.Rows, r.unknown.Items
			continue
		}
		at, correction, taken := s.at, 0.0, event.Kind("")
		switch {
		case s.said != "":
		case s.bought > 0:
			at, taken = s.took, event.Purchase
		case s.taken != "":
			at, taken = s.took, s.taken
		default:
			at, correction = s.last, 1
			if s.place != nil {
				correction = 1 / lists[s.place.List].of(s.place.Position)
			}
		}
		one := interaction{Interaction: dataset.Interaction{Row: row, At: secondsOf(at), Stars: uint8(2 * s.stars)}, correction: correction, taken: taken}
		if one.basket = s.bought > 0 || s.taken == event.Cart; one.basket {
			one.bought = dataset.Bought{Row: row, Day: dataset.DayOf(secondsOf(s.took)), Cart: s.bought == 0}
		}
		if s.bought > 0 {
			r.purchases++
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b interaction) int { return cmp.Compare(a.At, b.At) })
	excess := max(0, len(all)-maxPerVisitor)
	r.Excess += excess
	return all[excess:]
}

// secondsOf returns a moment in milliseconds as data sets have it.
func secondsOf(at int64) uint32 { return uint32(min(max(at/1000, 0), math.MaxUint32)) }

// WriteTable writes what became of the log, for people: of each list, how well
// its first positions are seen and how often they are clicked.
func (r *Joined) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "visitors\t%d\t\n", r.Visitors)
	fmt.Fprintf(t, "opinions\t%d\tcount in full\n", r.Opinions)
	if r.Bought+r.Taken > 0 {
		fmt.Fprintf(t, "bought\t%d\tcount in full\n", r.Bought)
		fmt.Fprintf(t, "into carts, played, read\t%d\tcount in part\n", r.Taken)
	}
	fmt.Fprintf(t, "clicks and views\t%d\tcount %.1f in all\n", r.Clicks, r.Weight)
	fmt.Fprintf(t, "not wanted\t%d\tdisliked, or of no interest\n", r.Disliked)
	if r.Unknown == 0 {
		fmt.Fprintln(t, "unknown items\t0\tnot in the catalog")
	} else {
		fmt.Fprintf(t, "unknown items\t%d\tof %s not in the catalog: %s\n", r.Unknown, plural.Of(r.UnknownItems, "item"), r.unknown.Names())
	}
	if r.Excess > 0 {
		fmt.Fprintf(t, "too many\t%d\tof one visitor, beyond their newest %d\n", r.Excess, maxPerVisitor)
	}
	if r.Crowded > 0 {
		fmt.Fprintf(t, "too many\t%d\tof one network, beyond what nearly all others have\n", r.Crowded)
	}
	fmt.Fprintln(t, "list\tposition\timpressions\tclicked\texamined")
	for _, x := range r.Lists {
		for _, k := range []int{1, 2, 3, 5, 10, 20, 50} {
			if k > len(x.Theta) {
				break
			}
			n := x.Impressions[k-1]
			fmt.Fprintf(t, "%s\t%d\t%d\t%.2f %%\t%.2f\n", x.List, k, n, 100*float64(x.Clicks[k-1])/float64(max(1, n)), x.Theta[k-1])
		}
	}
	return t.Flush()
}
