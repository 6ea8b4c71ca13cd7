package abtest

// Counts is what one visitor did in some stretch of time. They are not whole
// numbers once a fence has cut them.
type Counts struct {
	Present     float64 // 1 when the visitor did anything at all
	Impressions float64 // a card counts once a session and list
	Clicks      float64 // on cards whose impression is known, once each
	Likes       float64 // likes, and ratings of 3.5 stars and more
	Opinions    float64 // ratings, likes, dislikes, not interested
	Ratings     float64
	Stars       float64 // sum over the ratings
	Tail        float64 // impressions of items outside the best-known ones

	Bought  float64 // 1 when the visitor bought anything
	Baskets float64 // sessions in which they bought
	Pieces  float64 // that they bought and kept
	Revenue float64 // of these, in the currency of most purchases of the log
}

// plus returns the counts of two stretches of time together.
func (c Counts) plus(d Counts) Counts {
	return Counts{
		max(c.Present, d.Present), c.Impressions + d.Impressions, c.Clicks + d.Clicks, c.Likes + d.Likes,
		c.Opinions + d.Opinions, c.Ratings + d.Ratings, c.Stars + d.Stars, c.Tail + d.Tail,
		max(c.Bought, d.Bought), c.Baskets + d.Baskets, c.Pieces + d.Pieces, c.Revenue + d.Revenue,
	}
}

// Day is what a visitor did on one day of the experiment, 0 the first.
type Day struct {
	Day int
	Counts
}

// Visitor is one visitor of a layer, as they were exposed to it.
type Visitor struct {
	Arm    int        // of the layer
	Times  int        // exposures: once a session
	Before Counts     // before the first exposure: the covariate of CUPED
	Days   []Day      // from the first exposure on, ascending
	Credit [2]float64 // with interleaving, clicks on the cards of either team
}

// until returns what the visitor did from their first exposure to the end of a
// day, and false if they were not exposed by then.
func (v *Visitor) until(day int) (sum Counts, exposed bool) {
	for i := range v.Days {
		if v.Days[i].Day > day {
			break
		}
		sum, exposed = sum.plus(v.Days[i].Counts), true
	}
	return sum, exposed
}

// forever is later than every day.
const forever = int(^uint(0) >> 1)

// measure is a figure that is compared: Σ num / Σ den over visitors.
type measure struct {
	name, label string
	percent     bool // a share, shown in per cent
	num, den    func(*Counts) float64
}

// Measures in the order in which they are shown; the first is the one that an
// experiment is about unless another one is named.
var measures = []measure{
	{"ctr", "clicks per impression", true, clicks, impressions},
	{"clicks", "clicks per visitor", false, clicks, present},
	{"likes", "likes per visitor", false, func(c *Counts) float64 { return c.Likes }, present},
	{"opinion-rate", "opinions per impression", true, func(c *Counts) float64 { return c.Opinions }, impressions},
	{"stars", "mean stars", false, func(c *Counts) float64 { return c.Stars }, func(c *Counts) float64 { return c.Ratings }},
	{"tail", "impressions off the beaten track", true, func(c *Counts) float64 { return c.Tail }, impressions},
	{"conversion", "visitors who bought", true, func(c *Counts) float64 { return c.Bought }, present},
	{"revenue", "revenue per visitor", false, func(c *Counts) float64 { return c.Revenue }, present},
	{"basket", "pieces per basket", false, func(c *Counts) float64 { return c.Pieces }, func(c *Counts) float64 { return c.Baskets }},
}

// selling is how many of the measures, the last ones, are of purchases: where no one bought
// anything they are left out, since each that is tested costs the others.
const selling = 3

func clicks(c *Counts) float64      { return c.Clicks }
func impressions(c *Counts) float64 { return c.Impressions }
func present(c *Counts) float64     { return c.Present }
