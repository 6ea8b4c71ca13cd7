package examples

import (
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// event is one interaction of the naive log.
type event struct {
	user   int
	row    catalog.Row
	at     int64
	stars  float64 // 0 for none
	weight float64
	opened bool // an opinion, in the user's history
}

// naive recomputes single rows from the whole log, sharing nothing with the
// code under test but the written definitions of the features.
type naive struct {
	d   *dataset.Dataset
	log []event // by time, ties by place
	own [][]event

	// How far it looks into the future: tests that a peek is noticed set them.
	sameMoment bool // counts what others did at the row's moment
	crowdPeek  int  // counts so many interactions more
	ownPeek    int  // likewise, of the user themselves
}

func newNaive(d *dataset.Dataset) *naive {
	v := &naive{d: d, own: make([][]event, len(d.Users))}
	for u := range d.Users {
		for _, e := range d.Of(u) {
			x := event{u, e.Row, int64(e.At), float64(e.Stars) / 2, e.Weight(), e.Part == 0}
			v.log = append(v.log, x)
			v.own[u] = append(v.own[u], x)
		}
	}
	slices.SortStableFunc(v.log, func(a, b event) int { return int(a.at - b.at) })
	return v
}

// known returns what the crowd had done before the moment.
func (v *naive) known(moment int64) []event {
	n := 0
	for _, e := range v.log {
		if e.at < moment || v.sameMoment && e.at == moment {
			n++
		}
	}
	return v.log[:min(n+v.crowdPeek, len(v.log))]
}

// history returns the user's last 100 opinions before place at of their own log.
func (v *naive) history(user, at int) []event {
	var h []event
	for _, e := range v.own[user][:min(at+v.ownPeek, len(v.own[user]))] {
		if e.opened {
			h = append(h, e)
		}
	}
	return h[max(0, len(h)-100):]
}

// counts sums up events.
type counts struct{ weight, rated, sum, squares, trend float64 }

func (c counts) count() float64 { return math.Round(c.weight) }
func (c counts) mean() float64  { return math.Round(100*(c.sum/c.rated)) / 100 }
func (c counts) deviation() float64 {
	m := c.sum / c.rated
	return math.Round(100*math.Sqrt(max(0, c.squares/c.rated-m*m))) / 100
}

// naiveCrowd is what the naive implementation knows of everybody.
type naiveCrowd struct {
	items   []counts
	average float64 // count of an item
	total   float64 // count of all
	trend   float64
	mean    float64 // stars
}

func (v *naive) crowdAt(moment int64) naiveCrowd {
	c := naiveCrowd{items: make([]counts, v.d.Catalog.Len())}
	for _, e := range v.known(moment) {
		m := &c.items[e.row]
		decayed := e.weight * math.Pow(0.5, float64(moment-e.at)/(90*24*3600))
		m.weight += e.weight
		m.trend += decayed
		c.trend += decayed
		if e.stars > 0 {
			m.rated += e.weight
			m.sum += e.weight * e.stars
			m.squares += e.weight * e.stars * e.stars
		}
	}
	stars, rated := 0.0, 0.0
	for _, m := range c.items {
		c.total += m.count()
		if m.rated > 0 {
			stars += m.count() * m.mean()
			rated += m.count()
		}
	}
	c.average = c.total / float64(len(c.items))
	if c.mean = 3.5; rated > 0 {
		c.mean = stars / rated
	}
	return c
}

// shrunkenMean returns the item's mean with five ratings of the crowd's mean beside.
func (c naiveCrowd) shrunkenMean(r catalog.Row) float64 {
	m := c.items[r]
	if m.rated == 0 {
		return c.mean
	}
	return (m.count()*m.mean() + 5*c.mean) / (m.count() + 5)
}

// follows returns the weight of the transition from item a to item b.
func (v *naive) follows(moment int64, a, b catalog.Row) float64 {
	both, from := 0.0, 0.0
	last := map[int]catalog.Row{}
	for _, e := range v.known(moment) {
		if !e.opened {
			continue
		}
		if before, some := last[e.user]; some && before == a {
			from++
			if e.row == b {
				both++
			}
		}
		last[e.user] = e.row
	}
	return both / (from + 30)
}

func (v *naive) year(r catalog.Row) float64 {
	if y := v.d.Catalog.Years[r]; y != 0 {
		return float64(y)
	}
	return 1990
}

func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

func spread(x []float64) float64 {
	sum, m := 0.0, average(x)
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(x)))
}
