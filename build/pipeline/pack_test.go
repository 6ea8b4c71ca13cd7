package pipeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
	"sparrow/wasm/retrieval"
)

// TestTheRestOfTheListsIsInTheSecondFile: the first file has the strongest transitions
// and answers its own golden questions; figures, card and golden answers of both are
// those of a bundle of one file.
func TestTheRestOfTheListsIsInTheSecondFile(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 200, Items: 90, Interactions: 5000, Groups: 3})
	o := Options{Seed: 1, Retrieval: "pool", Epochs: 2, Holdout: 1}
	packed := func(out string) (*Packed, *bundle.Bundle) {
		f, err := o.Run(t.Context(), quiet{}, d, out)
		if err != nil {
			t.Fatal(err)
		}
		b, _, err := bundledir.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		return f, b
	}
	dir := t.TempDir() + "/"
	oneFigures, one := packed(t.TempDir() + "/one.bundle")
	figures, two := packed(dir)
	if diff := cmp.Diff(oneFigures.Metrics, figures.Metrics); diff != "" {
		t.Errorf("figures of two files: %s", diff)
	}
	if one.Meta.Card != two.Meta.Card || !strings.Contains(two.Meta.Card, "with the 12 strongest transitions") {
		t.Errorf("the card of two files is %s", two.Meta.Card)
	}
	if diff := cmp.Diff(one.Golden, two.Golden); diff != "" {
		t.Errorf("golden answers of two files: %s", diff)
	}
	if diff := cmp.Diff(one.Transition, two.Transition); diff != "" {
		t.Errorf("lists of two files: %s", diff)
	}
	data, _, err := bundledir.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.OpenLists(data); err != nil {
		t.Error(err)
	}
	first, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one.Transition.Strongest(firstNeighbours), first.Transition); diff != "" {
		t.Errorf("lists of the first file: %s", diff)
	}
	if cmp.Equal(one.Golden, first.Golden) {
		t.Error("the first file has the golden answers of the whole")
	}
}

// TestShortListsAreInTheFirstFile: where none is longer than what that has room for, it
// names no number, and nothing comes later.
func TestShortListsAreInTheFirstFile(t *testing.T) {
	for length, want := range map[uint32]int{firstNeighbours: 0, firstNeighbours + 1: firstNeighbours} {
		if got := first(&retrieval.Lists{Start: []uint32{0, 2, 2 + length}, Scale: make([]float32, 2)}); got != want {
			t.Errorf("of a list of %d: %d, want %d", length, got, want)
		}
	}
}
