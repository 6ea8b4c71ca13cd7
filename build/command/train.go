package command

import (
	"fmt"
	"os"
	"time"

	"sparrow/build/console"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
)

type trainVerb struct {
	shipFlags
	Work       outFolder     `required:"" placeholder:"DIR" help:"Work folder in which prepare has been run; with --shards one for what is trained, made when it is not there."`
	Shards     string        `type:"existingdir" placeholder:"DIR" help:"Folder that prepare --out has made, by Go or by Spark: train the vectors of its items on its sequences, one shard in memory at a time."`
	Checkpoint time.Duration `default:"1m" placeholder:"SPAN" help:"How often the state of the training of sequences is kept in the work folder, at most: a run that was interrupted goes on there, with the same bytes in the end (${default})."`
}

func (trainVerb) Help() string {
	return `Trains retrieval, then the ranker on the candidates that retrieval gives; and both again on all there is, for what ships,
where --ship is not measured. Each is kept in the work folder as soon as
it is done: a run that was interrupted goes on with what is missing, and in the middle of the training of sequences where its
state was kept, as --checkpoint says.

With --shards the log may be larger than the memory: the model of sequences alone is trained, on what prepare --out has made,
with drawn items in place of all in its loss. The work folder gets vectors.npy and ids.txt, of which import makes a bundle.

Examples:
  go run ./build train --work data/work
  go run ./build train --work data/work --width 64 --seed 7
  go run ./build train --shards data/features --work data/large
  go run ./build import --vectors data/large/vectors.npy --ids data/large/ids.txt --items data/ml-25m --out data/mine/`
}

func (v *trainVerb) Run(c *console.Console) error {
	if v.Checkpoint < 0 {
		return console.Usagef("--checkpoint must not be negative, as %v is", v.Checkpoint)
	}
	if v.Shards != "" {
		return v.onShards(c)
	}
	if _, err := os.Stat(string(v.Work)); err != nil {
		return console.Usagef("--work: %v: make it by prepare --work", err)
	}
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	return w.Train(v.options(), v.Checkpoint)
}

// onShards trains on features as Parquet.
func (v *trainVerb) onShards(c *console.Console) error {
	o, plain := v.options(), pipeline.DefaultOptions()
	if given := namesOf([]setFlag{{"--models", len(o.Models) > 0}, {"--retrieval pool", o.Retrieval == "pool"}, {"--index", o.Index != plain.Index}, {"--mix", o.Mix != plain.Mix},
		{"--holdout", o.Holdout != plain.Holdout}, {"--ship", o.Ship != plain.Ship}}); given != "" {
		return console.Usagef("--shards trains the vectors of items alone, on all there is, and has no use for %s: leave it out", given)
	}
	w, err := pipeline.OpenWork(c.Ctx, c, string(v.Work))
	if err != nil {
		return err
	}
	f, err := w.TrainShards(v.Shards, o, v.Checkpoint)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Out, "%s: vectors.npy and ids.txt of %d of %s, trained on %s, loss %.3f\n", v.Work, f.Trained, plural.Of(f.Items, "item"), plural.Of(f.Shards, "shard"), f.Loss)
	return err
}
