package pipeline

import (
	"context"
	"reflect"
	"testing"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
)

// TestRetrainingKnowsThatOrderIsNotUsed holds that a bundle like one that does not use
// the order does not use it, and one like another does.
func TestRetrainingKnowsThatOrderIsNotUsed(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 60, Items: 40, Interactions: 1200, Groups: 4})
	for _, free := range []bool{true, false} {
		o := Options{Seed: 1, Retrieval: "pool", OrderFree: free, Epochs: 1, Little: noRanker}
		r, err := o.Retrieve(context.Background(), quiet{}, d)
		if err != nil {
			t.Fatal(err)
		}
		b := &bundle.Bundle{Retrieval: r.Model, Transition: r.Transition}
		if Like(b).OrderFree != free {
			t.Fatalf("a bundle like one that uses the order %t uses it %t", !free, !Like(b).OrderFree)
		}
		again, err := Retrain(context.Background(), quiet{}, b, d)
		if err != nil {
			t.Fatal(err)
		}
		opt := crowd.DefaultTransitionOptions(d)
		if free {
			opt = crowd.OrderFreeOptions()
		}
		seen := d.WithoutTargets(Like(b).suited(d).targets(d))
		if want := crowd.Transition(seen, opt); !reflect.DeepEqual(again.Transition, want) || orderFree(&again.Retrieval) != free {
			t.Errorf("retrained, the order is used %t, want %t", !orderFree(&again.Retrieval), !free)
		}
	}
}

// TestTheChoiceIsKept holds that a step which reads what an earlier one trained knows what
// its model was chosen by: the card says so.
func TestTheChoiceIsKept(t *testing.T) {
	w, err := OpenWork(context.Background(), quiet{}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cases := someCases(40)
	want := Choice{Users: 40, Words: "pool is taken", Tried: []Tried{{Name: "pool", NDCG: .1, Half: .01, Mixed: .2, Weight: 2, better: resultOf(cases, 4)}}}
	if err := w.save(retrievedFile, &Retrieved{Choice: want}); err != nil {
		t.Fatal(err)
	}
	var got Retrieved
	if err := w.load(retrievedFile, &got); err != nil {
		t.Fatal(err)
	}
	want.Tried[0].better = evaluation.Result{}
	if !reflect.DeepEqual(got.Choice, want) {
		t.Errorf("kept is %+v, want %+v", got.Choice, want)
	}
}
