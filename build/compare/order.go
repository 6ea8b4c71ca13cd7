package compare

import (
	"fmt"
	"slices"
	"strings"

	"sparrow/build/dataset"
)

// sequences are the models that learn what comes after what, from sentences, walks
// or steps: on timeless data they would learn the lots that are drawn there.
var sequences = []string{"item2vec", "DeepWalk", "node2vec", "SASRec", "DIEN"}

// NeedsOrder returns an error if d is timeless and one of the models called names
// learns in which order users do things.
func NeedsOrder(d *dataset.Dataset, names []string) error {
	if !d.Timeless() {
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !slices.Contains(sequences, name) })
	if len(named) == 0 {
		return nil
	}
	return fmt.Errorf("models of sequences (%s) learn in which order users do things, which is not known: %s; leave them out of --models: EASE, pool, DIN and others need no order",
		strings.Join(named, ", "), d.Order.Why())
}

// ordered returns opt for d: where d is timeless and all models are wanted, those
// that need an order are left out and returned; where they are named it is an error.
func (o Options) ordered(d *dataset.Dataset) (Options, []string, error) {
	if err := NeedsOrder(d, o.Models); err != nil || !d.Timeless() || len(o.Models) > 0 {
		return o, nil, err
	}
	o.Models = slices.DeleteFunc(Names(), func(name string) bool { return slices.Contains(sequences, name) })
	return o, slices.Clone(sequences), nil
}
