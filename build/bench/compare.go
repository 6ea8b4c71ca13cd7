package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"sparrow/build/compare"
	"sparrow/build/console"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
)

// Compare measures the models of the course against their bars.
type Compare struct {
	Data string `required:"" type:"existingdir" help:"Folder that holds ml-latest-small/ and ml-1m/."`
	Only string `enum:"all,ml-latest-small,ml-1m,engine,same" default:"all" help:"Part to measure: ml-latest-small, ml-1m, engine, which is the bundle of ml-1m, or same, whether the same seed gives the same figures (${default})."`
	Out  string `default:".build/compare" help:"Folder of the reports (${default})."`
}

// Run compares and prints the table.
func (q Compare) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := newConsole(ctx)
	var figures []Figure
	for _, part := range []struct {
		name    string
		measure func(*console.Console) ([]Figure, error)
	}{{"ml-latest-small", q.small}, {"ml-1m", q.large}, {"engine", q.engine}, {"same", q.same}} {
		if q.Only != "all" && q.Only != part.name {
			continue
		}
		more, err := part.measure(c)
		if err != nil {
			return err
		}
		figures = append(figures, more...)
	}
	return verdict(figures)
}

// compare compares models on a data set, all of them where models is empty, and
// writes the report to a folder of q.Out, if out names one.
func (q Compare) compare(c *console.Console, data, out string, tune bool, models ...string) (*report, error) {
	s, err := read(c, filepath.Join(q.Data, data))
	if err != nil {
		return nil, err
	}
	o := compare.DefaultOptions()
	o.Models, o.Tune, o.Stage = models, tune, c.Stage
	r, err := compare.Compare(c.Ctx, s.Dataset, o)
	if err != nil {
		return nil, err
	}
	c.Stop()
	if out == "" {
		return &report{r}, nil
	}
	return &report{r}, r.WriteFolder(filepath.Join(q.Out, out))
}

// small compares all models on ml-latest-small.
func (q Compare) small(c *console.Console) ([]Figure, error) {
	begun := time.Now()
	r, err := q.compare(c, "ml-latest-small", "ml-latest-small", true)
	if err != nil {
		return nil, err
	}
	minutes := time.Since(begun).Minutes()
	return append(r.ranking("ml-latest-small", 0),
		Figure{Name: "all models on ml-latest-small", Unit: "min", Bar: 40, Measured: minutes, Runs: "1"}), nil
}

// large compares the sequence model and the ranking models on ml-1m, each with its defaults.
func (q Compare) large(c *console.Console) ([]Figure, error) {
	var figures []Figure
	r, err := q.compare(c, "ml-1m", "ml-1m-sequence", false, "SASRec", "popularity")
	if err != nil {
		return nil, err
	}
	for _, bar := range []struct {
		metric string
		bar    float64
	}{{"NDCG@10", 0.195}, {"HitRate@10", 0.34}} {
		figures = append(figures, Figure{Name: "ml-1m, last item to be seen: SASRec " + bar.metric, Bar: bar.bar, AtLeast: true,
			Measured: r.metric("Retrieval", "SASRec", bar.metric), Runs: "1 seed"})
	}
	if r, err = q.compare(c, "ml-1m", "ml-1m-ranking", false, rankingModels...); err != nil {
		return nil, err
	}
	return append(figures, r.ranking("ml-1m", 0.78)...), nil
}

// engine measures the bundle of ml-1m on the item that it holds back: the
// engine's own answers from the bytes that ship.
func (q Compare) engine(c *console.Console) ([]Figure, error) {
	work, err := os.MkdirTemp("", "sparrow-compare-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	s, err := read(c, filepath.Join(q.Data, "ml-1m"))
	if err != nil {
		return nil, err
	}
	f, err := s.bundle(c, pipeline.DefaultOptions(), filepath.Join(work, "of.bundle"))
	if err != nil {
		return nil, err
	}
	bytes, err := packer{}.file(f.Bundle)
	if err != nil {
		return nil, err
	}
	var lost losses
	lost.add(f)
	kept := (100 - lost.retrieval()) * (100 - lost.ranking()) / 100
	return []Figure{
		{Name: "ml-1m, whole engine from its bundle: NDCG@10", Bar: 0.205, AtLeast: true, Measured: metric(f, ndcg+" ranked"), Runs: "1 seed"},
		{Name: "… HitRate@10", Bar: math.NaN(), Measured: metric(f, "HitRate@10 ranked"), Runs: "1 seed"},
		{Name: "… kept by int8, of retrieval times of ranking", Unit: "%", Bar: 98, AtLeast: true, Measured: kept, Runs: "1 seed"},
		{Name: "… its bundle, brotli 11", Unit: "KB", Bar: 600, Measured: float64(bytes) / 1000, Runs: "exact"},
	}, nil
}

var rankingModels = []string{"logistic regression", "FM", "Embedding+MLP", "Deep Crossing", "Wide & Deep", "NeuralCF", "PNN inner", "PNN outer", "DeepFM", "DIN", "DIEN"}

// report is a comparison of which figures are picked.
type report struct{ *compare.Report }

// ranking returns the figures of the ranking models: the best against Embedding+MLP, the
// worst of the neural ones against two averages added up, and the best itself if there is a bar.
func (r *report) ranking(data string, bar float64) []Figure {
	const floor = "item mean + user mean"
	best, least, worst := "", 2.0, ""
	lead, low := -1.0, -1.0
	for _, p := range r.Parts {
		if p.Name != "Ranking" {
			continue
		}
		best = p.Rows[0].Name
		for _, l := range p.Leads {
			if l.A == best {
				lead, low = l.Difference.Mean, l.Difference.Low
			}
		}
		for _, row := range p.Rows {
			if row.Name != floor && row.Name != "logistic regression" && row.Name != "FM" {
				if v := r.metric("Ranking", row.Name, "AUC"); v < least {
					least, worst = v, row.Name
				}
			}
		}
	}
	figures := []Figure{
		{Name: fmt.Sprintf("%s, time split: AUC of %s above Embedding+MLP (%+.4f), low end of the interval", data, best, lead), Bar: 0, AtLeast: true, Measured: low, Runs: "1 seed"},
		{Name: fmt.Sprintf("%s: AUC of the last neural ranker, %s; bar: item mean + user mean", data, worst), Bar: r.metric("Ranking", floor, "AUC"), AtLeast: true, Measured: least, Runs: "1 seed"},
	}
	if bar > 0 {
		figures = append(figures, Figure{Name: data + ": AUC of " + best, Bar: bar, AtLeast: true, Measured: r.metric("Ranking", best, "AUC"), Runs: "1 seed"})
	}
	return figures
}

// metric returns a figure of a model. It panics if there is none.
func (r *report) metric(part, model, metric string) float64 {
	for _, p := range r.Parts {
		for _, row := range p.Rows {
			for _, m := range row.Result.Metrics {
				if p.Name == part && row.Name == model && m.Name == metric {
					return m.Mean
				}
			}
		}
	}
	panic("bench: the comparison has no " + metric + " of " + model)
}

// same trains every model twice with one seed and counts those whose figures differ.
func (q Compare) same(c *console.Console) ([]Figure, error) {
	var runs [2]*report
	for i := range runs {
		r, err := q.compare(c, "ml-latest-small", "", false)
		if err != nil {
			return nil, err
		}
		runs[i] = r
	}
	other, all := otherFigures(runs[0], runs[1])
	return []Figure{{Name: fmt.Sprintf("models of %d with other figures for the same seed %s", all, strings.Join(other, ", ")),
		Unit: "models", Bar: 0, Measured: float64(len(other)), Runs: "2"}}, nil
}

// otherFigures returns the models of a whose metrics, intervals among them, are
// others in b, and how many models there are. Times do not count.
func otherFigures(a, b *report) (other []string, all int) {
	for k, p := range a.Parts {
		for i, row := range p.Rows {
			all++
			again := b.Parts[k].Rows[i]
			if row.Name != again.Name || fmt.Sprint(estimates(row)) != fmt.Sprint(estimates(again)) {
				other = append(other, row.Name)
			}
		}
	}
	return other, all
}

// estimates returns the metrics of row by name.
func estimates(row compare.Row) map[string]evaluation.Estimate {
	m := map[string]evaluation.Estimate{}
	for _, x := range row.Result.Metrics {
		m[x.Name] = x.Estimate
	}
	return m
}
