package evaluation

import (
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const (
	likedFrom = 8         // half stars from which a rating is a like
	likeStars = 5         // what the engine's session makes of a like
	likeApart = 5         // seconds between two likes of one sitting
	mainShare = 5         // a genre of one like in so many, or more, is a main one
	quiet     = 24 * 3600 // seconds between the data and a sitting
)

// likesOf returns the items that user u of d likes, oldest first: four stars and
// more, or chosen without stars, and counted in full.
func likesOf(d *dataset.Dataset, u int) []catalog.Row {
	var likes []catalog.Row
	for _, e := range d.Of(u) {
		if e.Part == 0 && (e.Stars == 0 || e.Stars >= likedFrom) {
			likes = append(likes, e.Row)
		}
	}
	return likes
}

// Sitting returns likes as the history of one sitting: given in their order, of five
// stars each as the session counts a like, five seconds apart, from start on in
// Unix seconds. Nothing of when or how the items were rated is left.
func Sitting(likes []catalog.Row, start int64) feature.History {
	h := make(feature.History, len(likes))
	for i, r := range likes {
		h[i] = feature.Event{Row: r, Stars: likeStars, At: start + likeApart*int64(i)}
	}
	return h
}

// afterAll returns a moment a day after all that d holds.
func afterAll(d *dataset.Dataset) int64 {
	var last uint32
	for u := range d.Users {
		for _, e := range d.Of(u) {
			last = max(last, e.At)
		}
	}
	return int64(last) + quiet
}

// mainGenres returns, [G], which genres are main ones of likes: those that a fifth
// of them or more have.
func mainGenres(c *catalog.Catalog, likes []catalog.Row) []bool {
	times := make([]int, len(c.GenreNames))
	for _, r := range likes {
		for _, g := range c.Genres[r] {
			times[g]++
		}
	}
	main := make([]bool, len(times))
	for g, n := range times {
		main[g] = n > 0 && mainShare*n >= len(likes)
	}
	return main
}
