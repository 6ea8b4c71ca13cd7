package command

import (
	"fmt"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/build/shard"
)

type shardsVerb struct {
	Bundle string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	Cells  int    `help:"Cells; 0 for one to a hundred items."`
	Core   int    `help:"Items of the core; 0 for 500."`
	JSON   bool   `name:"json" help:"Print the figures as JSON."`
}

func (shardsVerb) Help() string {
	return `Writes <sha256>.core and <sha256>.cells beside the bundle, for a catalog that is too large to be fetched whole. The core
holds the items that most people know, and says where the cells with the others are in the second file: each
is fetched by a Range request when it is wanted. latest.json names the core. The app and the widget do not read it yet.

Example:
  go run ./build shards --bundle data/mine`
}

// shardsFigures are what the run prints as JSON.
type shardsFigures struct {
	Path    string   `json:"path"` // of the core
	Items   int      `json:"items"`
	Core    int      `json:"core"`    // bytes
	Cells   int      `json:"cells"`   // bytes
	Dropped []string `json:"dropped"` // what of the bundle is in neither
}

func (v *shardsVerb) Validate() error {
	if v.Cells < 0 || v.Core < 0 {
		return fmt.Errorf("--cells %d --core %d: neither is below 0", v.Cells, v.Core)
	}
	return nil
}

func (v *shardsVerb) Run(c *console.Console) error {
	if err := outFolder(v.Bundle).Validate(); err != nil {
		return console.Usagef("--bundle: %w", err)
	}
	b, _, err := bundledir.Open(v.Bundle)
	if err != nil {
		return fmt.Errorf("%w: make a bundle there first", err)
	}
	c.Stage("divide items into cells")
	files, err := shard.Cut(b, shard.Options{Core: v.Core, Cells: v.Cells})
	c.Stop()
	if err != nil {
		return err
	}
	for _, name := range files.Dropped {
		c.Say("left out of core and cells: %s", name)
	}
	figures := shardsFigures{Items: b.Catalog.Len(), Core: len(files.Core), Cells: len(files.Cells), Dropped: append([]string{}, files.Dropped...)}
	if figures.Path, err = bundledir.WriteShards(c.Ctx, v.Bundle, files.Core, files.Cells); err != nil {
		return err
	}
	if v.JSON {
		return c.JSON(figures)
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s: core %s, cells %s\n",
		figures.Path, plural.Of(figures.Items, "item"), plural.Of(figures.Core, "byte"), plural.Of(figures.Cells, "byte"))
	return err
}
