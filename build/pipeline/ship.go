package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// What ships: [Options.Ship].
const (
	ShipAll      = "all"      // the same training again on all there is, with the figures of what was measured
	ShipMeasured = "measured" // what was measured, which has not seen what it was measured by
)

// noPasses is the [Options.Ranker] of a bundle that keeps the order of retrieval.
const noPasses = -1

// twice reports whether what ships is trained again, once it is known how good the same
// training is on what was held out. o is suited to the data.
func (o Options) twice() bool { return o.Ship == ShipAll && o.Holdout > 0 }

// again returns the options that train on all interactions in the way in which t was trained:
// what was chosen by data that t has not seen is not chosen again, as nothing is held out to
// choose by.
func (t *Trained) again() Options {
	o := t.Options
	o.Holdout, o.Epochs = 0, t.Retrieved.Passes
	o.Retrieval, o.OrderFree = "pool", orderFree(&t.Retrieved.Model)
	if t.Retrieved.Model.Network != nil {
		o.Retrieval = "sequence"
	}
	if t.Retrieved.Profile != nil {
		o.Most = t.Retrieved.Profile.Gate.Most
	}
	o.Ranker = t.Report.Epochs
	if keepsRetrieval(&t.Ranking) {
		o.Ranker = noPasses
	}
	return o
}

// keepsRetrieval reports whether m is what [retrievedOrder] makes.
func keepsRetrieval(m *ranking.Model) bool {
	return len(m.Features) == 1 && m.Features[0] == feature.RetrievalScore.String()
}

// Sibling names what the figures in m are of where they are not of the bundle itself, else it
// returns "".
func Sibling(m *bundle.Meta) string {
	held := "last choice"
	switch {
	case m.Sibling == 0:
		return ""
	case m.Sibling > 1:
		held = fmt.Sprintf("last %d choices", m.Sibling)
	}
	if strings.HasSuffix(m.Metrics[0].Name, randomHoldOut) {
		held = plural.Of(m.Sibling, "choice") + ", drawn at random"
	}
	return "a model that was trained in the same way without each user's " + held
}

// sayAgain says that the second training begins.
func sayAgain(p Progress) {
	p.Say("what ships is trained now: in the same way, on all interactions, with the figures above; --ship measured does without")
}

// Run trains, measures and writes a bundle to out, which is a file or a folder,
// and returns its figures. It adds what is known here and nowhere later: the figures
// of retrieval in float32, and the ranker's own validation, on users that it was not
// trained on.
func (o Options) Run(ctx context.Context, p Progress, d *dataset.Dataset, out string) (*Packed, error) {
	begun := time.Now()
	boundMemory(len(d.Interactions))
	t, err := o.Train(ctx, p, d)
	if err != nil {
		return nil, err
	}
	x, err := t.assembled(p, d)
	if err != nil {
		return nil, err
	}
	m, err := t.measure(ctx, p, d, x)
	if err != nil {
		return nil, err
	}
	further, err := t.further(ctx, p, d)
	if err != nil {
		return nil, err
	}
	if t.Options.twice() {
		sayAgain(p)
		next := t.again()
		t, x = nil, nil // both need not be in memory at once
		if t, err = next.parts(ctx, p, d); err != nil {
			return nil, err
		}
		if x, err = t.assembled(p, d); err != nil {
			return nil, err
		}
	}
	f, err := t.write(ctx, p, d, x, m, out)
	if err != nil {
		return nil, err
	}
	p.Stop()
	f.Metrics = append(f.Metrics, further...)
	f.Seconds = time.Since(begun).Seconds()
	return f, nil
}

// further returns the figures that are not in the bundle: steps, which have no float32,
// write the same.
func (t *Trained) further(ctx context.Context, p Progress, d *dataset.Dataset) (figures []Metric, err error) {
	if cases := heldOut(d, t.Options.Holdout); len(cases) > 0 && t.Retrieved.exact != nil {
		measured, err := figuresFor(ctx, p, t.Retrieved.exact.method(), cases, d.Catalog.Len())
		if err != nil {
			return nil, err
		}
		for _, m := range measured {
			figures = append(figures, Metric{m.Name + " retrieved float32" + suffix(d), m.Value})
		}
	}
	if t.Report.Epochs > 0 { // else no ranker was trained
		figures = append(figures,
			Metric{"NDCG@10 validation float32" + suffix(d), float32(t.Report.Ranked)},
			Metric{"NDCG@10 validation int8" + suffix(d), float32(t.Report.Quantized)})
	}
	return figures, nil
}
