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
)

// Compare measures the models of the course against their bars, by the command line.
type Compare struct {
	Data string `required:"" type:"existingdir" help:"Folder that holds ml-latest-small/ and ml-1m/."`
	Only string `enum:"all,ml-latest-small,ml-1m,engine,same" default:"all" help:"Part to measure: ml-latest-small, ml-1m, engine, which is the bundle of ml-1m, or same, whether the same seed gives the same figures (${default})."`
	Out  string `default:".build/compare" help:"Folder of the reports (${default})."`
}

// compared is what the compare verb prints with --json.
type compared struct {
	Parts []struct {
		Name, Against string
		Rows          []struct {
			Model  string
			Result struct {
				Metrics []struct {
					Name            string
					Mean, Low, High float64
				}
			}
		}
		Leads []struct {
			A          string
			Difference struct{ Mean, Low, High float64 }
		}
	}
}

// Run compares and prints the table.
func (q Compare) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c, remove, err := built(ctx)
	if err != nil {
		return err
	}
	defer remove()
	var figures []Figure
	for _, part := range []struct {
		name    string
		measure func(command) ([]Figure, error)
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

// compare runs the compare verb.
func (q Compare) compare(c command, data, out string, flags ...string) (*compared, error) {
	r := new(compared)
	flags = append([]string{"compare", "--json", "--input", filepath.Join(q.Data, data), "--out", out}, flags...)
	return r, c.run(r, c.path, flags...)
}

// small compares all models on ml-latest-small.
func (q Compare) small(c command) ([]Figure, error) {
	begun := time.Now()
	r, err := q.compare(c, "ml-latest-small", filepath.Join(q.Out, "ml-latest-small"))
	if err != nil {
		return nil, err
	}
	minutes := time.Since(begun).Minutes()
	return append(r.ranking("ml-latest-small", 0),
		Figure{Name: "all models on ml-latest-small", Unit: "min", Bar: 40, Measured: minutes, Runs: "1"}), nil
}

// large compares the sequence model and the ranking models on ml-1m, each with its defaults.
func (q Compare) large(c command) ([]Figure, error) {
	var figures []Figure
	r, err := q.compare(c, "ml-1m", filepath.Join(q.Out, "ml-1m-sequence"), "--no-tune", "--models", "SASRec,popularity")
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
	if r, err = q.compare(c, "ml-1m", filepath.Join(q.Out, "ml-1m-ranking"), "--no-tune", "--models", rankingModels); err != nil {
		return nil, err
	}
	return append(figures, r.ranking("ml-1m", 0.78)...), nil
}

// engine measures what the bundle verb makes of ml-1m, on the item that it holds back: the
// engine's own answers from the bytes that ship.
func (q Compare) engine(c command) ([]Figure, error) {
	t, err := c.bundle("--input", filepath.Join(q.Data, "ml-1m"))
	if err != nil {
		return nil, err
	}
	bytes, err := compressed(t.Bundle)
	if err != nil {
		return nil, err
	}
	var lost losses
	lost.add(t)
	kept := (100 - lost.retrieval()) * (100 - lost.ranking()) / 100
	return []Figure{
		{Name: "ml-1m, whole engine from its bundle: NDCG@10", Bar: 0.205, AtLeast: true, Measured: t.metric(ndcg + " ranked"), Runs: "1 seed"},
		{Name: "… HitRate@10", Bar: math.NaN(), Measured: t.metric("HitRate@10 ranked"), Runs: "1 seed"},
		{Name: "… kept by int8, of retrieval times of ranking", Unit: "%", Bar: 98, AtLeast: true, Measured: kept, Runs: "1 seed"},
		{Name: "… its bundle, brotli 11", Unit: "KB", Bar: 600, Measured: float64(bytes) / 1000, Runs: "exact"},
	}, nil
}

const rankingModels = "logistic regression,FM,Embedding+MLP,Deep Crossing,Wide & Deep,NeuralCF,PNN inner,PNN outer,DeepFM,DIN,DIEN"

// ranking returns the figures of the ranking models: the best against Embedding+MLP, the
// worst of the neural ones against two averages added up, and the best itself if there is a bar.
func (r *compared) ranking(data string, bar float64) []Figure {
	const floor = "movie mean + user mean"
	best, least, worst := "", 2.0, ""
	lead, low := -1.0, -1.0
	for _, p := range r.Parts {
		if p.Name != "Ranking" {
			continue
		}
		best = p.Rows[0].Model
		for _, l := range p.Leads {
			if l.A == best {
				lead, low = l.Difference.Mean, l.Difference.Low
			}
		}
		for _, row := range p.Rows {
			if row.Model != floor && row.Model != "logistic regression" && row.Model != "FM" {
				if v := r.metric("Ranking", row.Model, "AUC"); v < least {
					least, worst = v, row.Model
				}
			}
		}
	}
	figures := []Figure{
		{Name: fmt.Sprintf("%s, time split: AUC of %s above Embedding+MLP (%+.4f), low end of the interval", data, best, lead), Bar: 0, AtLeast: true, Measured: low, Runs: "1 seed"},
		{Name: fmt.Sprintf("%s: AUC of the last neural ranker, %s; bar: movie mean + user mean", data, worst), Bar: r.metric("Ranking", floor, "AUC"), AtLeast: true, Measured: least, Runs: "1 seed"},
	}
	if bar > 0 {
		figures = append(figures, Figure{Name: data + ": AUC of " + best, Bar: bar, AtLeast: true, Measured: r.metric("Ranking", best, "AUC"), Runs: "1 seed"})
	}
	return figures
}

// metric returns a figure of a model; a missing one is an error of ours.
func (r *compared) metric(part, model, metric string) float64 {
	for _, p := range r.Parts {
		for _, row := range p.Rows {
			for _, m := range row.Result.Metrics {
				if p.Name == part && row.Model == model && m.Name == metric {
					return m.Mean
				}
			}
		}
	}
	panic("bench: the compare verb did not report " + metric + " of " + model)
}

// same trains every model twice with one seed and counts those whose figures differ.
func (q Compare) same(c command) ([]Figure, error) {
	var runs [2]*compared
	for i := range runs {
		r, err := q.compare(c, "ml-latest-small", filepath.Join(c.work, "same"), "--no-tune")
		if err != nil {
			return nil, err
		}
		runs[i] = r
	}
	other, all := []string{}, 0
	for k, p := range runs[0].Parts {
		for i, row := range p.Rows {
			all++
			if fmt.Sprint(row) != fmt.Sprint(runs[1].Parts[k].Rows[i]) {
				other = append(other, row.Model)
			}
		}
	}
	return []Figure{{Name: fmt.Sprintf("models of %d with other figures for the same seed %s", all, strings.Join(other, ", ")),
		Unit: "models", Bar: 0, Measured: float64(len(other)), Runs: "2"}}, nil
}
