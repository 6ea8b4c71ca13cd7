package pipeline

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"sparrow/build/answers"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// A world of plays: each user plays items of one group for hours, and for a minute
// what is new and known to all, whichever group it is of. The group is not in the
// catalog.
const (
	playItems, playGroups = 72, 3
	playUsers             = 120
	playHeavy, playLight  = 8, 12
)

// plays returns the log of such a world, what the users also play for hours, which
// is not in it, and the group of each.
func plays(t *testing.T, seed uint64) (*dataset.Dataset, []evaluation.Case, []int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 7))
	l := log{header: "user_id,item_id,timestamp,weight"}
	var asked [][]catalog.Row
	var groups []int
	for u := range playUsers {
		group, at := rng.IntN(playGroups), 1_500_000_000+rng.IntN(1_000_000)
		own := rng.Perm(playItems / playGroups)[:playHeavy+3]
		weight := make(map[int]float64)
		for len(weight) < playLight { // by the cube of the place: few are known to all
			weight[int(playItems*math.Pow(rng.Float64(), 3))] = 1 + 3*rng.Float64()
		}
		for k, i := range own {
			own[k] = i*playGroups + group
			weight[own[k]] = 60 * math.Exp(rng.NormFloat64())
		}
		asked, groups = append(asked, nil), append(groups, group)
		for _, i := range own[playHeavy:] {
			asked[u] = append(asked[u], catalog.Row(i))
			delete(weight, i)
		}
		for _, i := range rng.Perm(playItems) {
			if w := weight[i]; w > 0 {
				at += 1 + rng.IntN(100_000)
				l.rows = append(l.rows, fmt.Sprintf("u%d,%d,%d,%.2f", u, i+1, at, w))
			}
		}
	}
	d, p := l.read(t, playItems)
	if !strings.Contains(strings.Join(p.lines, "\n"), "say how sure a liking is") {
		t.Errorf("nothing is said of weights:\n%s", strings.Join(p.lines, "\n"))
	}
	var cases []evaluation.Case
	for u := range d.Users {
		c := evaluation.Case{User: u, Relevant: asked[u]}
		for _, e := range d.Of(u) {
			c.History = append(c.History, feature.Event{Row: e.Row, At: int64(e.At)})
		}
		cases = append(cases, c)
	}
	return d, cases, groups
}

// ignored returns d as if it had no weights.
func ignored(d *dataset.Dataset) *dataset.Dataset {
	view := *d
	view.Interactions = append([]dataset.Interaction(nil), d.Interactions...)
	for i := range view.Interactions {
		view.Interactions[i].Confidence = 0
	}
	return &view
}

// engineOf trains a bundle on d and returns the engine's lists for cases.
func engineOf(t *testing.T, d *dataset.Dataset) evaluation.Method {
	t.Helper()
	o := Options{Seed: 1, Retrieval: "auto"}
	trained, err := o.Train(context.Background(), quiet{}, d)
	if err != nil {
		t.Fatal(err)
	}
	data, err := bundle.Encode(trained.assemble(d))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return answers.Methods(b, "ranking")[0]
}

// TestWeightsTeach compares an engine that was trained on play counts with one that
// was trained as if each play were alike: it finds more of what the users play for
// hours, and what it puts first is of their taste.
func TestWeightsTeach(t *testing.T) {
	ctx := context.Background()
	own, first := 0, 0
	for seed := range uint64(3) {
		d, cases, groups := plays(t, seed)
		var results []evaluation.Result
		for _, data := range []*dataset.Dataset{d, ignored(d)} {
			m := engineOf(t, data)
			lists, err := evaluation.Ask(ctx, m, cases, nil, 10, playItems, nil)
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, evaluation.Lists(m.Name, cases, lists, evaluation.DefaultListOptions(data, 10)))
			if len(results) > 1 {
				continue
			}
			for u, list := range lists {
				for _, r := range list[:3] {
					first++
					if int(r)%playGroups == groups[u] {
						own++
					}
				}
			}
		}
		c, err := evaluation.Compare(results, "NDCG@10", evaluation.Resampling{Rounds: 1000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		by := c[0].Difference
		t.Logf("seed %d: NDCG@10 %.4f with weights, %+.4f [%+.4f, %+.4f] more than without", seed, results[0].Metrics[0].Mean, by.Mean, by.Low, by.High)
		if by.Low <= 0 {
			t.Errorf("seed %d: weights change NDCG@10 by %+.4f [%+.4f, %+.4f]: not for the better", seed, by.Mean, by.Low, by.High)
		}
	}
	if share := float64(own) / float64(first); share < 0.95 {
		t.Errorf("%.1f %% of the first three are of the user's taste, want 95 %%", 100*share)
	} else {
		t.Logf("%.1f %% of the first three are of the user's taste", 100*share)
	}
}

// TestEqualWeightsAreNone trains on ratings without a column of weights, and with
// one in which all are alike: the bundles are equal to the byte.
func TestEqualWeightsAreNone(t *testing.T) {
	shape := dataset.Shape{Seed: 2, Users: 60, Items: 45, Interactions: 1000, Groups: 3}
	var want string
	for _, weight := range []string{"", ",1", ",37.5"} {
		l := log{header: "user_id,item_id,timestamp,rating"}
		if weight != "" {
			l.header += ",weight"
		}
		for u, d := 0, dataset.Synthetic(shape); u < len(d.Users); u++ {
			for _, e := range d.Of(u) {
				l.rows = append(l.rows, fmt.Sprintf("%s,%d,%d,%.1f%s", d.Users[u], e.Row+1, e.At, float64(e.Stars)/2, weight))
			}
		}
		d, _ := l.read(t, shape.Items)
		d.Name = "made up" // not that of its folder
		o := Options{Seed: 1, Retrieval: "auto", Epochs: 3, Holdout: 1}
		f, err := o.Run(context.Background(), quiet{}, d, t.TempDir()+"/b.bundle")
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = f.SHA256
		}
		if f.SHA256 != want {
			t.Errorf("with weights %q the bundle is another one", weight)
		}
	}
}
