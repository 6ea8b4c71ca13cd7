package command

import (
	"time"

	"sparrow/build/console"
	"sparrow/build/pipeline"
)

type trainVerb struct {
	shipFlags
	Work       outFolder     `required:"" type:"existingdir" placeholder:"DIR" help:"Work folder in which prepare has been run."`
	Checkpoint time.Duration `default:"1m" placeholder:"SPAN" help:"How often the state of the training of sequences is kept in the work folder, at most: a run that was interrupted goes on there, with the same bytes in the end (${default})."`
}

func (trainVerb) Help() string {
	return `Trains retrieval, then the ranker on the candidates that retrieval gives; and both again on all there is, for what ships,
where --ship is not measured. Each is kept in the work folder as soon as
it is done: a run that was interrupted goes on with what is missing, and in the middle of the training of sequences where its
state was kept, as --checkpoint says.

Examples:
  go run ./build train --work data/work
  go run ./build train --work data/work --width 64 --seed 7`
}

func (v *trainVerb) Run(c *console.Console) error {
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	if v.Checkpoint < 0 {
		return console.Usagef("--checkpoint must not be negative, as %v is", v.Checkpoint)
	}
	return w.Train(v.options(), v.Checkpoint)
}
