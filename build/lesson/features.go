package lesson

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/examples"
	"sparrow/wasm/feature"
)

var features = []Lesson{
	{Number: 4, Title: "Kinds of features", run: kinds,
		Course: "The course counts and averages over the whole log in Spark (FeatureEngForRecModel.scala) and joins the result to every row: a row of an item's first day then knows how it was rated years later. Windows over a user's own past are cut before the row, as here.",
		Beside: []string{"wasm/feature/source.go", "wasm/feature/encounter.go", "build/examples/stream.go"},
		More:   "go test -v -run Sources ./wasm/feature"},
	{Number: 5, Title: "Processing: one-hot, multi-hot, buckets, normalization", run: processing,
		Course: "FeatureEngineering.scala shows the same four with Spark's OneHotEncoderEstimator, StringIndexer, QuantileDiscretizer (100 buckets) and MinMaxScaler, and prints each result. Its statistics of items are those of the whole log.",
		Beside: []string{"wasm/feature/schema.go", "build/examples/columns.go", "build/examples/fit.go", "build/examples/set.go"},
		More:   "go test -v ./build/examples"},
}

// day writes a moment; data without times have none.
func day(at uint32) string {
	if at == 0 {
		return "–"
	}
	return time.Unix(int64(at), 0).UTC().Format(time.DateOnly)
}

// stars writes what a user gave.
func stars(i dataset.Interaction) string {
	if i.Stars == 0 {
		return "–"
	}
	return strconv.FormatFloat(float64(i.Stars)/2, 'f', 1, 64)
}

// genresOf writes an item's genres.
func genresOf(d *dataset.Dataset, genres []uint8) string {
	var all []string
	for _, g := range genres {
		all = append(all, d.Catalog.GenreNames[g])
	}
	return strings.Join(all, ", ")
}

// log shows what a user did, oldest first.
func (p *Page) log(d *dataset.Dataset, events []dataset.Interaction) {
	var rows [][]string
	for _, e := range events {
		rows = append(rows, []string{day(e.At), name(d, e.Row), genresOf(d, d.Catalog.Genres[e.Row]), stars(e)})
	}
	p.Table("day|item|genres|stars", rows...)
}

// kindsOfFeatures are the kinds that the course tells apart, with features of each.
var kindsOfFeatures = []struct {
	kind     string
	features []string
}{
	{"behaviour", []string{"userRatedMovie1", "userRatedMovie2", "userGenre1", "userRatingCount", "userAvgRating"}},
	{"relation", []string{"transitionFromLast", "genreAffinity", "genreOfLast"}},
	{"attribute", []string{"movieId", "movieGenre1", "releaseYear"}},
	{"statistics", []string{"movieRatingCount", "movieAvgRating", "movieRatingStddev", "movieTrend"}},
	{"context", []string{"secondsSinceLast", "sittingEvents"}},
}

// kinds is lesson 04.
func kinds(p *Page, d *dataset.Dataset) error {
	u := busiest(d)
	events := d.Of(u)
	last := len(events) - 1
	p.Step("Before: the log of one user")
	p.log(d, events[max(0, last-5):])
	p.Say("User %s did %s. A model is asked about the last row: how does this user like this item? It may know what stands above it, and what others did until then.", d.Users[u], count(len(events), "thing"))

	p.Step("After: the features of that row, and of an earlier one")
	early := last / 4
	set := examples.New(d, labelled(d), examples.Never)
	places := [2]int{slices.Index(set.At, int32(d.Start[u]+early)), slices.Index(set.At, int32(d.Start[u]+last))}
	met := [2]*feature.Encounter{encounter(d, u, early), encounter(d, u, last)}
	numbers := map[string][]float32{}
	var rows [][]string
	for _, k := range kindsOfFeatures {
		for _, f := range k.features {
			row := []string{k.kind, f}
			source, _ := feature.SourceOf(f)
			if source.Numeric() {
				numbers[f] = set.Scores(f)
			}
			for i := range places {
				if source.Numeric() {
					row = append(row, fmt.Sprintf("%.2f", numbers[f][places[i]]))
				} else {
					row = append(row, nameOf(d, met[i], source))
				}
			}
			rows = append(rows, row)
		}
	}
	p.Table(fmt.Sprintf("kind|feature|row %d, %s|row %d, %s", early+1, day(events[early].At), last+1, day(events[last].At)), rows...)
	p.Look("statistics are those of the moment of the row, so an item has others in each. Counts are logarithms: movieRatingCount is 0 for an item with as many ratings as the mean item, and below 0 for one with fewer. An item or a genre is a number in the model; its name stands here for people.")

	p.Step("What goes with liking an item")
	var liked, sizes []float64
	for _, label := range set.Labels {
		liked = append(liked, float64(label))
	}
	var names []string
	for _, k := range kindsOfFeatures {
		for _, f := range k.features {
			if values := numbers[f]; values != nil {
				names, sizes = append(names, f), append(sizes, math.Abs(correlation(values, liked)))
			}
		}
	}
	p.Bars(names, sizes, 2)
	p.Look("each bar is how closely a number goes with liking the item, over %s: the size of the correlation, 0 to 1. What is near 0 alone may still help together with others.", count(set.Len(), "row"))
	return nil
}

// encounter returns the ids of what is known of user u and the item of their event at the place, at its moment.
func encounter(d *dataset.Dataset, u, place int) *feature.Encounter {
	events := d.Of(u)
	e := feature.NewEncounter(d.Catalog)
	e.SetUser(evaluation.History(events[:place]), int32(u), int64(events[place].At))
	e.SetItem(events[place].Row, feature.Crowd{}) // numbers are read from the set
	return e
}

// nameOf writes an item or a genre by its number and its name.
func nameOf(d *dataset.Dataset, e *feature.Encounter, s feature.Source) string {
	var id [1]int32
	e.IDs(id[:], s)
	switch {
	case id[0] < 0:
		return "none"
	case strings.Contains(s.String(), "Genre"):
		return fmt.Sprintf("%d (%s)", id[0], d.Catalog.GenreNames[id[0]])
	}
	return fmt.Sprintf("%d (%s)", id[0], d.Catalog.Titles[id[0]])
}

// labelled returns every opinion as a row: whether the user liked the item.
func labelled(d *dataset.Dataset) (wanted []examples.Wanted) {
	for u := range d.Users {
		for i := d.Start[u]; i < d.End[u]; i++ {
			w := examples.Wanted{User: int32(u), At: int32(i)}
			if h := evaluation.History(d.Interactions[i : i+1]); len(h) > 0 && h[0].Positive() {
				w.Label = 1
			}
			wanted = append(wanted, w)
		}
	}
	return wanted
}
