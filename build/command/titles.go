package command

import (
	"fmt"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/build/titles"
)

type titlesVerb struct {
	Titles string     `required:"" type:"existingfile" placeholder:"FILE" help:"Names of items: a CSV file with the columns item_id, lang and title."`
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle to add them to, or folder with a latest.json."`
	Out    outBundle  `required:"" placeholder:"PATH" help:"File to write, or folder of bundles."`
	JSON   bool       `name:"json" help:"Print the figures as JSON."`
}

func (titlesVerb) Help() string {
	return `Adds names of items to a bundle: titles in other languages, which pages in these languages show, and other names, which are
found by a search. Nothing is trained, and all lists stay what they are. bundle reads the same file, --titles or titles.csv of
its input.

The file has the columns item_id, lang and title: lang is de, zh or pt-br; without one a name is searched and never shown. Of
several rows of an item in one language the first one is shown. They become the columns title_de, title_zh and title_also of the
bundle, in place of those that it has, and with title_zh its pinyin, title_pinyin, by which a search finds them too.

Examples:
  go run ./build titles --titles titles.csv --bundle data/mine --out data/mine/
  go run ./build titles --titles titles.csv --bundle mine.bundle --out next.bundle --json`
}

func (v *titlesVerb) Run(c *console.Console) error {
	begun := time.Now()
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	t, err := titles.Read(v.Titles, b.Catalog)
	if err != nil {
		return err
	}
	p, err := pipeline.AddTitles(c.Ctx, c, b, t, string(v.Out))
	if err != nil {
		return err
	}
	p.Seconds = time.Since(begun).Seconds()
	if v.JSON {
		return c.JSON(struct {
			*pipeline.Packed
			Names   int `json:"names"`
			Items   int `json:"items"`
			Unknown int `json:"unknown"` // rows of items that the bundle lacks
		}{p, t.Names, t.Items, t.Unknown})
	}
	c.Say("%s: %s", v.Titles, t)
	_, err = fmt.Fprintf(c.Out, "%s  %s  sha256 %s  %.1f s\n", p.Bundle, plural.Of(p.Bytes, "byte"), p.SHA256, p.Seconds)
	return err
}
