package command

import (
	"errors"
	"fmt"
	"slices"

	"sparrow/build/console"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
)

// unseen returns b, or where b may have seen answers of q, what the same training makes without
// them.
func unseen(c *console.Console, b *bundle.Bundle, q *questions) (*bundle.Bundle, error) {
	if q.retrain {
		return pipeline.Retrain(c.Ctx, c, b, q.train)
	}
	if err := sameItems(b, q.train); err != nil {
		return nil, err
	}
	if b.Meta.Sibling > 0 && !slices.Equal(b.Statistics.Count, counts(q.train)) {
		c.Say("the bundle was trained on all interactions, the answers too: the same training is run again without them, and that is measured (bundle --ship measured makes a bundle that can be measured itself)")
		return pipeline.Retrain(c.Ctx, c, b, q.train)
	}
	warnSeen(c, b, q.train)
	return b, nil
}

// counts returns how many interactions train has of each item, as a bundle has them.
func counts(train *dataset.Dataset) []uint32 {
	return crowd.Statistics(train, examples.TrendHalfLife).Count
}

// sameItems refuses a bundle of another catalog.
func sameItems(b *bundle.Bundle, train *dataset.Dataset) error {
	if b.Catalog.Len() != train.Catalog.Len() {
		return fmt.Errorf("the bundle has %s and the data set %d: they do not belong together", plural.Of(b.Catalog.Len(), "item"), train.Catalog.Len())
	}
	for r, id := range b.Catalog.IDs {
		if id != train.Catalog.IDs[r] {
			return errors.New("the bundle and the data set do not have the same items")
		}
	}
	return nil
}

// warnSeen warns of a bundle that has seen the answers.
func warnSeen(c *console.Console, b *bundle.Bundle, train *dataset.Dataset) {
	var known, due int
	for _, n := range b.Statistics.Count {
		known += int(n)
	}
	for _, n := range counts(train) {
		due += int(n)
	}
	if known > due {
		c.Say("warning: the bundle knows %s, more than the %d without the answer of each user: it has seen answers, and its figures are too good; if it was made with --feedback, name that here too", plural.Of(known, "interaction"), due)
	}
}
