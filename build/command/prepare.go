package command

import (
	"sparrow/build/console"
	"sparrow/build/pipeline"
)

type prepareVerb struct {
	dataFlags
	Work outFolder `placeholder:"DIR" help:"Work folder for train; made when it is not there."`
	sparkFlags
	JSON bool `name:"json" help:"Print the figures as JSON."`
}

func (prepareVerb) Help() string {
	return `Reads a data set, reports every bad row as file:line: reason and ends with a table of what was dropped and why.
What stays is sorted and kept in the work folder for train.

With --out the features of the course's Spark lessons are written instead, as Parquet: items, users, sequences and training samples, those by
user in shards, for trainers elsewhere. --engine spark lets Spark read the log and make the same tables; the catalog is read here.
build/spark/README.md has the columns.

Examples:
  go run ./build prepare --input data/ml-25m --work data/work
  go run ./build prepare --input mine --work data/work --max-bad 1% --name "My shop"
  go run ./build prepare --input mine --work data/work --feedback s3://sparrow-feedback/events
  go run ./build prepare --input data/ml-25m --out data/features --shards 32
  go run ./build prepare --input data/ml-25m --out /shared/features --engine spark --master spark://host:7077 --submit /opt/spark/bin/spark-sql`
}

func (v *prepareVerb) Run(c *console.Console) error {
	if (v.Work == "") == (v.Out == "") {
		return console.Usagef("prepare: give --work for train, or --out for features as Parquet")
	}
	if v.Out != "" {
		return v.sparkFlags.run(c, &v.dataFlags, v.JSON)
	}
	if err := v.sparkFlags.unused(); err != nil {
		return err
	}
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
