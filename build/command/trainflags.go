package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sparrow/build/compare"
	"sparrow/build/pipeline"
)

// trainFlags are the settings of a training run, see [pipeline.Options].
type trainFlags struct {
	Models    []string `placeholder:"NAME" sep:"," help:"Ranking models of the laboratory that the bundle carries as well, four at most, for the Lab page: see compare --help for their names."`
	Seed      uint64   `default:"1" placeholder:"N" help:"Seed of every random choice; the same seed gives the same bytes (${default})."`
	Retrieval string   `default:"auto" enum:"auto,sequence,pool" placeholder:"MODEL" help:"sequence is self-attention over the history, pool a weighted sum of it: quicker and smaller; auto trains both from 30,000 to 5 million interactions and up to 200,000 items, where there are times, and takes sequence where it is better by more than chance on interactions that neither saw (${default})."`
	Index     string   `default:"auto" enum:"auto,cells,scan" placeholder:"KIND" help:"How a page finds candidates: scan scores every item, cells those of the nearest groups of them, as many as find 99 in 100 of what a scan does; auto takes cells where a scan takes 5 ms, from 625,000 items of width 64 (${default})."`
	Mix       string   `default:"person" enum:"person,next" placeholder:"MIX" help:"person takes likes that are marked in one sitting as a set and adds a score that knows no order; next goes by the order of the last clicks alone (${default})."`
	Width     int      `default:"0" placeholder:"D" help:"Width of the retrieval vectors, 1 to 256; 0 is 64 for sequence, 32 for pool (${default})."`
	Epochs    int      `default:"0" placeholder:"N" help:"Passes over the data while retrieval is trained; 0 chooses by its size (${default})."`
	Holdout   int      `default:"1" placeholder:"N" help:"Newest interactions of each user that are kept out of the training, to measure it (${default})."`
}

// shipFlags are trainFlags of a verb that may train again what it has measured.
type shipFlags struct {
	trainFlags
	Ship string `default:"all" enum:"all,measured" placeholder:"WHAT" help:"all trains a second time, in the same way and on all there is, once the figures are known: what ships has them from its sibling. measured trains once and ships what was measured (${default})."`
}

// options returns the flags as options.
func (f *shipFlags) options() pipeline.Options {
	o := f.trainFlags.options()
	o.Ship = f.Ship
	return o
}

// Validate is called by kong.
func (f *trainFlags) Validate() error {
	switch {
	case f.Width < 0 || f.Width > 256:
		return errors.New("--width must be 0 to 256")
	case len(f.Models) > 4:
		return errors.New("--models: a bundle carries four of them at most")
	case f.Holdout < 0 || f.Epochs < 0:
		return errors.New("--holdout and --epochs must not be negative")
	}
	for _, name := range f.Models {
		if !slices.Contains(compare.PointwiseNames(), name) {
			return fmt.Errorf("--models: no ranking model is called %q; there are %s", name, strings.Join(compare.PointwiseNames(), ", "))
		}
	}
	return nil
}

// options returns the flags as options.
func (f *trainFlags) options() pipeline.Options {
	return pipeline.Options{
		Models: f.Models, Seed: f.Seed, Retrieval: f.Retrieval, Index: f.Index, Mix: f.Mix, Width: f.Width, Epochs: f.Epochs, Holdout: f.Holdout,
	}
}
