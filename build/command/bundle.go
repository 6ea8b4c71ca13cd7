package command

import (
	"time"

	"sparrow/build/console"
)

type bundleVerb struct {
	dataFlags
	shipFlags
	Out  outBundle `required:"" placeholder:"PATH" help:"File to write, which has it all; a folder gets <sha256>.bundle, <sha256>.supplement with what the first list does not need, a latest.json that names them, and lists."`
	JSON bool      `name:"json" help:"Print the figures as JSON."`
}

func (bundleVerb) Help() string {
	return `Reads a data set, trains retrieval and ranking, measures them on each user's newest interaction, trains them again in the
same way on all there is, and writes that as the bundle: prepare, train and pack in one go, with the same bytes. The rows of
a file may stand in any order. The figures are of the first training, and bundle and model card say so; --ship measured
trains once and ships that itself.

Data without a timestamp, with equal ones or with numbers of rows in their place teach no order: retrieval then learns
what goes together, and what is measured is one interaction of each user that is drawn at random ("random hold-out"). The
same is done where more than a tenth of the users have an unknown order: fewer than half of their pairs differ in time.

The baselines are trained on the same and measured on the same users: a warning names each that is not beaten.

Examples:
  go run ./build bundle --input data/ml-latest-small --out data/demo/
  go run ./build bundle --input mine --out mine.bundle --name "My shop" --licence "ours" --seed 7 --json
  go run ./build bundle --input data/ml-latest-small --feedback data/feedback --out data/next/

With --feedback, ratings of visitors count as ratings, a like counts as 5 stars, and a click or a view without an
opinion counts for a part: on average by the weight of --click, more where the card stood in a position that few look at
(1/θ of its position, by a position-based click model fitted to the log, list by list; the table shows θ as
"examined"). What a visitor dislikes is left out. Bundles are measured on opinions alone, never on clicks.`
}

func (v *bundleVerb) Run(c *console.Console) error {
	begun := time.Now()
	d, figures, err := v.read(c)
	if err != nil {
		return err
	}
	f, err := v.options().Run(c.Ctx, c, d, string(v.Out))
	if err != nil {
		return err
	}
	f.Data, f.Seconds = figures, time.Since(begun).Seconds()
	return printPacked(c, f, v.JSON)
}
