package feature_test

import (
	"fmt"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// A history and an item become numbers. The history is oldest first; an event
// without stars speaks for its item too, since the user has chosen to watch.
func Example() {
	c := &catalog.Catalog{
		IDs: []catalog.ID{"50", "60", "70"}, Titles: []string{"Heat", "Casino", "Up"}, Years: []int16{1995, 1995, 2009},
		GenreNames: []string{"Crime", "Animation"}, Genres: [][]uint8{{0}, {0}, {1}}, Tags: make([][]uint16, 3),
	}
	c.Index()
	history := feature.History{
		{Row: 2, Stars: 2, At: 1_500_000_000},
		{Row: 0, Stars: 5, At: 1_500_086_400},
	}

	p := feature.NewEncounter(c)
	p.SetUser(history, -1, 1_500_090_000) // -1: a user who is not in the training data
	p.SetItem(1, feature.Crowd{Count: 20, AvgRating: 4, MeanStars: 3.5})
	for _, name := range []string{"userAvgRating", "genreAffinity", "movieShrunkenRating", "secondsSinceLast"} {
		source, _ := feature.SourceOf(name)
		fmt.Printf("%s %.1f\n", name, p.Value(source))
	}
	// Output:
	// userAvgRating 3.5
	// genreAffinity 1.0
	// movieShrunkenRating 3.9
	// secondsSinceLast 3600.0
}
