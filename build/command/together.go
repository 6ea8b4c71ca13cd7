package command

import (
	"fmt"
	"math"
	"slices"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

type togetherVerb struct {
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Item   []string   `required:"" sep:"none" placeholder:"ID" help:"Item id of an item of the basket. May be given many times."`
	K      int        `default:"10" placeholder:"K" help:"Length of the list (${default})."`
	filterFlag
	JSON bool `name:"json" help:"Print the list as JSON."`
}

func (togetherVerb) Help() string {
	return `Lists the items that go with a basket, best first: the engine's own answer, as the widget shows it. First come those
that are bought together with its items more often than by chance, then, labelled, those that are like its items. A bundle
knows what is bought together where interactions.csv has purchases with their times: what one user bought on one day, UTC.

With --filter a list holds only items that it is true of; same stands for what the first item has.

Examples:
  go run ./build together --bundle data/mine --item 50
  go run ./build together --bundle data/mine --item 50 --item 60 --k 5 --json`
}

// togetherFigure is one item of the list.
type togetherFigure struct {
	Rank   int     `json:"rank"`
	Bought bool    `json:"bought"` // together with the basket; else it is like one of its items
	ID     string  `json:"item_id"`
	Title  string  `json:"title"`
	Year   int16   `json:"year,omitempty"`
	Score  float32 `json:"score"`
	With   string  `json:"with"`            // item id of the item of the basket that says most for it
	Times  float64 `json:"times,omitempty"` // as often as by chance, of one item and what is bought with it
}

func (v *togetherVerb) Run(c *console.Console) error {
	if v.K < 1 {
		return console.Usagef("--k must be at least 1")
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	var basket []catalog.Row
	for _, id := range v.Item {
		row, err := rowOf(b.Catalog, id)
		if err != nil {
			return err
		}
		if slices.Contains(basket, row) {
			return console.Usagef("--item %s comes twice: a basket has an item once", id)
		}
		basket = append(basket, row)
	}
	e := engine.New(b)
	among, err := v.among(c, e, basket[0])
	if err != nil {
		return err
	}
	if b.Together == nil {
		c.Say("the bundle does not know what is bought together: its data had no purchases with times, or no two items were bought together twice")
	}
	list := []togetherFigure{}
	for i, x := range e.Together(basket, v.K, among) {
		f := togetherFigure{i + 1, x.Linked, string(b.Catalog.IDs[x.Row]), b.Catalog.Titles[x.Row], b.Catalog.Years[x.Row], x.Score, string(b.Catalog.IDs[x.With]), 0}
		if x.Linked && len(basket) == 1 {
			f.Times = math.Round(100*math.Exp(float64(x.Score))) / 100
		}
		list = append(list, f)
	}
	if v.JSON {
		return c.JSON(list)
	}
	fmt.Fprintf(c.Out, "with %s\n", titleOf(b.Catalog, basket[0]))
	for _, r := range basket[1:] {
		fmt.Fprintf(c.Out, " and %s\n", titleOf(b.Catalog, r))
	}
	for i, f := range list {
		switch {
		case f.Bought && i == 0:
			fmt.Fprintln(c.Out, "bought together:")
		case !f.Bought && (i == 0 || list[i-1].Bought):
			fmt.Fprintln(c.Out, "not known to be bought together, but similar:")
		}
		r, _ := b.Catalog.Row(catalog.ID(f.ID))
		fmt.Fprintf(c.Out, "%3d  %-10s  %.3f  %s\n", f.Rank, f.ID, f.Score, titleOf(b.Catalog, r))
	}
	return nil
}
