package lesson

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/wasm/feature"
)

// processing is lesson 05.
func processing(p *Page, d *dataset.Dataset) error {
	set := examples.New(d, labelled(d), examples.Never)
	slots := 1
	for _, g := range d.Catalog.Genres {
		slots = max(slots, min(4, len(g)))
	}
	schema, err := examples.Fit([]feature.Column{
		examples.Standardized("releaseYear"), {Name: "rating in 0..1", Source: "movieAvgRating", Kind: feature.MinMax}, examples.LogScaled("secondsSinceLast"),
		examples.Bucketized("movieRatingCount", 5), examples.OneHot("movieId"), examples.MultiHot("movieGenres", slots),
	}, set)
	if err != nil {
		return err
	}
	var picked []int32
	for i := range 5 {
		picked = append(picked, int32(i*(set.Len()-1)/4))
	}

	p.Step("Before: rows of the log, with what was known at their moment")
	year, mean, since, known := set.Scores("releaseYear"), set.Scores("movieAvgRating"), set.Scores("secondsSinceLast"), set.Scores("movieRatingCount")
	var rows [][]string
	for _, i := range picked {
		e := d.Interactions[set.At[i]]
		rows = append(rows, []string{fmt.Sprint(i + 1), name(d, e.Row), genresOf(d, d.Catalog.Genres[e.Row]), fmt.Sprint(year[i]), fmt.Sprintf("%.2f", mean[i]),
			fmt.Sprintf("%.0f", since[i]), fmt.Sprintf("%.2f", known[i]), fmt.Sprint(set.Labels[i])})
	}
	p.Table("row|item|genres|year|mean stars|seconds since last|rating count|liked", rows...)

	p.Step("What was learned from all rows")
	rows = nil
	for _, c := range schema.Columns {
		rule := fmt.Sprintf("a vector of %s, of which up to %d are 1", thousands(int(c.Size)), max(1, int(c.Slots)))
		switch {
		case c.Kind == feature.Bucketized:
			rule = fmt.Sprintf("buckets with edges at %.2f", c.Edges)
		case c.Kind.Numeric():
			rule = fmt.Sprintf("(x − %.4g) / %.4g, x from %.4g to %.4g", c.Mean, c.Deviation, c.Low, c.High)
		}
		rows = append(rows, []string{c.Name, kindNames[c.Kind], rule})
	}
	p.Table("column|kind|rule", rows...)

	p.Step("After: what a model reads")
	var batch feature.Batch
	set.Encoder(schema).Encode(picked, &batch)
	rows = nil
	for i := range picked {
		genre := batch.IDs[2][i*slots:][:slots]
		rows = append(rows, cells(picked[i]+1, batch.Numeric[3*i], batch.Numeric[3*i+1], batch.Numeric[3*i+2], batch.IDs[0][i], batch.IDs[1][i], fmt.Sprint(genre), ones(genre, len(d.Catalog.GenreNames))))
	}
	p.Table("row|year|mean stars|ln seconds|bucket|item|genres|the genres as 0 and 1", rows...)
	p.Look("the numbers are now of one size: years and seconds no longer drown stars. Ids stand for vectors of 0 and 1: a model looks their row up and never multiplies by all the zeros. -1 is a place without a value.")

	p.Step("Why buckets: as many rows in each")
	p.buckets(known, schema.Columns[3].Edges)

	p.Step("Statistics as of their time")
	p.asOf(d, set, mean)
	return nil
}

var kindNames = map[feature.Kind]string{feature.Standardized: "standardized", feature.MinMax: "min-max", feature.LogScaled: "logarithm, standardized",
	feature.Bucketized: "buckets", feature.OneHot: "one-hot", feature.MultiHot: "multi-hot"}

// ones writes ids as a vector of n zeros and ones, cut where it is long.
func ones(ids []int32, n int) string {
	vector := bytes.Repeat([]byte("0"), n)
	for _, id := range ids {
		if id >= 0 {
			vector[id] = '1'
		}
	}
	return clip(string(vector), 24)
}

// buckets draws how many values are in equal parts of their range, and in the buckets between edges.
func (p *Page) buckets(values, edges []float32) {
	low, high := slices.Min(values), slices.Max(values)
	n := len(edges) + 1
	equal, between := make([]float64, n), make([]float64, n)
	var names, cut []string
	for k := range n {
		names = append(names, fmt.Sprintf("%.2f … %.2f", low+(high-low)*float32(k)/float32(n), low+(high-low)*float32(k+1)/float32(n)))
		from, to := low, high
		if k > 0 {
			from = edges[k-1]
		}
		if k < len(edges) {
			to = edges[k]
		}
		cut = append(cut, fmt.Sprintf("%.2f … %.2f", from, to))
	}
	for _, v := range values {
		if high > low {
			equal[min(n-1, int(float32(n)*(v-low)/(high-low)))]++
		} else {
			equal[0]++
		}
		at, _ := slices.BinarySearchFunc(edges, v, func(e, v float32) int {
			if e <= v {
				return -1
			}
			return 1
		})
		between[at]++
	}
	p.Say("Rows by movieRatingCount, in %d parts of equal width:", n)
	p.Bars(names, equal, 0)
	p.Say("And in the buckets that were cut at quantiles:")
	p.Bars(cut, between, 0)
	p.Look("the bars of the second plot are about as long as each other, so each bucket has rows to learn from.")
}

// correlation returns Pearson's of x and y, 0 where one of them is the same everywhere.
func correlation(x []float32, y []float64) float64 {
	var mx, my, xx, yy, xy float64
	for i := range x {
		mx, my = mx+float64(x[i])/float64(len(x)), my+y[i]/float64(len(x))
	}
	for i := range x {
		a, b := float64(x[i])-mx, y[i]-my
		xx, yy, xy = xx+a*a, yy+b*b, xy+a*b
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

// asOf shows how the mean stars of the item with most rows moved, beside the mean of the whole log.
func (p *Page) asOf(d *dataset.Dataset, set *examples.Set, mean []float32) {
	counts := make([]int, d.Catalog.Len())
	for _, i := range set.At {
		counts[d.Interactions[i].Row]++
	}
	best := 0
	for r, n := range counts {
		if n > counts[best] {
			best = r
		}
	}
	var rows [][]string
	seen, sum, rated := 0, 0, 0
	for i, at := range set.At {
		e := d.Interactions[at]
		if int(e.Row) != best {
			continue
		}
		if seen%max(1, counts[best]/8) == 0 {
			rows = append(rows, []string{day(e.At), thousands(seen), fmt.Sprintf("%.2f", mean[i]), stars(e)})
		}
		seen++
		if e.Stars > 0 {
			sum, rated = sum+int(e.Stars), rated+1
		}
	}
	p.Table("day|rows of the item before|mean stars known then|what this user gave", rows...)
	whole := 0.0
	if rated > 0 {
		whole = float64(sum) / 2 / float64(rated)
	}
	p.Look("the item is %s. Each row knows the mean of the rows above it only; the first one has none and takes the mean of all ratings until then. Over the whole log it is %.2f: who gives that number to every row tells the first row what its own user is about to say.", d.Catalog.Titles[best], whole)
}
