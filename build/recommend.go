package main

import (
	"encoding/csv"
	"io"
	"runtime"
	"strconv"
	"sync"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
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

func (v *recommendVerb) Run(c *console) error {
	if v.K < 1 {
		return misusef("--k must be at least 1")
	}
	b, _, err := openBundle(v.Bundle)
	if err != nil {
		return err
	}
	p := c.stage("read " + v.Histories)
	d, report, err := dataset.Histories(c.ctx, v.Histories, b.Catalog, dataset.Options{
		Lines:    func(line string) { c.say("%s", line) },
		Progress: func(_ string, read, all int64) { p.set(read, all) },
	})
	c.stop()
	if err != nil {
		return err
	}
	if len(report.Drops) > 0 {
		report.WriteTable(c.err)
	}
	if err := report.Check(float64(v.MaxBad)); err != nil {
		return err
	}
	lines := 0
	write := func(w io.Writer) error { lines, err = v.write(c, w, b, d); return err }
	if v.Out == "-" {
		err = write(c.out)
	} else {
		err = writeFile(c.ctx, v.Out, write)
	}
	c.stop()
	if err != nil {
		return err
	}
	if v.JSON && v.Out != "-" {
		return c.json(struct {
			Users int         `json:"users"`
			Lines int         `json:"lines"`
			Data  dataFigures `json:"data"`
		}{len(d.Users), lines, figuresOf(d, report)})
	}
	c.say("%d recommendations for %d users", lines, len(d.Users))
	return nil
}

// write writes the lists of all users of d and returns the number of lines.
func (v *recommendVerb) write(c *console, w io.Writer, b *bundle.Bundle, d *dataset.Dataset) (lines int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"user_id", "rank", "item_id", "score"}); err != nil {
		return 0, err
	}
	p := c.stage("recommend")
	err = answerAll(c, b, v.Stage, d, v.K, func(u int, list []scored) error {
		p.set(int64(u), int64(len(d.Users)))
		for i, s := range list {
			lines++
			err := out.Write([]string{d.Users[u], strconv.Itoa(i + 1), string(b.Catalog.IDs[s.row]), strconv.FormatFloat(float64(s.score), 'g', -1, 32)})
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

// scored is a movie of a recommended list.
type scored struct {
	row   catalog.Row
	score float32
}

// answers returns a function that recommends k movies for a history in the
// order of a stage. It is not for concurrent use; b may be shared.
func answers(b *bundle.Bundle, stage string) func(h feature.History, k int) []scored {
	answer := answersWithout(b, stage)
	return func(h feature.History, k int) []scored { return answer(h, nil, k) }
}

// answersWithout returns the same for catalogs of which some movies are excluded.
func answersWithout(b *bundle.Bundle, stage string) func(h feature.History, excluded []catalog.Row, k int) []scored {
	var list []scored
	e := engine.New(b)
	return func(h feature.History, excluded []catalog.Row, k int) []scored {
		q := engine.Query{History: h, Exclude: excluded, Filter: engine.Filter{Genre: engine.AllGenres}, K: k}
		list = list[:0]
		if stage == "retrieval" {
			for _, f := range e.Retrieve(q, max(k, engine.Candidates)) {
				list = append(list, scored{f.Row, f.Score})
			}
			return list[:min(k, len(list))]
		}
		for _, r := range e.Recommend(q) {
			list = append(list, scored{r.Row, r.Score})
		}
		return list
	}
}

// answerAll recommends k movies to every user of d on all processors, and
// calls each with the lists in the order of the users.
func answerAll(c *console, b *bundle.Bundle, stage string, d *dataset.Dataset, k int, each func(u int, list []scored) error) error {
	const batch = 1024
	workers := make([]func(feature.History, int) []scored, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = answers(b, stage)
	}
	lists := make([][]scored, batch)
	for first := 0; first < len(d.Users); first += batch {
		n := min(batch, len(d.Users)-first)
		next := make(chan int)
		var wg sync.WaitGroup
		for _, answer := range workers {
			wg.Go(func() {
				for i := range next {
					lists[i] = append(lists[i][:0], answer(evaluation.History(d.Of(first+i)), k)...)
				}
			})
		}
		for i := 0; i < n && c.ctx.Err() == nil; i++ {
			next <- i
		}
		close(next)
		wg.Wait()
		if err := c.ctx.Err(); err != nil {
			return err
		}
		for i := range n {
			if err := each(first+i, lists[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
