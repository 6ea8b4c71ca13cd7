package command

import (
	"encoding/csv"
	"io"
	"strconv"

	"sparrow/build/answers"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
)

type recommendVerb struct {
	Bundle    string `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Histories string `required:"" type:"existingfile" placeholder:"FILE" help:"user_id,item_id,timestamp[,rating], plain or gzip."`
	K         int    `default:"10" placeholder:"K" help:"Movies a user (${default})."`
	Out       string `required:"" placeholder:"FILE" help:"user_id,rank,item_id,score; - is the standard output."`
	Stage     string `default:"ranking" enum:"retrieval,ranking" placeholder:"STAGE" help:"retrieval or ranking: the order of which stage (${default})."`
	MaxBad    share  `default:"100%" placeholder:"SHARE" help:"Fail when more rows are bad; a movie the bundle does not know is one (${default})."`
	JSON      bool   `name:"json" help:"Print the figures as JSON."`
}

func (recommendVerb) Help() string {
	return `Recommends movies to every user of a file of histories: the engine's own answers, without the variety that the app
adds. What a user has in his history is not recommended. Users keep the order of the file, and a user none of
whose movies is known gets what a newcomer gets. So a program of your own can judge a bundle by its own split; the
evaluate verb judges by a split of yours with --test-file.

Examples:
  go run ./build recommend --bundle data/demo --histories H.csv --k 10 --out R.csv
  go run ./build recommend --bundle mine.bundle --histories H.csv.gz --k 100 --out R.csv --stage retrieval`
}

func (v *recommendVerb) Run(c *console.Console) error {
	if v.K < 1 {
		return console.Usagef("--k must be at least 1")
	}
	b, _, err := bundledir.Open(v.Bundle)
	if err != nil {
		return err
	}
	p := c.Stage("read " + v.Histories)
	d, report, err := dataset.Histories(c.Ctx, v.Histories, b.Catalog, dataset.Options{
		Lines:    func(line string) { c.Say("%s", line) },
		Progress: func(_ string, read, all int64) { p(int(read), int(all)) },
	})
	c.Stop()
	if err != nil {
		return err
	}
	if len(report.Drops) > 0 {
		report.WriteTable(c.Err)
	}
	if err := report.Check(float64(v.MaxBad)); err != nil {
		return err
	}
	lines := 0
	write := func(w io.Writer) error { lines, err = v.write(c, w, b, d); return err }
	if v.Out == "-" {
		err = write(c.Out)
	} else {
		err = durable.WriteFile(c.Ctx, v.Out, write)
	}
	c.Stop()
	if err != nil {
		return err
	}
	if v.JSON && v.Out != "-" {
		return c.JSON(struct {
			Users int                  `json:"users"`
			Lines int                  `json:"lines"`
			Data  pipeline.DataFigures `json:"data"`
		}{len(d.Users), lines, pipeline.FiguresOf(d, report)})
	}
	c.Say("%d recommendations for %d users", lines, len(d.Users))
	return nil
}

// write writes the lists of all users of d and returns the number of lines.
func (v *recommendVerb) write(c *console.Console, w io.Writer, b *bundle.Bundle, d *dataset.Dataset) (lines int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"user_id", "rank", "item_id", "score"}); err != nil {
		return 0, err
	}
	p := c.Stage("recommend")
	err = answers.All(c.Ctx, b, v.Stage, d, v.K, func(u int, list []answers.Scored) error {
		p(u, len(d.Users))
		for i, s := range list {
			lines++
			err := out.Write([]string{d.Users[u], strconv.Itoa(i + 1), string(b.Catalog.IDs[s.Row]), strconv.FormatFloat(float64(s.Score), 'g', -1, 32)})
			if err != nil {
				return err
			}
		}
		return nil
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return lines, err
}
