package command

import (
	"sparrow/build/console"
	"sparrow/build/pipeline"
)

type trainVerb struct {
	shipFlags
	Work outFolder `required:"" type:"existingdir" placeholder:"DIR" help:"Work folder in which prepare has been run."`
}

func (trainVerb) Help() string {
	return `Trains retrieval, then the ranker on the candidates that retrieval gives; and both again on all there is, for what ships,
where --ship is not measured. Each is kept in the work folder as soon as
it is done: a run that was interrupted goes on with what is missing.

Examples:
  go run ./build train --work data/work
  go run ./build train --work data/work --width 64 --seed 7`
}

func (v *trainVerb) Run(c *console.Console) error {
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	return w.Train(v.options())
}
