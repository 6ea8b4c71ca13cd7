package command

import (
	"sparrow/build/console"
	"sparrow/build/pipeline"
)

type packVerb struct {
	Work outFolder `required:"" type:"existingdir" placeholder:"DIR" help:"Work folder in which prepare and train have been run."`
	Out  outBundle `required:"" placeholder:"PATH" help:"File to write, which has it all; a folder gets <sha256>.bundle, <sha256>.supplement with what the first list does not need, a latest.json that names them, and lists."`
	JSON bool      `name:"json" help:"Print the figures as JSON."`
}

func (packVerb) Help() string {
	return `Quantizes nothing and trains nothing: puts what train made together, measures it and writes the bundle, the same
bytes as the bundle verb writes.

Examples:
  go run ./build pack --work data/work --out data/demo/
  go run ./build pack --work data/work --out mine.bundle --json`
}

func (v *packVerb) Run(c *console.Console) error {
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	f, err := w.Pack(string(v.Out))
	if err != nil {
		return err
	}
	return printPacked(c, f, v.JSON)
}
