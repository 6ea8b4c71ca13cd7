package pipeline

import (
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/retrieval"
)

// together returns what is bought together in what is known of d, nil where no two items are
// bought together often enough, and says of how many baskets that is, of the training that ships.
func (o Options) together(p Progress, d *dataset.Dataset) *retrieval.Lists {
	if len(d.Bought) == 0 {
		return nil
	}
	opt := crowd.DefaultTogetherOptions()
	lists, c := crowd.Together(d.WithoutOpinions(o.Holdout), opt)
	if o.twice() {
		return lists
	}
	if c.Cut > 0 {
		p.Say("bought together: %s with more than %d items, of which so many are looked at", plural.Of(c.Cut, "basket"), opt.Largest)
	}
	if lists == nil {
		p.Say("bought together: %s of two items or more, and no two items in %g of them: the bundle knows none", plural.Of(c.Baskets, "basket"), opt.Least)
		return nil
	}
	p.Say("bought together: %s of two items or more (what one user bought or put into the cart on one day, UTC); %s have such items, the others show similar ones", plural.Of(c.Baskets, "basket"), plural.Of(c.Items, "item"))
	return lists
}
