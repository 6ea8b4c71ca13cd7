package command

import (
	"fmt"
	"io"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/overlay"
	"sparrow/build/plural"
	"sparrow/build/vocabulary"
	"sparrow/edge/durable"
	document "sparrow/edge/overlay"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
)

type overlayVerb struct {
	Items    itemsPath  `required:"" placeholder:"PATH" help:"Catalog as bundle reads it, items.csv or a folder with it: item_id, title, and columns that tell stock, price and what is hidden."`
	Bundle   bundlePath `placeholder:"PATH" help:"Bundle, or folder with a latest.json: what it lacks becomes new, and what it says already is left out."`
	Rules    string     `type:"existingfile" placeholder:"FILE" help:"Document with version and rules, which the overlay takes over: wasm/live/FORMAT.md."`
	Missing  string     `default:"keep" enum:"keep,hide" placeholder:"WHAT" help:"keep or hide: items of the bundle that the catalog lacks (${default})."`
	Out      outFile    `required:"" placeholder:"FILE" help:"The overlay: live.json beside latest.json."`
	Encoding string     `placeholder:"NAME" help:"Encoding of a catalog that is not UTF-8: windows-1252, gb18030, shift_jis …"`
	MaxBad   share      `default:"0.1%" placeholder:"SHARE" help:"Fail when more rows are bad, and more than 10: 0.1% or 0.001 (${default})."`
	JSON     bool       `name:"json" help:"Print the figures as JSON."`
}

func (overlayVerb) Help() string {
	return `Makes a live overlay of a catalog, without any training: what is sold out or hidden is in no list from the next minute on, prices
count for filters, and items that the bundle does not have are placed among those that they share genres, tags and words of the
title with. wasm/live/FORMAT.md has the format, for more than a catalog can say.

Columns are known by their names: stock, stock_quantity, inventory, inventory_quantity and variant_inventory_qty tell how many there
are, in_stock, availability and stock_status whether there are some, price, variant_price, regular_price and currency the price, hidden and published what is
shown. The run says what it understood.

Examples:
  go run ./build overlay --items items.csv --bundle data/mine --out data/mine/live.json
  go run ./build overlay --items items.csv --bundle data/mine --rules rules.json --missing hide --out data/mine/live.json
  go run ./build similar --bundle data/mine --item 50 --live data/mine/live.json`
}

// overlayFigures are what the run prints as JSON.
type overlayFigures struct {
	*overlay.Made
	Rules   int     `json:"rules"`
	Unused  int     `json:"unused"` // things in it that do nothing
	Bytes   int     `json:"bytes"`
	Seconds float64 `json:"seconds"`
}

func (v *overlayVerb) Run(c *console.Console) error {
	begun := time.Now()
	d, report, err := dataset.Open(c.Ctx, string(v.Items), dataset.Options{
		Encoding: v.Encoding, Attributes: overlay.Columns(), Lines: func(line string) { c.Say("%s", line) },
	})
	if err != nil {
		return err
	}
	if len(report.Drops)+len(report.Notes) > 0 {
		report.WriteTable(c.Err)
	}
	if err := report.Check(float64(v.MaxBad)); err != nil {
		return err
	}
	var f overlayFigures
	o := overlay.Options{HideMissing: v.Missing == "hide"}
	var b *bundle.Bundle
	if v.Bundle == "" {
		c.Say("without --bundle no item is new, and titles, pictures and pages stay those of the bundle")
	} else if b, _, err = bundledir.Open(string(v.Bundle)); err != nil {
		return err
	} else {
		o.Bundle = b.Catalog
		words, err := vocabulary.Parse([]byte(b.Meta.Vocabulary))
		if err != nil {
			return err
		}
		if !words.ShowsYears() { // of new items neither
			clear(d.Catalog.Years)
		}
	}
	f.Made = overlay.Of(d.Catalog, o)
	for _, line := range f.Lines {
		c.Say("%s", line)
	}
	if err := v.takeRules(c, &f); err != nil {
		return err
	}
	f.Overlay.At = begun.Unix()
	text := document.Encode(f.Overlay)
	if _, _, err := document.Decode(text); err != nil {
		return fmt.Errorf("%s would be refused, and is not written: %w", v.Out, err)
	}
	if b != nil {
		remarks := engine.New(b).Overlay(f.Overlay)
		sayRemarks(c, string(v.Out), &remarks)
		f.Unused = remarks.Count
	}
	err = durable.WriteFile(c.Ctx, string(v.Out), func(w io.Writer) error { _, err := w.Write(text); return err })
	if err != nil {
		return err
	}
	f.Bytes, f.Seconds = len(text), time.Since(begun).Seconds()
	if v.JSON {
		return c.JSON(f)
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s: %d sold out, %d hidden, %d changed, %d new, %s  %s  %.1f s\n", v.Out, plural.Of(f.Items, "item"),
		f.SoldOut, f.Hidden, f.Changed, f.New, plural.Of(f.Rules, "rule"), plural.Of(f.Bytes, "byte"), f.Seconds)
	return err
}

// takeRules takes the rules of --rules over.
func (v *overlayVerb) takeRules(c *console.Console, f *overlayFigures) error {
	if v.Rules == "" {
		return nil
	}
	o, remarks, err := readOverlay(v.Rules)
	if err != nil {
		return err
	}
	sayRemarks(c, "--rules", &remarks)
	if len(o.Items)+len(o.New) > 0 {
		return console.Usagef("%s has items or new items: --rules takes rules alone", v.Rules)
	}
	f.Overlay.Rules, f.Rules = o.Rules, len(o.Rules)
	return nil
}
