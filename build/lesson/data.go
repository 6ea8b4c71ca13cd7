package lesson

import (
	"context"
	"fmt"
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// madeUp is the data set of a lesson that is given none.
var madeUp = dataset.Shape{Seed: 1, Users: 400, Items: 120, Interactions: 10_000, Groups: 6}

var genres = []string{"Crime", "Comedy", "Drama", "Fantasy", "Travel", "Western"}

// MadeUp returns a small made-up data set and what to call it. Each user likes the items of
// one genre, and after some items comes the one that follows it in its genre; some items are better
// than others, and one opinion of five is of a bad day: it says nothing.
func MadeUp() (*dataset.Dataset, string) {
	d := dataset.Synthetic(madeUp)
	d.Name = "Made up"
	c := d.Catalog
	copy(c.GenreNames, genres)
	for r := range c.Len() {
		group := madeUp.Group(catalog.Row(r))
		c.Titles[r] = fmt.Sprintf("%s %d", genres[group], 1+r/madeUp.Groups)
		if r/madeUp.Groups%3 == 2 { // some items have two genres
			c.Genres[r] = append(c.Genres[r], uint8((group+1)%madeUp.Groups))
		}
	}
	rng := rand.New(rand.NewPCG(madeUp.Seed, 0x6c6573736f6e))
	better := make([]int, c.Len()) // half stars above what its users would give
	for r := range better {
		better[r] = rng.IntN(5) - 2
	}
	for i := range d.Interactions {
		e := &d.Interactions[i]
		e.Stars = uint8(min(10, max(1, int(e.Stars)+better[e.Row])))
		if rng.IntN(5) == 0 {
			e.Stars = uint8(1 + rng.IntN(10))
		}
	}
	return d, "made up here, always the same"
}

// most is how many interactions of a data set a lesson looks at, so that it ends within a minute.
const most = 20_000

// Open returns the data set in a folder and what to call it: of a large one the first users.
// notes say what was recognized, dropped and left out.
func Open(ctx context.Context, dir string) (d *dataset.Dataset, source string, notes []string, err error) {
	d, report, err := dataset.Open(ctx, dir, dataset.Options{})
	if report != nil {
		for _, n := range report.Notes {
			notes = append(notes, n.String())
		}
		for _, drop := range report.Drops {
			notes = append(notes, fmt.Sprintf("%s: %s left out: %s", drop.File, count(drop.Count, "row"), drop.Reason))
		}
	}
	if err == nil {
		err = report.Check(dataset.DefaultMaxBad)
	}
	if err == nil {
		err = report.CheckUnknown(dataset.DefaultMaxUnknown)
	}
	if err == nil && len(d.Interactions) == 0 {
		err = fmt.Errorf("%s has no interactions: a lesson needs what users did", dir)
	}
	if err != nil {
		return nil, "", notes, err
	}
	users := 0
	for users < len(d.Users) && d.End[users] <= most {
		users++
	}
	if users = max(1, users); users == len(d.Users) {
		return d, d.Name, notes, nil
	}
	notes = append(notes, fmt.Sprintf("%s: a lesson looks at the first %s of %s, so that it ends within a minute", dir, count(users, "user"), thousands(len(d.Users))))
	part := *d
	part.Users, part.Start, part.End = d.Users[:users], d.Start[:users], d.End[:users]
	part.Interactions = d.Interactions[:d.End[users-1]]
	part.Bought, part.BoughtEnd = nil, nil
	return &part, d.Name + ", a part of it", notes, nil
}

// name returns how a lesson writes an item.
func name(d *dataset.Dataset, r catalog.Row) string { return d.Catalog.Titles[r] }

// busiest returns the user with the most interactions of those with no more than 100, the
// first of equal ones, so that their history can be told; the first user where all have more.
func busiest(d *dataset.Dataset) int {
	best, n := 0, 0
	for u := range d.Users {
		if k := d.End[u] - d.Start[u]; k > n && k <= 100 {
			best, n = u, k
		}
	}
	return best
}
