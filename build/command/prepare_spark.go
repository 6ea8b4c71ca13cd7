package command

import (
	"os"
	"path/filepath"
	"strings"

	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/build/spark"
)

// sparkFlags say what features are written, and which engine makes them.
type sparkFlags struct {
	Out    outFolder `placeholder:"DIR" help:"Folder for features as Parquet, in place of --work; it must not hold any yet. With --engine spark all workers must see it under this path."`
	Shards int       `default:"16" placeholder:"N" help:"Shards of the tables by user, 1 to 256 (${default})."`
	Engine string    `default:"go" enum:"go,spark" placeholder:"NAME" help:"go reads the log here, in memory; spark has Spark read it (${default})."`
	Master string    `placeholder:"URL" help:"Spark to run on, as spark://host:7077 or local[2]; without it the statements are written and the command is printed."`
	Submit string    `default:"spark-sql" placeholder:"PROGRAM" help:"Spark's spark-sql or spark-submit (${default})."`
	Log    string    `placeholder:"URL" help:"Where Spark finds the log when it is not in --input: .csv, .csv.gz or Parquet with user_id,item_id,timestamp,rating, as a path or s3a://, hdfs://."`
}

// unused returns an error where a flag was given that --work does not use.
func (f *sparkFlags) unused() error {
	if f.Engine != "go" || f.Master != "" || f.Log != "" || f.Shards != 16 || f.Submit != "spark-sql" {
		return console.Usagef("--engine, --master, --submit, --log and --shards are for features as Parquet: give --out in place of --work")
	}
	return nil
}

// run writes the features.
func (f *sparkFlags) run(c *console.Console, data *dataFlags, figures bool) error {
	if f.Shards < 1 || f.Shards > spark.MaxShards {
		return console.Usagef("--shards must be 1 to %d, not %d", spark.MaxShards, f.Shards)
	}
	if given := namesOf([]setFlag{{"--name", data.Name != ""}, {"--licence", data.Licence != ""}, {"--citation", data.Citation != ""},
		{"--attributes", data.Attributes != ""}, {"--vocabulary", data.Vocabulary != ""}, {"--titles", data.Titles != ""}}); given != "" {
		return console.Usagef("features as Parquet keep nothing of %s, which are for a bundle: leave them out", given)
	}
	if f.Engine == "spark" {
		if figures {
			return console.Usagef("--json is for --engine go: Spark prints its own figures")
		}
		return f.bySpark(c, data)
	}
	if f.Master != "" || f.Log != "" || f.Submit != "spark-sql" {
		return console.Usagef("--master, --submit and --log are for --engine spark")
	}
	d, _, err := data.read(c)
	if err != nil {
		return err
	}
	stage := c.Stage("write samples")
	made, err := spark.Prepare(c.Ctx, d, string(f.Out), f.Shards, stage)
	c.Stop()
	if err != nil {
		return err
	}
	if made.Clicks > 0 {
		c.Say("%s that count in part: the statistics of items have them, and samples and sequences do not", plural.Of(made.Clicks, "interaction"))
	}
	c.Say("%s: %s, %s, %s, of which %d older than the cut at %d are to train on", f.Out, plural.Of(made.Items, "item"), plural.Of(made.Users, "user"), plural.Of(made.Samples, "sample"), made.Train, made.Cut)
	if !figures {
		return nil
	}
	return c.JSON(made)
}

// bySpark writes the items and the statements, and runs them where a master is named.
func (f *sparkFlags) bySpark(c *console.Console, data *dataFlags) error {
	if given := namesOf([]setFlag{
		{"--feedback", data.Feedback != ""}, {"--events", len(data.Events) > 0}, {"--rating-scale", data.RatingScale != ""},
		{"--encoding", data.Encoding != ""}, {"--weights", len(data.Weights) > 0}, {"--half-life", data.HalfLife != 90},
		{"--drop-last", data.DropLast != 0}, {"--repeats sum", data.Repeats == "sum"},
	}); given != "" {
		return console.Usagef("Spark reads plain ratings, and has no %s: take --engine go, or leave it out", given)
	}
	out, err := filepath.Abs(string(f.Out))
	if err != nil {
		return err
	}
	job := spark.Job{Log: f.Log, Out: out, Shards: f.Shards, Bad: float64(data.MaxBad), Unknown: float64(data.MaxUnknown),
		Newest: data.Repeats == "newest", Master: f.Master, Submit: f.Submit}
	if f.Log == "" {
		if job.Form, job.Log, err = spark.FormOf(data.Input); err != nil {
			return err
		}
	} else if job.Form = spark.FormAt(f.Log); !strings.Contains(f.Log, "://") {
		if job.Log, err = filepath.Abs(f.Log); err != nil {
			return err
		}
		if _, err := os.Stat(job.Log); err != nil {
			return console.Usagef("--log: %v", err)
		}
	}
	d, report, err := dataset.Open(c.Ctx, data.Input, dataset.Options{CatalogOnly: true, Lines: func(line string) { c.Say("%s", line) }})
	if err != nil {
		return err
	}
	if err := report.Check(float64(data.MaxBad)); err != nil {
		return err
	}
	command, err := job.Write(c.Ctx, d)
	if err != nil {
		return err
	}
	if f.Master == "" {
		c.Say("%s has items and prepare.sql; run it on Spark with: %s", out, strings.Join(command, " "))
		return nil
	}
	c.Say("%s", strings.Join(command, " "))
	if err := job.Run(c.Ctx, command, func(line string) { c.Say("spark: %s", line) }); err != nil {
		return err
	}
	c.Say("%s: %s, and what Spark made of the log", out, plural.Of(d.Catalog.Len(), "item"))
	return nil
}
