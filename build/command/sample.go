package command

import (
	"errors"
	"fmt"
	"path/filepath"

	"sparrow/build/console"
	"sparrow/build/sample"
)

type sampleVerb struct {
	Name   string    `arg:"" enum:"${samples}" help:"One of ${enum}."`
	Out    outFolder `default:"data" placeholder:"DIR" help:"Folder that gets a folder of the catalog's name (${default})."`
	Items  int       `default:"0" placeholder:"N" help:"How many items there are; 0 for as many as said below (${default})."`
	People int       `default:"0" placeholder:"N" help:"How many people there are; likewise (${default})."`
	Seed   uint64    `default:"1" placeholder:"N" help:"Seed of all that is made up (${default})."`
}

func (sampleVerb) Help() string {
	return `Makes up a catalog, and what people did with it, as items.csv, interactions.csv and a vocabulary.json of what items are called. books is a shop of
20,000 titles in German, English and Chinese, with ISBN, authors, categories, price and stock, where 9,000 readers look, put into carts,
buy and send back. music is a magazine of 6,000 records without genres and years, which 4,000 people play and read about.
The same seed makes the same bytes.

Examples:
  go run ./build sample books
  go run ./build sample books --items 2000 --people 900
  go run ./build sample music --out /tmp --seed 2`
}

// Validate is called by kong.
func (v *sampleVerb) Validate() error {
	if err := v.Out.Validate(); err != nil { // it has a default
		return fmt.Errorf("--out: %w", err)
	}
	if v.Items < 0 || v.People < 0 {
		return errors.New("--items and --people must not be negative")
	}
	return nil
}

func (v *sampleVerb) Run(c *console.Console) error {
	dir := filepath.Join(string(v.Out), v.Name)
	c.Stage("make up " + v.Name)
	if err := sample.Write(c.Ctx, v.Name, dir, sample.Options{Seed: v.Seed, Items: v.Items, People: v.People}); err != nil {
		return err
	}
	c.Stop()
	c.Say("%s is ready; next: go run ./build bundle --input %s --out %s/bundle/", dir, dir, dir)
	return nil
}
