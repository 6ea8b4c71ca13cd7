package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"text/tabwriter"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/shard"
)

// Shards measures a bundle in shards: what a visitor fetches until they have what is similar to an
// item and a personal list, and what of the answers of a scan of all items is in them.
type Shards struct {
	Bundle    string  `help:"File or folder of the bundle." default:"data/demo" type:"existingpath"`
	Items     int     `help:"Grow it to so many items: copies of its own, whose vectors are moved and which fewer people know; 0 to measure it as it is." default:"62000"`
	Width     int     `help:"Numbers of a vector once it has grown; what a copy has beside its item's numbers is drawn." default:"64"`
	Spread    float64 `help:"How far a copy is moved, in lengths of its vector." default:"0.7"`
	Cells     int     `help:"Cells; 0 for as many as build shards makes."`
	Core      int     `help:"Items of the core; 0 likewise."`
	Following int     `help:"Cells that are fetched for what follows the likes, beside those that retrieval looks into." default:"4"`
	Users     int     `help:"Visitors that recall is measured with, and as many items." default:"300"`
	Visits    int     `help:"First visits that are played." default:"20"`
}

// The bars: of bytes by items, and of what is found.
const (
	shardRecall = 0.95
	shardK      = 10
	perList     = 150 // KB of a later list
)

var shardBars = map[int]float64{62_000: 300, 1_000_000: 1500} // KB

// Run prints what 1, 2, … cells find and weigh, and then the figures beside their bars.
func (s Shards) Run() error {
	b, _, err := bundledir.Open(s.Bundle)
	if err != nil {
		return err
	}
	if s.Items > 0 {
		if s.Items < b.Catalog.Len() || s.Width < b.Retrieval.Out.Cols {
			return fmt.Errorf("--items %d --width %d: the bundle has %d × %d already", s.Items, s.Width, b.Catalog.Len(), b.Retrieval.Out.Cols)
		}
		s.grow(b)
	}
	begun := time.Now()
	files, err := shard.Cut(b, shard.Options{Core: s.Core, Cells: s.Cells})
	if err != nil {
		return err
	}
	core := sent(files.Core)
	fmt.Printf("cut in %.1f s: core %d bytes, %d compressed; cells %d bytes, %.1f an item; left out: %v\n",
		time.Since(begun).Seconds(), len(files.Core), core, len(files.Cells), float64(len(files.Cells))/float64(b.Catalog.Len()), files.Dropped)
	whole, err := newFlat(b, files)
	if err != nil {
		return err
	}
	histories := histories(b, s.Users)
	lists := whole.lists(histories)
	writeReach(os.Stdout, lists)
	similar, weighs, err := whole.similar(s.Users)
	if err != nil {
		return err
	}
	of := max(1, lists.least(shardRecall))
	visit, err := s.visits(b, files, core, of)
	if err != nil {
		return err
	}
	bar, barred := shardBars[b.Catalog.Len()]
	later := float64(perList)
	if !barred {
		bar, later = math.NaN(), math.NaN()
	}
	runs := fmt.Sprintf("%d visits", s.Visits)
	n := fmt.Sprintf(", %d items × %d", b.Catalog.Len(), b.Retrieval.Out.Cols)
	return verdict([]Figure{
		{Name: fmt.Sprintf("recall@%d of a scan for a user, %d of %d cells%s", shardK, of, len(whole.shards.Bias), n), Bar: shardRecall, AtLeast: true, Measured: lists.recall[of-1], Runs: fmt.Sprint(s.Users, " users")},
		{Name: fmt.Sprintf("recall@%d of a scan by cosine", shardK), Bar: shardRecall, AtLeast: true, Measured: similar, Runs: fmt.Sprint(s.Users, " items")},
		{Name: "cells of similar items, the core apart", Unit: "KB", Bar: math.NaN(), Measured: weighs / 1000, Runs: fmt.Sprint(s.Users, " items")},
		{Name: "fetched until the first similar and personal list, program apart", Unit: "KB", Bar: bar, Measured: visit.first / 1000, Runs: runs},
		{Name: "… the most of a visit", Unit: "KB", Bar: math.NaN(), Measured: visit.most / 1000, Runs: runs},
		{Name: "… requests", Unit: "requests", Bar: math.NaN(), Measured: visit.requests, Runs: runs},
		{Name: "fetched for the list after one more like", Unit: "KB", Bar: later, Measured: visit.next / 1000, Runs: runs},
		{Name: "of the engine's ten from what is here, in its ten from all", Bar: math.NaN(), Measured: visit.same, Runs: runs},
		{Name: "to put the cells together and open them, native", Unit: "ms", Bar: math.NaN(), Measured: visit.opened, Runs: "mean of " + runs},
		{Name: "a list from them, native", Unit: "ms", Bar: math.NaN(), Measured: visit.listed, Runs: "mean of " + runs},
	})
}

// writeReach prints what 1, 2, 4, … cells find for users, and weigh.
func writeReach(w io.Writer, lists *reach) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "cells\trecall@10\tKB\t")
	for p := 1; p <= len(lists.recall); p *= 2 {
		fmt.Fprintf(t, "%d\t%.3f\t%.1f\t\n", p, lists.recall[p-1], lists.bytes[p-1]/1000)
	}
	t.Flush()
}
