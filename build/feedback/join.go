package feedback

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"sparrow/build/dataset"
	"sparrow/wasm/event"
)

// JoinOptions steer [Log.Join]. The zero value uses defaults.
type JoinOptions struct {
	Click float64 // mean weight of a click or a view without an opinion, above 0 and at most 1; 0 for DefaultClick
}

// Joined tells what became of a log's events.
type Joined struct {
	Visitors int           `json:"visitors"` // with an interaction
	Opinions int           `json:"opinions"` // ratings and likes, which count in full
	Clicks   int           `json:"clicks"`   // clicks and views without an opinion, which count in part
	Weight   float64       `json:"weight"`   // of all clicks together
	Disliked int           `json:"disliked"` // movies that a visitor does not want: no interaction
	Unknown  int           `json:"unknown"`  // movies that are not in the catalog: no interaction
	Lists    []Examination `json:"lists"`
}

// Join returns d with a user "visitor:<hex>" behind its own for each visitor
// of l who did something that counts, by the last word on each movie:
//
//   - a rating with its stars and a like with 5, in full, when it was given;
//   - a click or a view without an opinion, without stars, when it was last
//     made, in part: see weigh, and [Examination] for the position of its card.
//
// A movie that a visitor dislikes or is not interested in is no interaction.
func (l *Log) Join(d *dataset.Dataset, o JoinOptions) (*dataset.Dataset, *Joined) {
	if o.Click == 0 {
		o.Click = DefaultClick
	}
	r := &Joined{Lists: l.Examinations()}
	lists := make(map[string]*Examination, len(r.Lists))
	for i := range r.Lists {
		lists[r.Lists[i].List] = &r.Lists[i]
	}
	var (
		users  []string
		all    [][]dataset.Interaction
		clicks [][2]int // user and place in his list
		u      []float64
	)
	for events := range l.visitors() {
		var list []dataset.Interaction
		for _, s := range fold(events) {
			i, counts := r.take(d, s)
			if !counts {
				continue
			}
			if s.said == "" {
				correction := 1.0
				if s.place != nil {
					correction = 1 / lists[s.place.List].of(s.place.Position)
				}
				clicks, u = append(clicks, [2]int{len(all), len(list)}), append(u, correction)
			}
			list = append(list, i)
		}
		if len(list) > 0 {
			users = append(users, "visitor:"+hex.EncodeToString(events[0].Visitor[:]))
			all = append(all, list)
		}
	}
	r.Visitors, r.Clicks = len(users), len(clicks)
	for i, w := range weigh(u, o.Click) {
		at := &all[clicks[i][0]][clicks[i][1]]
		if at.Part = dataset.PartOf(w); at.Part == 0 {
			at.Part = math.MaxUint8 - 1 // in full it would be an opinion
		}
		r.Weight += at.Weight()
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b dataset.Interaction) int { return cmp.Compare(a.At, b.At) })
	}
	return d.Join(users, all), r
}

// take makes an interaction of where a visitor stands on a movie, and counts.
func (r *Joined) take(d *dataset.Dataset, s stand) (i dataset.Interaction, counts bool) {
	switch {
	case s.said == event.Dislike || s.said == event.NotInterested:
		r.Disliked++
		return i, false
	case s.said == "" && !s.opened:
		return i, false
	}
	row, ok := d.Catalog.Row(s.item)
	if !ok {
		r.Unknown++
		return i, false
	}
	at := s.at
	if s.said == "" {
		at = s.last
	} else {
		r.Opinions++
	}
	seconds := min(max(at/1000, 0), math.MaxUint32)
	return dataset.Interaction{Row: row, At: uint32(seconds), Stars: uint8(2 * s.stars)}, true
}

// WriteTable writes what became of the log, for people: of each list, how well
// its first positions are seen and how often they are clicked.
func (r *Joined) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "visitors\t%d\t\n", r.Visitors)
	fmt.Fprintf(t, "opinions\t%d\tcount in full\n", r.Opinions)
	fmt.Fprintf(t, "clicks and views\t%d\tcount %.1f in all\n", r.Clicks, r.Weight)
	fmt.Fprintf(t, "not wanted\t%d\tdisliked, or of no interest\n", r.Disliked)
	fmt.Fprintf(t, "unknown movies\t%d\tnot in the catalog\n", r.Unknown)
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
