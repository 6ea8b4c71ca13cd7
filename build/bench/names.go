package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/wasm/attribute"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// Names makes a bundle for searches up: the items of a bundle, and others whose titles are of
// its words, as many each as its titles have, so that words are as common as they are.
type Names struct {
	Bundle string `help:"Folder of the bundle whose titles are searched." default:"data/demo" type:"existingdir"`
	Items  int    `help:"How many items there are in all." default:"62000"`
	Out    string `help:"File to write." required:""`
}

// Run writes the bundle.
func (n *Names) Run() error {
	from, _, err := bundledir.Open(n.Bundle)
	if err != nil {
		return err
	}
	own := from.Catalog.Len()
	if n.Items < max(own, 1000) {
		return fmt.Errorf("--items %d: the bundle has %d, and fewer than 1,000 are too few", n.Items, own)
	}
	b := enginetest.Synthetic(n.Items)
	c := b.Catalog
	copy(c.IDs, from.Catalog.IDs)
	for r := own; r < n.Items; r++ {
		c.IDs[r] = catalog.ID(fmt.Sprint("made-", r))
	}
	var words []string
	for _, title := range from.Catalog.Titles {
		words = append(words, strings.Fields(title)...)
	}
	rng := rand.New(rand.NewPCG(1, 62))
	for r := range c.Titles {
		if r < own {
			c.Titles[r], c.Years[r], b.Statistics.Count[r] = from.Catalog.Titles[r], from.Catalog.Years[r], from.Statistics.Count[r]
			continue
		}
		title := make([]string, len(strings.Fields(from.Catalog.Titles[rng.IntN(own)])))
		for i := range title {
			title[i] = words[rng.IntN(len(words))]
		}
		c.Titles[r], b.Statistics.Count[r] = strings.Join(title, " "), 1
	}
	c.Attributes = nil
	for _, column := range from.Catalog.Attributes {
		if strings.HasPrefix(column.Name, catalog.NameColumn) {
			var grown attribute.Column
			column.Grow(&grown, own, n.Items-own)
			c.Attributes = append(c.Attributes, grown)
		}
	}
	c.Index()
	data, err := bundle.Encode(b)
	if err != nil {
		return err
	}
	if _, _, err := bundledir.Write(context.Background(), n.Out, data); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d items, %d of their titles made up\n", n.Out, n.Items, n.Items-own)
	return nil
}
