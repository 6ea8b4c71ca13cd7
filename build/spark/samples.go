package spark

import (
	"errors"
	"fmt"
	"sort"

	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/wasm/feature"
)

// numbers are the features of samples that are numbers, in the order of their columns.
var numbers = []string{"releaseYear", "movieRatingCount", "movieAvgRating", "movieRatingStddev",
	"userRatingCount", "userAvgReleaseYear", "userReleaseYearStddev", "userAvgRating", "userRatingStddev"}

// How many buckets of equally many rows there are at most: the counts of the course's
// QuantileDiscretizer, and decades or so.
const (
	countBuckets = 100
	yearBuckets  = 10
)

// transformed returns the columns of samples that are fitted, in their order: numbers
// standardized, then one scaled to 0..1, then buckets.
func transformed() []feature.Column {
	var columns []feature.Column
	for _, name := range numbers {
		c := examples.Standardized(name)
		c.Name += "Standardized"
		columns = append(columns, c)
	}
	return append(columns, feature.Column{Name: "movieAvgRatingScaled", Source: "movieAvgRating", Kind: feature.MinMax},
		examples.Bucketized("movieRatingCount", countBuckets), examples.Bucketized("releaseYear", yearBuckets))
}

// kindNames are the kinds of those columns.
var kindNames = map[feature.Kind]string{feature.Standardized: "standardized", feature.MinMax: "scaled", feature.Bucketized: "bucket"}

// samples are the opinions of a data set in the order of time.
type samples struct {
	d     *dataset.Dataset
	n     int   // opinions
	train int   // of them before cut
	cut   int64 // moment from which on they are for tests: that of the opinion four fifths on
}

// newSamples returns the opinions of d, of which some must be older than the cut.
func newSamples(d *dataset.Dataset) (*samples, error) {
	if d.Timeless() {
		return nil, fmt.Errorf("%s: samples are rows as of their time: give interactions.csv a column timestamp with the moments", d.Order.Why())
	}
	s := &samples{d: d}
	order := examples.NewStream(d).Order()
	for _, at := range order {
		if d.Interactions[at].Part == 0 {
			s.n++
		}
	}
	i := 0
	for _, at := range order {
		if e := d.Interactions[at]; e.Part == 0 {
			if i == s.n*4/5 {
				s.cut = int64(e.At)
			}
			i++
		}
	}
	for _, at := range order {
		if e := d.Interactions[at]; e.Part == 0 && int64(e.At) < s.cut {
			s.train++
		}
	}
	if s.train == 0 {
		return nil, errors.New("no row is older than the moment that four fifths of the rows have come by: there is nothing to fit columns to; give data of a longer time")
	}
	return s, nil
}

// each calls do for the opinions in the order of time, the i-th of them with its user and
// its place in the data set. The crowd's statistics are known to the encounter as of the
// moment, strictly before it.
func (s *samples) each(e *feature.Encounter, do func(i int, user, at int32) error) error {
	stream := examples.NewStream(s.d)
	var history feature.History
	i := 0
	for _, place := range stream.Order() {
		at := int32(place)
		x := s.d.Interactions[at]
		if x.Part != 0 {
			continue
		}
		stream.Advance(int64(x.At))
		user := s.userOf(int(at))
		history = examples.HistoryBefore(s.d, history[:0], user, at)
		totals := stream.Totals()
		e.SetUser(history, user, int64(x.At))
		e.SetItem(x.Row, stream.Statistics().Crowd(x.Row, &totals))
		if err := do(i, user, at); err != nil {
			return err
		}
		i++
	}
	return nil
}

// userOf returns whose interaction stands at a place.
func (s *samples) userOf(at int) int32 {
	return int32(sort.Search(len(s.d.Start), func(u int) bool { return s.d.Start[u] > at }) - 1)
}

// fit returns the schema of the columns that are fitted, to the rows before the cut.
func (s *samples) fit() (*feature.Schema, error) {
	e := feature.NewEncounter(s.d.Catalog)
	every := examples.Every(s.train)
	return examples.FitTo(transformed(), s.d, func(sources []feature.Source) [][]float32 {
		values := make([][]float32, len(sources))
		s.each(e, func(i int, _, _ int32) error {
			if i >= s.train {
				return errStop
			}
			if i%every == 0 {
				for k, source := range sources {
					values[k] = append(values[k], e.Value(source))
				}
			}
			return nil
		})
		return values
	})
}

// errStop ends a pass early.
var errStop = errors.New("stop")
