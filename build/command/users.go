package command

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

type usersVerb struct {
	Input     string   `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of a data set: MovieLens, or items.csv and interactions.csv."`
	Bundle    string   `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	Name      string   `placeholder:"TEXT" help:"Name of the data set, shown to people (that of MovieLens is known, else it is that of the folder)."`
	IDs       []string `name:"ids" placeholder:"ID,…" help:"Users to take, in this order; else those with the lowest ids."`
	Most      int      `default:"100" placeholder:"N" help:"Take at most N users (${default})."`
	Entries   int      `default:"100" placeholder:"N" help:"Keep at most the N newest ratings of each, 1 to 500 (${default})."`
	Published bool     `help:"This is a data set that is published, or made up. Needed for all but MovieLens: what your own visitors and customers did is theirs."`
	JSON      bool     `name:"json" help:"Print the figures as JSON."`
}

func (usersVerb) Help() string {
	return `Writes users.json beside latest.json: people of a data set, whose ratings and recommendations the app shows at /user/ID, as
the course's own site does. Only for data sets that are published or made up: the file is public, and so is what they
rated. Feedback of visitors is refused, and a folder that is not known as MovieLens needs --published.

Of each user the newest ratings are kept, and how many they are in all. A rating of an item that the bundle lacks is kept:
the page counts those. What is left out is said. Take "users" out of latest.json, and the file away, to have no such pages.

The terms of MovieLens 1M and 100K do not allow to pass the data on: keep such a site to yourself.

Examples:
  go run ./build users --input data/ml-latest-small --bundle data/demo
  go run ./build users --input data/ml-latest-small --bundle data/demo --ids 42,414,610 --entries 500
  go run ./build users --input data/books --bundle data/books/bundle --published`
}

// mostShown is how many ratings of one user the engine takes and the app shows.
const mostShown = 500

// usersFigures are what the run prints as JSON.
type usersFigures struct {
	Path    string `json:"path"`
	Bytes   int    `json:"bytes"`
	Users   int    `json:"users"`
	Left    int    `json:"left_out"`         // users of the data set that are not in the file
	Empty   int    `json:"empty"`            // of those that were named, without a rating
	Entries int    `json:"entries"`          // of all users in the file
	Older   int    `json:"entries_left_out"` // of these users, for being older
	Unknown int    `json:"unknown_items"`    // entries whose item the bundle lacks
}

func (v *usersVerb) Run(c *console.Console) error {
	if err := outFolder(v.Bundle).Validate(); err != nil {
		return console.Usagef("--bundle: %w", err)
	}
	if v.Most < 1 {
		return console.Usagef("--most must be at least 1")
	}
	if v.Entries < 1 || v.Entries > mostShown {
		return console.Usagef("--entries goes from 1 to %d", mostShown)
	}
	if err := v.refuseFeedback(); err != nil {
		return err
	}
	b, _, err := bundledir.Open(v.Bundle)
	if err != nil {
		return fmt.Errorf("%w: make a bundle there first", err)
	}
	in := pipeline.DefaultInput(v.Input)
	in.Name = v.Name
	d, _, err := in.Read(c.Ctx, c)
	if err != nil {
		return err
	}
	if d.Citation == "" && !v.Published { // known sets alone have one without being told
		return console.Usagef("--input: %s is not known as MovieLens, and users.json is public: add --published if the data set is published or made up; what your own visitors and customers did is theirs", v.Input)
	}
	rows, err := v.choose(c, d)
	if err != nil {
		return err
	}
	figures := usersFigures{Left: len(d.Users) - len(rows)}
	all := &bundledir.Users{Of: d.Name, Users: []bundledir.User{}}
	for _, u := range rows {
		one := userOf(d, u, v.Entries)
		if len(one.Entries) == 0 {
			figures.Empty++
			figures.Left++
			continue
		}
		figures.Entries += len(one.Entries)
		figures.Older += one.Rated - len(one.Entries)
		for _, e := range one.Entries {
			if _, ok := b.Catalog.Row(catalog.ID(e[0].(string))); !ok {
				figures.Unknown++
			}
		}
		all.Users = append(all.Users, one)
	}
	figures.Users = len(all.Users)
	if figures.Users == 0 {
		return console.Usagef("--input: %s has no user with a rating, so there is nothing to show", v.Input)
	}
	if figures.Path, figures.Bytes, err = bundledir.WriteUsers(c.Ctx, v.Bundle, all); err != nil {
		return err
	}
	figures.say(c, v)
	if d.Licence != "" {
		c.Say("users.json is public on your site; the terms of the data: %s", d.Licence)
	}
	if v.JSON {
		return c.JSON(figures)
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s of %s with %s  %s\n", figures.Path, plural.Of(figures.Users, "user"), d.Name, plural.Of(figures.Entries, "rating"), plural.Of(figures.Bytes, "byte"))
	return err
}

// say says what was left out, and why.
func (f *usersFigures) say(c *console.Console, v *usersVerb) {
	if n := f.Left - f.Empty; n > 0 {
		why := "--most N takes more"
		if len(v.IDs) > 0 {
			why = "--ids names others"
		}
		c.Say("left out: %s; %s", plural.Of(n, "user"), why)
	}
	if f.Empty > 0 {
		c.Say("left out: %s without a rating", plural.Of(f.Empty, "user"))
	}
	if f.Older > 0 {
		c.Say("left out: %s of these users, for being older than the newest %d of each; --entries N keeps more", plural.Of(f.Older, "rating"), v.Entries)
	}
	if f.Unknown > 0 {
		c.Say("%s of items that the bundle lacks: pages count them", plural.Of(f.Unknown, "rating"))
	}
}

// refuseFeedback returns an error where the input holds segments of feedback: who is in them is a visitor.
func (v *usersVerb) refuseFeedback() error {
	for _, pattern := range []string{"*.seg", "*/*.seg"} {
		if found, _ := filepath.Glob(filepath.Join(v.Input, pattern)); len(found) > 0 {
			return console.Usagef("--input: %s holds feedback, %s: what visitors did is shown to nobody; name the folder of a data set", v.Input, filepath.Base(found[0]))
		}
	}
	return nil
}

// choose returns the users to take, as places in d.Users.
func (v *usersVerb) choose(c *console.Console, d *dataset.Dataset) ([]int, error) {
	var rows []int
	if len(v.IDs) == 0 {
		for u := range d.Users {
			if len(rows) < v.Most && len(d.Of(u)) > 0 {
				rows = append(rows, u)
			}
		}
		return rows, nil
	}
	for _, id := range v.IDs {
		id = strings.TrimSpace(id)
		u := slices.Index(d.Users, id)
		switch {
		case u < 0:
			return nil, console.Usagef("--ids: %s has no user %q; it has %s, from %q to %q", v.Input, id, plural.Of(len(d.Users), "user"), d.Users[0], d.Users[len(d.Users)-1])
		case slices.Contains(rows, u):
			c.Say("--ids names %s more than once", id)
		case len(rows) == v.Most:
			return nil, console.Usagef("--ids names more than %d users: --most %d takes them", v.Most, len(v.IDs))
		default:
			rows = append(rows, u)
		}
	}
	return rows, nil
}

// userOf returns user u of d with at most most of their newest ratings. What only counts in part, as a click in a list, is none.
func userOf(d *dataset.Dataset, u, most int) bundledir.User {
	one := bundledir.User{ID: d.Users[u], Entries: [][3]any{}}
	for _, i := range slices.Backward(d.Of(u)) {
		if !i.InProfile() {
			continue
		}
		one.Rated++
		if i.At > 0 {
			one.Since = int64(i.At)
		}
		if len(one.Entries) < most {
			one.Entries = append(one.Entries, [3]any{string(d.Catalog.IDs[i.Row]), float64(i.Stars) / 2, i.At})
		}
	}
	return one
}
