package listwise

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/crowd"
	"sparrow/build/examples"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// small returns settings that train the synthetic data in a moment.
func small() Options {
	opt := DefaultOptions(synthetic())
	opt.Targets, opt.Candidates, opt.Sample, opt.Epochs, opt.Hidden = 2, 40, 20, 6, []int{8, 4}
	return opt
}

// TestTrainerAndEngineAgree ranks histories with the int8 model and compares
// the scores with those of the trainer's own forward pass on the same weights.
func TestTrainerAndEngineAgree(t *testing.T) {
	for name, sets := range map[string]bool{"order": false, "sets": true} {
		t.Run(name, func(t *testing.T) { agree(t, sets) })
	}
}

func agree(t *testing.T, sets bool) {
	d, opt := synthetic(), small()
	r := learned(t, d, opt.Targets)
	if sets {
		r.Profile = &retrieval.Profile{Lists: *r.Transition, Gate: retrieval.Gate{Most: 0.3, From: 0.5, Weight: 1}}
	}
	lists := rowsOf(t, d, r, &opt)
	m, _, err := fit(context.Background(), lists, len(d.Catalog.GenreNames), r, &opt, func(int, int) {})
	if err != nil && !errors.Is(err, ErrNotBetter) {
		t.Fatal(err)
	}
	if err := m.Check(len(d.Catalog.GenreNames), r.Model.Out.Cols); err != nil {
		t.Fatal(err)
	}
	s := newStandard(opt.numeric(), opt.GenreWidth, lists, &r.Model.In, &r.Model.Out)
	tr := &trainer{opt: &opt, standard: s, shape: newShape(&s.layout, len(d.Catalog.GenreNames), opt.Hidden)}
	p := tr.decoded(&m)
	n := &network{standard: s}

	b := bundle.Bundle{Catalog: d.Catalog, Statistics: crowd.Statistics(d, examples.TrendHalfLife),
		Retrieval: *r.Model, Transition: *r.Transition, Profile: r.Profile, Ranking: m}
	tables := b.Tables()
	x := feature.NewExtractor(tables)
	engine := ranking.New(&m, tables, &r.Model.In)
	retriever := retrieval.New(r.Model, r.Transition, r.Statistics).WithSets(tables.Set)
	spoken := false
	for _, at := range moments(d, 1, 20) {
		h := historyBefore(d, at)
		if sets {
			for i := range h {
				h[i].Stars, h[i].At = max(4, h[i].Stars), at.time
			}
		}
		candidates := retriever.Candidates(nil, h, nil, 50)
		l := list{user: *x.User(h), items: make([]feature.Item, len(candidates))}
		x.Items(l.items, candidates, nil)
		want := make(map[catalog.Row]float32)
		for k, score := range n.forward(p, &l, nil) {
			want[candidates[k].Row] = score
			spoken = spoken || l.items[k].Numeric[feature.ProfileScore] > 0
		}
		engine.Rank(h, candidates)
		for _, g := range candidates {
			if w := want[g.Row]; math.Abs(float64(g.Score-w)) > 1e-5 {
				t.Errorf("user %d: movie %d scores %g in the engine, %g in the trainer", at.user, g.Row, g.Score, w)
			}
		}
	}
	if spoken != sets {
		t.Errorf("the profile says something of the candidates: %v", spoken)
	}
}

// TestTheRankerReadsAProfileWhereThereIsOne, of data with times and without.
func TestTheRankerReadsAProfileWhereThereIsOne(t *testing.T) {
	d, opt := synthetic(), small()
	opt.Epochs = 1
	r := learned(t, d, opt.Targets)
	profile := &retrieval.Profile{Lists: *r.Transition, Gate: retrieval.Gate{Most: 0.3, From: 0.5, Weight: 1}}
	for _, features := range [][]feature.Numeric{nil, OrderFree()} {
		opt.Features = features
		for _, r.Profile = range []*retrieval.Profile{nil, profile} {
			m, _, err := Train(context.Background(), d, r, opt, nil)
			if err != nil && !errors.Is(err, ErrNotBetter) {
				t.Fatal(err)
			}
			if reads := slices.Contains(m.Features, feature.ProfileScore.String()); reads != (r.Profile != nil) {
				t.Errorf("%d features, a profile: %v, the ranker reads it: %v", len(m.Features), r.Profile != nil, reads)
			}
		}
	}
}

// TestTrainIsReproducible trains on one and on two processors.
func TestTrainIsReproducible(t *testing.T) {
	d, opt := synthetic(), small()
	r := learned(t, d, opt.Targets)
	train := func(processors int) ranking.Model {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		m, _, err := Train(context.Background(), d, r, opt, nil)
		if err != nil && !errors.Is(err, ErrNotBetter) {
			t.Fatal(err)
		}
		return m
	}
	if diff := cmp.Diff(train(1), train(2)); diff != "" {
		t.Errorf("one and two processors give different models:\n%s", diff)
	}
}

// TestKnownPassesMakeTheSameRanker: told how many passes it took, training makes the same model
// without measuring it.
func TestKnownPassesMakeTheSameRanker(t *testing.T) {
	d, opt := synthetic(), small()
	r := learned(t, d, opt.Targets)
	want, found, err := Train(context.Background(), d, r, opt, nil)
	if err != nil && !errors.Is(err, ErrNotBetter) {
		t.Fatal(err)
	}
	opt.Passes = found.Epochs
	got, report, err := Train(context.Background(), d, r, opt, nil)
	if err != nil || report != (Report{Lists: found.Lists, Found: found.Found, Epochs: found.Epochs}) {
		t.Errorf("Train = %+v, %v", report, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with known passes the model is another (-want +got):\n%s", diff)
	}
}

// TestTrainBeatsRetrieval uses the planted sequels: what follows the last item is
// in the transition features, and the ranker must see it.
func TestTrainBeatsRetrieval(t *testing.T) {
	d, opt := synthetic(), small()
	opt.Epochs = 20
	_, report, err := Train(context.Background(), d, learned(t, d, opt.Targets), opt, nil)
	if err != nil {
		t.Fatalf("Train: %v; report %+v", err, report)
	}
	if report.Ranked < 1.02*report.Retrieved {
		t.Errorf("NDCG@10 %.4f ranked, %.4f retrieved", report.Ranked, report.Retrieved)
	}
	if report.Quantized < 0.99*report.Ranked {
		t.Errorf("NDCG@10 %.4f as int8, %.4f as float32", report.Quantized, report.Ranked)
	}
}

func TestTrainRefuses(t *testing.T) {
	d := synthetic()
	for name, spoil := range map[string]func(o *Options){
		"no targets":      func(o *Options) { o.Targets = 0 },
		"no hidden layer": func(o *Options) { o.Hidden = nil },
		"all dropped":     func(o *Options) { o.Dropout = 1 },
		"an empty layer":  func(o *Options) { o.Hidden = []int{0} },
	} {
		opt := small()
		spoil(&opt)
		if _, _, err := Train(context.Background(), d, Retrieval{}, opt, nil); err == nil {
			t.Errorf("Train accepts %s", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Train(ctx, d, learned(t, d, 1), small(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Train, canceled: %v", err)
	}
}
