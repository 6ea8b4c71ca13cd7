package abtest

import (
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Fence is the most that one visitor counts for, by Tukey's fences over the
// visitors of all arms whose count is not zero, and at least 3: the inner one,
// Q3 + 1.5·(Q3-Q1), for impressions and the outer one, Q3 + 3·(Q3-Q1), for the
// rest. Source: Tukey, Exploratory Data Analysis, 1977, section 2D.
//
// A visitor beyond the fence of impressions is scaled down as a whole, so that
// their rates stay their own, which is why that fence can be near; then each count
// is cut at its own fence. The fence
// does not know the arms, so it cannot favour one, and up to a quarter of the
// visitors cannot move it far.
type Fence struct {
	Impressions float64 `json:"impressions"`
	Clicks      float64 `json:"clicks"`
	Likes       float64 `json:"likes"`
	Opinions    float64 `json:"opinions"`
	Ratings     float64 `json:"ratings"`
	Baskets     float64 `json:"baskets,omitempty"`
	Revenue     float64 `json:"revenue,omitempty"`
	Cut         int     `json:"visitors_cut"` // visitors of whom something was cut
}

const (
	innerFence = 1.5 // spreads between the quartiles
	outerFence = 3
	fenceLeast = 3 // a fence below it would cut honest visitors where most do nothing
)

// fenceOf returns the fence of some visitors' counts.
func fenceOf(all []Counts) Fence {
	var f Fence
	values := make([]float64, 0, len(all))
	at := func(width float64, field func(*Counts) float64) float64 {
		values = values[:0]
		for i := range all {
			if v := field(&all[i]); v > 0 {
				values = append(values, v)
			}
		}
		if len(values) == 0 {
			return fenceLeast
		}
		slices.Sort(values)
		low, high := stat.Quantile(.25, stat.Empirical, values, nil), stat.Quantile(.75, stat.Empirical, values, nil)
		return max(fenceLeast, high+width*(high-low))
	}
	f.Impressions = at(innerFence, impressions)
	scaled := slices.Clone(all)
	for i := range all {
		scaled[i] = all[i].scaled(f.Impressions)
	}
	all = scaled
	f.Clicks = at(outerFence, clicks)
	f.Likes = at(outerFence, func(c *Counts) float64 { return c.Likes })
	f.Opinions = at(outerFence, func(c *Counts) float64 { return c.Opinions })
	f.Ratings = at(outerFence, func(c *Counts) float64 { return c.Ratings })
	f.Baskets = at(outerFence, func(c *Counts) float64 { return c.Baskets })
	f.Revenue = at(outerFence, func(c *Counts) float64 { return c.Revenue })
	return f
}

// scaled returns c scaled down to most impressions.
func (c Counts) scaled(most float64) Counts {
	if c.Impressions <= most {
		return c
	}
	by := most / c.Impressions
	return Counts{c.Present, most, c.Clicks * by, c.Likes * by, c.Opinions * by, c.Ratings * by, c.Stars * by, c.Tail * by, c.Bought, c.Baskets * by, c.Pieces * by, c.Revenue * by}
}

// hold cuts all counts in place, and counts the visitors it cut.
func (f *Fence) hold(all []Counts) {
	for i, c := range all {
		cut := c.scaled(f.Impressions)
		cut.Clicks = min(cut.Clicks, f.Clicks)
		cut.Likes = min(cut.Likes, f.Likes)
		cut.Opinions = min(cut.Opinions, f.Opinions)
		if cut.Ratings > f.Ratings {
			cut.Stars *= f.Ratings / cut.Ratings
			cut.Ratings = f.Ratings
		}
		if cut.Baskets > f.Baskets {
			cut.Pieces *= f.Baskets / cut.Baskets
			cut.Baskets = f.Baskets
		}
		cut.Revenue = min(cut.Revenue, f.Revenue)
		if cut != c {
			f.Cut++
		}
		all[i] = cut
	}
}
