package pipeline

import (
	"context"
	"reflect"
	"testing"

	"sparrow/build/baseline"
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

// TestOneEASEServesTheProfileAndTheBaseline holds that EASE is trained once where the two
// are the same, and twice where the profile leaves out what the baseline has.
func TestOneEASEServesTheProfileAndTheBaseline(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 60, Items: 80, Interactions: 800, Groups: 4})
	counts := crowd.Counts(d)
	often := 0
	for _, n := range counts {
		if n >= profileLeast {
			often++
		}
	}
	if often == 0 || often == len(counts) {
		t.Fatalf("%d of %d items are in the profile; want some", often, len(counts))
	}
	for most, want := range map[int]bool{often - 1: true, often: true, often + 1: false} {
		if got := commonEnough(d, profileLeast, most); got != want {
			t.Errorf("%d items of at most %d: one EASE serves both %t, want %t", often, most, got, want)
		}
		opt := baseline.DefaultEASEOptions(d)
		opt.Largest = most
		var scores [2][]float32
		for i, least := range []int{profileLeast, opt.MinCount} {
			opt.MinCount = least
			m, err := baseline.TrainEASE(context.Background(), d, opt, nil)
			if err != nil {
				t.Fatal(err)
			}
			scores[i] = make([]float32, len(counts))
			m.Scores(scores[i], evaluation.History(d.Of(0)))
		}
		if same := reflect.DeepEqual(scores[0], scores[1]); same != want {
			t.Errorf("at most %d items: the two are the same %t, want %t", most, same, want)
		}
	}
	if r, o := new(Retrieved), DefaultOptions(); o.profile(context.Background(), quiet{}, d, r) != nil || r.ease != nil {
		t.Error("the profile's EASE serves as the baseline, which has more items")
	}
}
