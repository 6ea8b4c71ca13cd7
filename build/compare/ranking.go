package compare

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/examples"
	"sparrow/build/pointwise"
	"sparrow/build/stats"
	"sparrow/wasm/bundle"
	"sparrow/wasm/feature"
)

// rankers returns the ranking models.
func rankers() []pointwise.Model { return pointwise.Models }

// meanModel is what every ranking model must beat: two columns added up.
const meanModel = "item mean + user mean"

// judgedRows are the rows of a split as the ranking models see them.
type judgedRows struct {
	split              *evaluation.Split
	schema             *feature.Schema
	train, valid, test *rows
	judged             []evaluation.Example // in the order of test
}

// compareRanking judges how well models tell what is liked from what is not.
func compareRanking(ctx context.Context, d *dataset.Dataset, opt Options) (*Part, error) {
	p := &Part{Name: "Ranking", Metric: "AUC", Chosen: logLoss}
	if !opt.wantsRanking() {
		return p, nil
	}
	preset, _ := evaluation.PresetNamed(opt.Preset)
	split, err := preset.Split(d, opt.Seed)
	if err != nil {
		return nil, err
	}
	p.Protocol = split.Protocol
	x, err := newJudgedRows(split, columns(split.Data), opt.Stage)
	if err != nil {
		return nil, err
	}
	if err := bothKinds(x.judged, opt.Preset); err != nil {
		return nil, err
	}
	order := evaluation.DefaultPointwiseOptions()
	order.OrderOnly = true
	p.Rows = append(p.Rows, Row{Name: meanModel, baseline: true,
		Result: evaluation.Pointwise(meanModel, x.judged, wide(x.test.set.Scores("shrunkenRatingSum")), order)})
	for _, m := range rankers() {
		if !opt.wants(m.Name) {
			continue
		}
		row, err := x.judge(ctx, m, opt)
		if err != nil {
			return nil, err
		}
		p.Rows = append(p.Rows, *row)
	}
	return p, p.finish(pointwise.EmbeddingMLP.Name, evaluation.DefaultResampling)
}

// wantsRanking reports whether some ranking model is to be compared.
func (o *Options) wantsRanking() bool {
	return slices.ContainsFunc(rankers(), func(m pointwise.Model) bool { return o.wants(m.Name) })
}

// fits returns an error if the protocol of the ranking models cannot judge d.
func (o *Options) fits(d *dataset.Dataset) error {
	if !o.wantsRanking() {
		return nil
	}
	preset, ok := evaluation.PresetNamed(o.Preset)
	if !ok {
		return fmt.Errorf("compare: no protocol is called %q", o.Preset)
	}
	if preset.InTime {
		return evaluation.NeedsTimes(d, preset.Name, "--preset random-rating or random-like")
	}
	return nil
}

// bothKinds returns an error unless something is liked and something is not:
// without either no model can be told from another.
func bothKinds(judged []evaluation.Example, preset string) error {
	liked := 0
	for _, e := range judged {
		if e.Liked {
			liked++
		}
	}
	if 0 < liked && liked < len(judged) {
		return nil
	}
	return fmt.Errorf("compare: of the %d opinions that the protocol %s judges by, %d are likes, so that no ranking model can be told from another: take another --preset, or data with opinions of both kinds", len(judged), preset, liked)
}

// newJudgedRows makes the rows, of the given columns. Those to fit to see the crowd as of their own moment; those of a split in
// time that validate and test see it as of the end of what came before them.
func newJudgedRows(s *evaluation.Split, of []feature.Column, stage func(what string) func(done, total int)) (*judgedRows, error) {
	x := &judgedRows{split: s}
	made := stage("make rows")
	set := func(part int, list []evaluation.Example, frozen int64) *examples.Set {
		made(part, 3)
		return newSet(s, list, frozen)
	}
	cuts := [2]int64{examples.Never, examples.Never}
	if s.InTime() {
		cuts = [2]int64{earliest(s, s.Valid), earliest(s, s.Test)}
	}
	fit := set(0, s.Fit, examples.Never)
	schema, err := examples.Fit(of, fit)
	if err != nil {
		return nil, err
	}
	x.schema = schema
	x.train = &rows{set: fit, schema: schema}
	x.valid = &rows{set: set(1, s.Valid, cuts[0]), schema: schema}
	x.test = &rows{set: set(2, s.Test, cuts[1]), schema: schema}
	for i, label := range x.test.set.Labels {
		x.judged = append(x.judged, evaluation.Example{User: int(x.test.set.Users[i]), At: int(x.test.set.At[i]), Liked: label > 0})
	}
	return x, nil
}

// newSet makes the rows of list, which see the crowd as it was at the moment frozen at the latest.
func newSet(s *evaluation.Split, list []evaluation.Example, frozen int64) *examples.Set {
	var wanted []examples.Wanted
	for _, e := range list {
		w := examples.Wanted{User: int32(e.User), At: int32(e.At)}
		if e.Liked {
			w.Label = 1
		}
		wanted = append(wanted, w)
	}
	return examples.New(s.Data, wanted, frozen)
}

// earliest returns the first moment of rows.
func earliest(s *evaluation.Split, rows []evaluation.Example) int64 {
	first := int64(examples.Never)
	for _, x := range rows {
		first = min(first, int64(s.Data.Interactions[x.At].At))
	}
	return first
}

func (x *judgedRows) judge(ctx context.Context, m pointwise.Model, opt Options) (*Row, error) {
	in := inputsOf(x.schema)
	row := &Row{Name: m.Name, Source: m.Source, File: m.File}
	var best *pointwise.Trained
	least := math.Inf(1)
	for _, tr := range trials(x.train.Len(), opt) {
		begun := time.Now()
		trained, err := pointwise.Train(ctx, m, in, x.train, x.valid, tr.options, opt.Stage(m.Name+", "+tr.name))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		loss := trained.Curve[trained.Curve.Best()].Valid
		row.Tried = append(row.Tried, Tried{tr.name, loss})
		if loss < least {
			least, best = loss, trained
			row.Setting, row.Seconds, row.Curve = tr.name, time.Since(begun).Seconds(), trained.Curve
		}
	}
	// What is judged is what would ship: the graph as int8, read back from its bytes.
	file, err := bundle.EncodeGraph(best.Graph)
	if err != nil {
		return nil, err
	}
	shipped, err := bundle.DecodeGraph(file)
	if err != nil {
		return nil, err
	}
	row.Bytes = len(file)
	logits := pointwise.Logits(shipped, x.test)
	probabilities := make([]float64, len(logits))
	for i, v := range logits {
		probabilities[i] = stats.Logistic(float64(v))
	}
	row.Result = evaluation.Pointwise(m.Name, x.judged, probabilities, evaluation.DefaultPointwiseOptions())
	return row, nil
}

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}
