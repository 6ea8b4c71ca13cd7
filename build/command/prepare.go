package command

import (
	"sparrow/build/console"
	"sparrow/build/pipeline"
)

type prepareVerb struct {
	dataFlags
	Work outFolder `required:"" placeholder:"DIR" help:"Work folder; made when it is not there."`
	JSON bool      `name:"json" help:"Print the figures as JSON."`
}

func (prepareVerb) Help() string {
	return `Reads a data set, reports every bad row as file:line: reason and ends with a table of what was dropped and why.
What stays is sorted and kept in the work folder for train.

Examples:
  go run ./build prepare --input data/ml-25m --work data/work
  go run ./build prepare --input mine --work data/work --max-bad 1% --name "My shop"
  go run ./build prepare --input mine --work data/work --feedback s3://sparrow-feedback/events`
}

func (v *prepareVerb) Run(c *console.Console) error {
	in, err := v.input()
	if err != nil {
		return err
	}
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	figures, err := w.Prepare(in)
	if err != nil || !v.JSON {
		return err
	}
	return c.JSON(figures)
}
