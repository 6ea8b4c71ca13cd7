package spark

import "sparrow/wasm/feature"

// rows turns encounters into rows of samples.
type rows struct {
	samples *samples
	encoder *feature.Encoder
	schema  *feature.Schema
	batch   feature.Batch
	numbers []feature.Source
	sources map[string]feature.Source
}

func newRows(s *samples, schema *feature.Schema) *rows {
	r := &rows{samples: s, schema: schema, encoder: feature.NewEncoder(schema, s.d.Catalog), sources: map[string]feature.Source{}}
	for _, name := range numbers {
		r.numbers = append(r.numbers, r.source(name))
	}
	return r
}

// source returns the feature called name, which there is.
func (r *rows) source(name string) feature.Source {
	source, known := r.sources[name]
	if !known {
		source, known = feature.SourceOf(name)
		if !known {
			panic("spark: no feature is called " + name)
		}
		r.sources[name] = source
	}
	return source
}

// ids stores the values of a feature in dst, -1 where it has fewer.
func (r *rows) ids(name string, dst ...*int32) {
	var ids [feature.Window]int32
	r.encoder.IDs(ids[:len(dst)], r.source(name))
	for i, d := range dst {
		*d = ids[i]
	}
}

// read returns the row of the encounter, which is that of an interaction of a user.
func (r *rows) read(user, at int32) Sample {
	d := r.samples.d
	x := d.Interactions[at]
	s := Sample{UserID: d.Users[user], ItemID: string(d.Catalog.IDs[x.Row]), At: int64(x.At), Stars: float32(x.Stars) / 2,
		Test: int64(x.At) >= r.samples.cut, User: user, Item: int32(x.Row)}
	if (feature.Event{Stars: s.Stars}).Positive() {
		s.Label = 1
	}
	for i, dst := range []*float32{&s.ReleaseYear, &s.ItemCount, &s.ItemMean, &s.ItemStddev, &s.UserCount, &s.UserYear, &s.YearStddev, &s.UserMean, &s.UserStddev} {
		*dst = r.encoder.Value(r.numbers[i])
	}
	r.ids("movieGenre1", &s.ItemGenre1)
	r.ids("movieGenre2", &s.ItemGenre2)
	r.ids("movieGenre3", &s.ItemGenre3)
	for _, g := range d.Catalog.Genres[x.Row] {
		s.ItemGenres = append(s.ItemGenres, int32(g))
	}
	r.ids("userGenres", &s.UserGenre1, &s.UserGenre2, &s.UserGenre3, &s.UserGenre4, &s.UserGenre5)
	r.ids("userRatedMovies", &s.Rated1, &s.Rated2, &s.Rated3, &s.Rated4, &s.Rated5)

	r.batch.Reset(r.schema, 1)
	r.encoder.Encode(&r.batch, 0)
	for i, dst := range []*float32{&s.ReleaseYearStandardized, &s.ItemCountStandardized, &s.ItemMeanStandardized, &s.ItemStddevStandardized,
		&s.UserCountStandardized, &s.UserYearStandardized, &s.YearStddevStandardized, &s.UserMeanStandardized, &s.UserStddevStandardized, &s.ItemMeanScaled} {
		*dst = r.batch.Numeric[i]
	}
	s.ItemCountBucket, s.ReleaseYearBucket = r.batch.IDs[0][0], r.batch.IDs[1][0]
	return s
}

// transforms returns what was fitted, a row a column.
func (r *rows) transforms() []Transform {
	var all []Transform
	for _, c := range r.schema.Columns {
		all = append(all, Transform{Column: c.Name, Source: c.Source, Kind: kindNames[c.Kind], Low: c.Low, High: c.High, Mean: c.Mean, Deviation: c.Deviation, Edges: c.Edges})
	}
	return all
}
