package examples

import (
	"fmt"
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// fitRows is the number of rows that are enough to fit columns on.
const fitRows = 200_000

// Fit returns the schema of columns for models that are trained on s. Numbers
// are clipped to the range they have in the rows and standardized by their mean
// and population standard deviation, or by 1 where that is 0; buckets are cut at quantiles, of
// which equal ones become one; vocabularies are those of the catalog and the
// data set, of one word at least. Of many rows it reads an even choice of about 200,000.
func Fit(columns []feature.Column, s *Set) (*feature.Schema, error) {
	if s.Len() == 0 {
		return nil, fmt.Errorf("examples: no rows to fit columns on")
	}
	return FitTo(columns, s.d, s.values)
}

// Every returns one of how many of n rows columns are fitted on: the first, and each that
// is so many further.
func Every(n int) int { return (n + fitRows - 1) / fitRows }

// FitTo is [Fit] for rows of d that are in no set: values returns the values of each of
// the sources in those rows that are fitted on, at least one. It changes their order.
func FitTo(columns []feature.Column, d *dataset.Dataset, values func([]feature.Source) [][]float32) (*feature.Schema, error) {
	schema := &feature.Schema{Columns: slices.Clone(columns)}
	var sources []feature.Source // of the columns that read numbers
	var fitted []*feature.Column
	for i := range schema.Columns {
		c := &schema.Columns[i]
		source, ok := feature.SourceOf(c.Source)
		switch {
		case !ok:
			return nil, fmt.Errorf("examples: column %s: unknown feature %q", c.Name, c.Source)
		case source.Numeric():
			sources, fitted = append(sources, source), append(fitted, c)
		case c.Kind == feature.OneHot || c.Kind == feature.MultiHot || c.Kind == feature.Sequence:
			c.Size = int32(max(1, source.Vocabulary(d.Catalog.Len(), len(d.Catalog.GenreNames), len(d.Users)))) // 1 in a catalog without genres: no id is of it
		}
	}
	fit := values(sources)
	for i, c := range fitted {
		if c.Kind == feature.Bucketized {
			cut(c, fit[i])
		} else {
			standardize(c, fit[i])
		}
	}
	if err := schema.Check(); err != nil {
		return nil, fmt.Errorf("examples: %w", err)
	}
	return schema, nil
}

// values returns the values of each of the sources in the rows that are fitted on.
func (s *Set) values(sources []feature.Source) [][]float32 {
	every := Every(s.Len())
	values := make([][]float32, len(sources))
	r := reader{set: s, encounter: feature.NewEncounter(s.d.Catalog)}
	for i := 0; i < s.Len(); i += every {
		r.read(i)
		for k, source := range sources {
			values[k] = append(values[k], r.encounter.Value(source))
		}
	}
	return values
}

// standardize fits a column that becomes a number.
func standardize(c *feature.Column, values []float32) {
	if c.Kind == feature.LogScaled {
		for i, v := range values {
			values[i] = float32(math.Log1p(float64(v)))
		}
	}
	c.Low, c.High = slices.Min(values), slices.Max(values)
	var sum, squares float64
	for _, v := range values {
		sum += float64(v)
	}
	mean := sum / float64(len(values))
	for _, v := range values {
		squares += (float64(v) - mean) * (float64(v) - mean)
	}
	c.Mean, c.Deviation = float32(mean), float32(math.Sqrt(squares/float64(len(values))))
	if c.Kind == feature.MinMax {
		c.Mean, c.Deviation = c.Low, c.High-c.Low
	}
	if !(c.Deviation > 1e-6) {
		c.Deviation = 1
	}
}

// cut fits a column that becomes buckets, at most c.Size of them.
func cut(c *feature.Column, values []float32) {
	slices.Sort(values)
	c.Edges = nil
	for k := 1; k < int(c.Size); k++ {
		edge := values[k*len(values)/int(c.Size)]
		if edge > values[0] && (len(c.Edges) == 0 || edge > c.Edges[len(c.Edges)-1]) {
			c.Edges = append(c.Edges, edge)
		}
	}
	c.Size = int32(len(c.Edges) + 1)
}
