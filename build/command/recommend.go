package command

import (
	"errors"
	"io"

	"sparrow/build/answers"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
)

type recommendVerb struct {
	Bundle    bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Histories string     `required:"" type:"existingfile" placeholder:"FILE" help:"user_id,item_id[,timestamp][,rating], plain or gzip; - is the standard input."`
	K         int        `default:"10" placeholder:"K" help:"Items a user (${default})."`
	Out       outStream  `required:"" placeholder:"FILE" help:"user_id,rank,item_id,score; - is the standard output."`
	formatFlag
	Stage    string  `default:"ranking" enum:"retrieval,ranking" placeholder:"STAGE" help:"retrieval or ranking: the order of which stage (${default})."`
	Repeat   bool    `help:"What a user has bought may be recommended again: rows whose event is a purchase."`
	Rerank   string  `default:"none" enum:"none,mmr,dpp,calibrated" placeholder:"WAY" help:"none, mmr, dpp or calibrated: how ranked candidates become a list (${default})."`
	Strength float32 `default:"0.5" placeholder:"S" help:"With --rerank: from 0, the ranker's order, to 1 (${default})."`
	MaxBad   share   `default:"100%" placeholder:"SHARE" help:"Fail when more rows are bad (${default})."`
	unknownFlags
	valueFlags
	filterFlag
	quotaFlags
	liveFlag
	JSON bool `name:"json" help:"Print the figures as JSON."`
}

func (recommendVerb) Help() string {
	return `Recommends items to every user of a file of histories: the engine's own answers, without the variety that the app
adds. What a user has in their history is not recommended; with --repeat what they bought may be. Users keep the order of the file, and a user without
a usable row, as of an item of the catalog, gets what a newcomer gets. A history needs no times: without the column,
or with an empty time in it, it is taken in the order of its rows, oldest first. So a program of your own can judge a bundle by its own split; the
evaluate verb judges by a split of yours with --test-file.

With --filter only items that it is true of are recommended, and as many as without where there are as many.
With --max, --min and --diversity each list keeps to quotas as a whole, not five items of one author: wasm/filter/GRAMMAR.md tells how.
With --live what is sold out, hidden or excluded is not recommended, and the overlay's rules and new items have their say.

--rerank shows what re-ranking does to the lists: mmr, what the app does with variety, takes an item that is unlike the nearest
one of the list; dpp, a determinantal point process, one that is unlike all of them together; calibrated one that brings the
list's genres nearer to the history's. The summary shows the share of all genres that a list has, the mean distance of two of its
items, and how far its genres diverge from the history's, in nats.

An id that a spreadsheet would run as a formula, one that begins with = + - @ or a tab and is no number, gets an apostrophe in
front, and so does one with such an apostrophe already. A program that reads the file takes one off again.

Examples:
  go run ./build recommend --bundle data/demo --histories H.csv --k 10 --out R.csv
  go run ./build recommend --bundle mine.bundle --histories H.csv.gz --k 100 --out R.csv --stage retrieval
  go run ./build recommend --bundle data/demo --histories - --out - < H.csv
  go run ./build recommend --bundle data/demo --histories H.csv --out R.parquet
  go run ./build recommend --bundle data/demo --histories H.csv --out R.jsonl --k 50
  go run ./build recommend --bundle data/demo --histories H.csv --out R.csv --rerank calibrated --strength 0.8
  go run ./build recommend --bundle mine.bundle --histories H.csv --out R.csv --filter "in_stock and not genre=Horror"
  go run ./build recommend --bundle mine.bundle --histories H.csv --out R.csv --diversity author --max publisher:3`
}

func (v *recommendVerb) Run(c *console.Console) error {
	if v.K < 1 {
		return console.Usagef("--k must be at least 1")
	}
	if !(v.Strength >= 0 && v.Strength <= 1) {
		return console.Usagef("--strength must be from 0 to 1")
	}
	if v.JSON && v.Out.isStdout() {
		return console.Usagef("--json and --out %s would mix figures and lists in one output: write the lists to a file, or leave --json out, then the figures go to the standard error", v.Out)
	}
	if v.Repeat && v.Rerank != answers.None {
		return console.Usagef("--repeat and --rerank %s do not go together: leave one of them out", v.Rerank)
	}
	if v.Rerank != answers.None && v.Stage != "ranking" {
		return console.Usagef("--rerank is of ranked lists: leave --stage out")
	}
	scale, err := v.scale()
	if err != nil {
		return err
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	start, err := v.engines(c, b)
	if err != nil {
		return err
	}
	e := start()
	among, err := v.among(c, e, catalog.None)
	if err != nil {
		return err
	}
	if _, err := v.quotas(e); err != nil {
		return err
	}
	among = v.without(c, e, among)
	sayShort(c, "--k", v.K, v.Stage, b.Catalog.Len())
	p := c.Stage("read " + v.Histories)
	file, remove, err := seekable(c.Ctx, v.Histories)
	if err != nil {
		return err
	}
	defer remove()
	d, report, err := dataset.Histories(c.Ctx, file, b.Catalog, dataset.Options{
		Encoding: v.Encoding, Scale: scale, Events: v.Events,
		Lines:    func(line string) { c.Say("%s", line) },
		Progress: func(_ string, read, all int64) { p(int(read), int(all)) },
	})
	c.Stop()
	if err != nil {
		return err
	}
	if len(report.Drops)+len(report.Notes) > 0 {
		report.WriteTable(c.Err)
	}
	if err := errors.Join(report.Check(float64(v.MaxBad)), report.CheckUnknown(float64(v.MaxUnknown))); err != nil {
		return err
	}
	if v.Repeat && len(d.Bought) == 0 {
		c.Say("--repeat: %s has no purchase, so nothing is recommended again: it needs a column event with purchase in it", v.Histories)
	}
	newcomers := 0
	for u := range d.Users {
		if len(d.Of(u)) == 0 {
			newcomers++
		}
	}
	if newcomers > 0 {
		c.Say("%d of %d users have no usable row in their history and get what a newcomer gets", newcomers, len(d.Users))
	}
	lines, meter := 0, answers.NewVarietyMeter(e)
	write := func(w io.Writer) error { lines, err = v.write(c, w, e.Catalog(), start, among, d, meter); return err }
	if v.Out.isStdout() {
		err = write(c.Data())
	} else {
		err = durable.WriteFile(c.Ctx, string(v.Out), write)
	}
	c.Stop()
	if err != nil {
		return err
	}
	if v.JSON {
		return c.JSON(struct {
			Users     int                  `json:"users"`
			Newcomers int                  `json:"newcomers"` // users without a usable row
			Lines     int                  `json:"lines"`
			Variety   answers.Variety      `json:"variety"`
			Data      pipeline.DataFigures `json:"data"`
		}{len(d.Users), newcomers, lines, meter.Mean(), pipeline.FiguresOf(d, report)})
	}
	c.Say("%s for %s", plural.Of(lines, "recommendation"), plural.Of(len(d.Users), "user"))
	mean := meter.Mean()
	c.Say("a list: genre coverage %.3f, intra-list distance %.3f, calibration divergence %.3f nats", mean.GenreCoverage, mean.IntraListDistance, mean.Divergence)
	return nil
}

// write writes the lists of all users of d, adds them to meter and returns the
// number of lines.
func (v *recommendVerb) write(c *console.Console, w io.Writer, items *catalog.Catalog, engines func() *engine.Engine, among filter.Set, d *dataset.Dataset, meter *answers.VarietyMeter) (lines int, err error) {
	out, err := v.ofUsers(w, v.Out)
	if err != nil {
		return 0, err
	}
	p := c.Stage("recommend")
	start := func(user *int) answers.Answer {
		var again func() []catalog.Row
		if v.Repeat {
			again = func() []catalog.Row { return d.Purchases(*user) }
		}
		e := engines()
		make := func(among filter.Set) answers.Answer {
			if v.Rerank != answers.None {
				return answers.Reranked(e, v.Rerank, v.Strength, among)
			}
			return answers.New(e, v.Stage, among, again)
		}
		quotas, err := v.quotas(e)
		if err != nil {
			panic(err) // another engine of the same bundle has read them
		}
		if quotas == nil {
			return make(among)
		}
		return answers.Within(e, quotas, among, make)
	}
	var ranked []listItem
	err = answers.All(c.Ctx, start, d, v.K, func(u int, list []answers.Scored) error {
		p(u, len(d.Users))
		meter.Add(evaluation.History(d.Of(u)), list)
		ranked = ranked[:0]
		for _, s := range list {
			ranked = append(ranked, listItem{string(items.IDs[s.Row]), s.Score})
		}
		lines += len(ranked)
		return out.list(d.Users[u], ranked)
	})
	if err != nil {
		return lines, err
	}
	return lines, out.close()
}
