package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
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
	b, _, err := bundledir.Open(n.Bundle)
	if err != nil {
		return err
	}
	own := b.Catalog.Len()
	if n.Items < own {
		return fmt.Errorf("--items %d: the bundle has %d already", n.Items, own)
	}
	n.grow(b)
	c, rng := b.Catalog, rand.New(rand.NewPCG(1, 62))
	var words []string
	for _, title := range c.Titles[:own] {
		words = append(words, strings.Fields(title)...)
	}
	for r := own; r < n.Items; r++ {
		title := make([]string, len(strings.Fields(c.Titles[r%own])))
		for i := range title {
			title[i] = words[rng.IntN(len(words))]
		}
		c.IDs[r], c.Titles[r], b.Statistics.Count[r] = catalog.ID(fmt.Sprint("made-", r)), strings.Join(title, " "), 1
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

// grow gives b so many items: those that it has, again and again, but for their names and what
// follows them.
func (n *Names) grow(b *bundle.Bundle) {
	c, own := b.Catalog, b.Catalog.Len()
	c.IDs, c.Titles, c.Years, c.Genres, c.Tags = again(c.IDs, n.Items), again(c.Titles, n.Items), again(c.Years, n.Items), again(c.Genres, n.Items), again(c.Tags, n.Items)
	c.Images, c.URLs, c.ImagePattern, c.URLPattern = nil, nil, nil, nil
	for i := range c.Attributes {
		c.Attributes[i].Grow(&c.Attributes[i], own, n.Items-own)
	}
	st := &b.Statistics
	st.Count, st.Mean, st.Stddev, st.Trend, st.Rated = again(st.Count, n.Items), again(st.Mean, n.Items), again(st.Stddev, n.Items), again(st.Trend, n.Items), nil
	m := &b.Retrieval
	for _, table := range []*quant.Matrix{&m.In, &m.Out} {
		table.Data, table.Scale, table.Rows = again(table.Data, n.Items*table.Cols), again(table.Scale, n.Items), n.Items
	}
	m.Bias, m.Cells = again(m.Bias, n.Items), nil
	lists := []*retrieval.Lists{&b.Transition}
	if b.Profile != nil {
		lists = append(lists, &b.Profile.Lists)
	}
	for _, l := range lists {
		for len(l.Start) <= n.Items {
			l.Start = append(l.Start, l.Start[len(l.Start)-1])
		}
		l.Scale = append(l.Scale, make([]float32, n.Items-own)...)
	}
	b.First, b.Together, b.Pointwise, b.Golden = 0, nil, nil, nil
}

// again returns n values: those of s, from the first one on as often as it takes.
func again[T any](s []T, n int) []T {
	if len(s) == 0 {
		return nil
	}
	out := make([]T, n)
	for i := range out {
		out[i] = s[i%len(s)]
	}
	return out
}
