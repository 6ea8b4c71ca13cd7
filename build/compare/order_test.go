package compare

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// TestModelsOfSequencesNeedAnOrder: those that are named are refused where no order
// is known, with the reason, before anything is trained; where none is named they
// are left out. The others, and all where there are times, stay.
func TestModelsOfSequencesNeedAnOrder(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 30, Items: 20, Interactions: 300, Groups: 2})
	timeless := *d
	timeless.Order = dataset.Order{Times: dataset.NoTimes, Random: true}
	for _, name := range []string{"SASRec", "DIEN", "item2vec", "DeepWalk", "node2vec"} {
		opt := DefaultOptions()
		opt.Models, opt.Preset = []string{"popularity", name}, "random-rating"
		opt.Stage = func(string) func(done, total int) {
			t.Errorf("%s: something was trained", name)
			return func(done, total int) {}
		}
		if _, err := Compare(context.Background(), &timeless, opt); err == nil || !strings.Contains(err.Error(), "("+name+") learn in which order") || !strings.Contains(err.Error(), "have no times") {
			t.Errorf("%s: error %v, want the reason", name, err)
		}
		if err := NeedsOrder(d, opt.Models); err != nil {
			t.Errorf("%s, with times: %v", name, err)
		}
		if !slices.Contains(Names(), name) {
			t.Errorf("no model is called %s", name)
		}
	}
	opt, left, err := DefaultOptions().ordered(&timeless)
	if err != nil || len(left) != 5 || len(opt.Models) != len(Names())-5 || opt.wants("SASRec") || !opt.wants("EASE") || !opt.wants("DIN") {
		t.Errorf("all models: %v are compared, %v left out, %v", opt.Models, left, err)
	}
	if opt, left, err = DefaultOptions().ordered(d); err != nil || len(left) != 0 || !opt.wants("SASRec") {
		t.Errorf("all models, with times: %v left out, %v", left, err)
	}
}
