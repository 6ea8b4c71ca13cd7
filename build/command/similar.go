package command

import (
	"fmt"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

type similarVerb struct {
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Item   string     `placeholder:"ID" xor:"which" required:"" help:"Item id of the item."`
	All    bool       `xor:"which" required:"" help:"Write the lists of all items to --out."`
	K      int        `default:"10" placeholder:"K" help:"Length of the list (${default})."`
	Out    outStream  `placeholder:"FILE" help:"With --all: item_id,rank,similar_id,score; - is the standard output."`
	formatFlag
	filterFlag
	quotaFlags
	liveFlag
	JSON bool `name:"json" help:"Print the list as JSON."`
}

func (similarVerb) Help() string {
	return `Lists the items most like one, best first: the engine's own answer, as the app shows it. Where fewer are known to be
like it, by who liked them or by what they are about, popular ones fill the list; they are labelled, as "alike": false in
JSON. With --filter a list holds only items that it is true of, as many as it asks for where there are as many. With --max, --min and --diversity the
list keeps to quotas as a whole, not five items of one author: wasm/filter/GRAMMAR.md tells how. With --live it goes by a
live overlay as of now: what is sold out, hidden or excluded is left out, and below an item that rules move stands which ones did, and from what place.

With --all it is a file of the lists of all items, whole or not at all; what is there for being popular has a score of 0.

Examples:
  go run ./build similar --bundle data/demo --item 1
  go run ./build similar --bundle mine.bundle --item tt0114814 --k 20 --json
  go run ./build similar --bundle mine.bundle --item 50 --filter "in_stock and price<50 and genre=same"
  go run ./build similar --bundle mine.bundle --item 50 --max author:2 --min lang:2 --exclude 51,52
  go run ./build similar --bundle data/mine --all --k 20 --out similar.parquet
  go run ./build similar --bundle data/mine --all --format jsonl --out - | gzip > similar.jsonl.gz`
}

// similarFigure is one item of the list.
type similarFigure struct {
	Rank  int     `json:"rank"`
	Alike bool    `json:"alike"` // else it is there for being popular
	ID    string  `json:"item_id"`
	Title string  `json:"title"`
	Year  int16   `json:"year,omitempty"`
	Score float32 `json:"score"`
	Taste float32 `json:"taste"`
	Story float32 `json:"story"`

	MovedBy []string `json:"moved_by,omitempty"` // rules of the overlay, "" for the item's own boost
	Before  int      `json:"before,omitempty"`   // its place without them; 0 for none among the first 500
}

func (v *similarVerb) Run(c *console.Console) error {
	if v.K < 1 {
		return console.Usagef("--k must be at least 1")
	}
	switch {
	case v.All && v.Out == "":
		return console.Usagef("--all writes a file: name it with --out, or the standard output with --out -")
	case v.All && (v.Filter != "" || v.quotaFlags != quotaFlags{} || v.Live != "" || v.JSON):
		return console.Usagef("--all takes none of --filter, --exclude, --max, --min, --diversity, --live and --json: ask for items one by one, or take go run ./build serve")
	case !v.All && (v.Out != "" || v.Format != "auto"):
		return console.Usagef("--out and --format are of --all: the list of one item is printed")
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	if v.All {
		if others := b.Catalog.Len() - 1; v.K > others {
			c.Say("--k %d: the catalog has only %s", v.K, plural.Of(others, "other item"))
		}
		return v.all(c, b)
	}
	start, err := v.engines(c, b)
	if err != nil {
		return err
	}
	e := start()
	items := e.Catalog()
	row, err := rowOf(items, v.Item)
	if err != nil {
		return err
	}
	if others := items.Len() - 1; v.K > others {
		c.Say("--k %d: the catalog has only %s", v.K, plural.Of(others, "other item"))
	}
	among, err := v.among(c, e, row)
	if err != nil {
		return err
	}
	quotas, err := v.quotas(e)
	if err != nil {
		return err
	}
	among = v.without(c, e, among)
	if quotas != nil {
		among = e.Within(quotas, v.K, func(n int) (rows []catalog.Row) {
			for _, s := range e.SimilarPinned(row, n, among) {
				rows = append(rows, s.Row)
			}
			return rows
		})
	}
	list := []similarFigure{}
	var places map[catalog.Row]int
	if v.Live != "" {
		places = placesWithout(e, row, among)
	}
	for i, s := range e.SimilarPinned(row, v.K, among) {
		f := similarFigure{Rank: i + 1, Alike: s.Score > 0, ID: string(items.IDs[s.Row]), Title: items.Titles[s.Row], Year: items.Years[s.Row], Score: s.Score, Taste: s.Taste, Story: s.Story}
		if f.MovedBy = e.Movers(s.Row); f.MovedBy != nil {
			f.Before = places[s.Row]
		}
		list = append(list, f)
	}
	if v.JSON {
		return c.JSON(list)
	}
	title := titleOf(items, row)
	if len(list) == 0 || list[0].Alike {
		fmt.Fprintf(c.Out, "like %s\n", title)
	} else {
		fmt.Fprintf(c.Out, "no item is known to be like %s: it has no interactions, and no genre, tag, year or word of its title that others have\n", title)
	}
	for i, s := range list {
		if !s.Alike && (i == 0 || list[i-1].Alike) {
			fmt.Fprintln(c.Out, "not like it, but popular:")
		}
		r, _ := items.Row(catalog.ID(s.ID))
		fmt.Fprintf(c.Out, "%3d  %-10s  %.3f  %s\n", s.Rank, s.ID, s.Score, titleOf(items, r))
		if len(s.MovedBy) > 0 {
			fmt.Fprintf(c.Out, "     %s\n", movedText(s.MovedBy, s.Before, s.Rank))
		}
	}
	return nil
}
