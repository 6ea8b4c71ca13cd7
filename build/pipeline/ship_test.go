package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/listwise"
	"sparrow/wasm/bundle"
	"sparrow/wasm/retrieval"
)

var shipShape = dataset.Shape{Seed: 3, Users: 120, Items: 60, Interactions: 3000, Groups: 3}

// run makes a bundle of d in a file and returns its bytes, what they hold, and its figures.
func run(t *testing.T, o Options, d *dataset.Dataset) ([]byte, *bundle.Bundle, *Packed) {
	t.Helper()
	out := t.TempDir() + "/b.bundle"
	p, err := o.Run(context.Background(), quiet{}, d, out)
	if err != nil {
		t.Fatal(err)
	}
	data, _, err := bundledir.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, b, p
}

// TestWhatShipsHasSeenAll: the bundle was trained on every interaction, its figures are those of
// the one that ships what was measured, and bundle, card and figures say so.
func TestWhatShipsHasSeenAll(t *testing.T) {
	d := dataset.Synthetic(shipShape)
	o := DefaultOptions()
	o.Retrieval, o.Epochs = "pool", 3
	_, all, figures := run(t, o, d)
	o.Ship = ShipMeasured
	_, measured, own := run(t, o, d)

	if got, want := all.Statistics.Count, crowd.Statistics(d, examples.TrendHalfLife).Count; !slices.Equal(got, want) {
		t.Errorf("what ships has seen %v of the items, want %v", got, want)
	}
	if reflect.DeepEqual(all.Retrieval, measured.Retrieval) || reflect.DeepEqual(all.Ranking, measured.Ranking) || reflect.DeepEqual(all.Profile, measured.Profile) || reflect.DeepEqual(all.Transition, measured.Transition) {
		t.Error("a part that ships was not trained again")
	}
	if !reflect.DeepEqual(all.Meta.Metrics, measured.Meta.Metrics) || !reflect.DeepEqual(figures.Metrics, own.Metrics) || len(own.Metrics) == 0 {
		t.Errorf("figures %v, want those of its sibling, %v", figures.Metrics, own.Metrics)
	}
	const sentence = "a model that was trained in the same way without each user's last choice"
	if all.Meta.Sibling != 1 || figures.FiguresOf != sentence || !strings.Contains(all.Meta.Card, "The figures are of "+sentence) || !strings.Contains(all.Meta.Card, fmt.Sprintf("%d interactions of", len(d.Interactions))) {
		t.Errorf("sibling %d, figures of %q, card:\n%s", all.Meta.Sibling, figures.FiguresOf, all.Meta.Card)
	}
	if measured.Meta.Sibling != 0 || own.FiguresOf != "" || strings.Contains(measured.Meta.Card, "trained in the same way") {
		t.Errorf("what was measured has sibling %d, figures of %q, card:\n%s", measured.Meta.Sibling, own.FiguresOf, measured.Meta.Card)
	}
}

// TestWhatShipsIsTheSameInSteps, be it trained twice or once, with something held out or nothing.
func TestWhatShipsIsTheSameInSteps(t *testing.T) {
	dir := t.TempDir()
	if err := shipShape.Write(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	in := DefaultInput(dir)
	d, _, err := in.Read(context.Background(), quiet{})
	if err != nil {
		t.Fatal(err)
	}
	var made [][]byte
	for _, ship := range []struct {
		what    string
		holdout int
	}{{ShipAll, 1}, {ShipAll, 0}, {ShipMeasured, 1}} {
		o := DefaultOptions()
		o.Retrieval, o.Epochs, o.Ship, o.Holdout = "pool", 2, ship.what, ship.holdout
		out := t.TempDir() + "/"
		if _, err := o.Run(context.Background(), quiet{}, d, out); err != nil {
			t.Fatal(err)
		}
		data, _, err := bundledir.Read(out)
		if err != nil {
			t.Fatal(err)
		}
		inSteps(t, in, o, data)
		for _, other := range made {
			if bytes.Equal(data, other) {
				t.Errorf("%+v has the bytes of another", ship)
			}
		}
		made = append(made, data)
	}
}

// TestTheSecondTrainingChoosesNothing: kind of retrieval, order, passes, how much the
// profile counts, and whether there is a ranker at all, are those of the first.
func TestTheSecondTrainingChoosesNothing(t *testing.T) {
	o := DefaultOptions()
	ordered, free := &Trained{Options: o}, &Trained{Options: o}
	for _, x := range []*Trained{ordered, free} {
		x.Retrieved.Passes, x.Report = 7, listwise.Report{Epochs: 5}
		x.Ranking.Features = []string{"a", "b"}
	}
	ordered.Retrieved.Model.Position, free.Retrieved.Model.Position = []float32{1, .5}, []float32{1, 1}
	ordered.Retrieved.Profile = &retrieval.Profile{Gate: retrieval.Gate{Most: 0.4}}
	unranked := &Trained{Options: o, Ranking: *retrievedOrder(1, 2), Report: listwise.Report{Epochs: 5}}
	for name, c := range map[string]struct {
		t      *Trained
		free   bool
		epochs int
		ranker int
		most   float32
	}{"in order": {ordered, false, 7, 5, 0.4}, "order-free": {free, true, 7, 5, 0}, "no ranker": {unranked, false, 0, noPasses, 0}} {
		want := o
		want.Retrieval, want.OrderFree, want.Epochs, want.Ranker, want.Most, want.Holdout = "pool", c.free, c.epochs, c.ranker, c.most, 0
		if got := c.t.again(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}
