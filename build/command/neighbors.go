package command

import (
	"fmt"
	"slices"
	"text/tabwriter"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/index"
	"sparrow/build/plural"
)

type neighborsVerb struct {
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	K      int        `default:"10" placeholder:"K" help:"Neighbours of each item (${default})."`
	Probes []int      `default:"1,4,16" placeholder:"N,…" help:"Cells, or buckets of each table, that a search looks into: each number is tried (${default})."`
	Cells  int        `default:"0" placeholder:"C" help:"Cells of the inverted file; 0 for the root of the number of items (${default})."`
	Tables int        `default:"8" placeholder:"T" help:"Hash tables (${default})."`
	Hashes int        `default:"8" placeholder:"K" help:"Hashes that make up the key of a table, 1 to 32 (${default})."`
	Width  float32    `default:"1" placeholder:"W" help:"Width of the buckets of bucketed random projection (${default})."`
	Seed   uint64     `default:"1" placeholder:"N" help:"Seed of centroids and directions; the same seed gives the same figures but times (${default})."`
	JSON   bool       `name:"json" help:"Print the figures as JSON."`
}

func (neighborsVerb) Help() string {
	return fmt.Sprintf(`Searches a bundle's items for those with the nearest item vectors, by cosine: exactly, in the cells of an inverted file
(k-means), and by locality-sensitive hashing (signs, and buckets, of random projections). Every %dth item is a query and is not in
the indexes. A line a search shows which share of the exact neighbours it finds, for what share of the vectors compared,
with how many inner products to choose them, and how long it takes on one processor.

Examples:
  go run ./build neighbors --bundle data/demo
  go run ./build neighbors --bundle mine.bundle --k 20 --probes 1,2,4,8 --cells 200
  go run ./build neighbors --bundle data/demo --tables 3 --hashes 1 --width 0.1 --json`, index.Held)
}

// neighborsFigures are what the run prints as JSON.
type neighborsFigures struct {
	Items   int            `json:"items"` // that were searched
	Queries int            `json:"queries"`
	Width   int            `json:"width"` // of the vectors
	K       int            `json:"k"`
	Figures []index.Figure `json:"figures"`
}

func (v *neighborsVerb) Run(c *console.Console) error {
	switch {
	case v.K < 1 || v.Cells < 0 || v.Tables < 1:
		return console.Usagef("--k and --tables must be at least 1, --cells not negative")
	case v.Hashes < 1 || v.Hashes > 32:
		return console.Usagef("--hashes must be from 1 to 32")
	case !(v.Width >= 1e-6 && v.Width <= 1e6):
		return console.Usagef("--width must be from 0.000001 to 1000000")
	case slices.ContainsFunc(v.Probes, func(p int) bool { return p < 1 }):
		return console.Usagef("--probes must be at least 1 each")
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	out := &b.Retrieval.Out
	vectors := make([]float32, out.Rows*out.Cols)
	for r := range out.Rows {
		out.Dequantize(vectors[r*out.Cols:][:out.Cols], r)
	}
	if v.Cells > out.Rows {
		c.Say("--cells %d: as many as items at most, %d", v.Cells, out.Rows)
	}
	f := neighborsFigures{Width: out.Cols, K: v.K}
	f.Figures, f.Items, f.Queries = index.Compare(vectors, out.Cols, index.Settings{
		K: v.K, Cells: v.Cells, Tables: v.Tables, Hashes: v.Hashes, Width: v.Width, Probes: v.Probes, Seed: v.Seed,
	})
	if v.K > f.Items {
		c.Say("--k %d: there are only %s to find", v.K, plural.Of(f.Items, "item"))
	}
	if v.JSON {
		return c.JSON(f)
	}
	fmt.Fprintf(c.Out, "%s, vectors of %d; %s for queries\n\n", plural.Of(f.Items, "item"), f.Width, plural.Of(f.Queries, "other item"))
	t := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "search\tprobes\trecall@%d\tcompared\tto choose them\tµs\t\n", v.K)
	for _, s := range f.Figures {
		probes := ""
		if s.Probes > 0 {
			probes = fmt.Sprint(s.Probes)
		}
		fmt.Fprintf(t, "%s\t%s\t%.3f\t%.1f %%\t%.1f %%\t%.1f\t\n", s.Index, probes, s.Recall, 100*s.Compared, 100*s.Routed, s.Microseconds)
	}
	return t.Flush()
}
