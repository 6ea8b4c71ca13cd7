package retrieval

import "sparrow/wasm/catalog"

// Mix are the quotas of the sources, as shares of k candidates, together 1 at
// most. What they leave, also because two found the same item or one did not
// find enough, goes to the model. Rare are the model's best among the items that few
// know, see [RareCount], which it seldom finds among all, Wanted its best among the items that
// Wants has, [N]. Again are items of the history that
// are found as any other; the others of it never are.
type Mix struct {
	Transition, Popular, Trending, Rare, Wanted float64

	Wants []bool
	Again []catalog.Row
}

// profileQuota is the share of the candidates that the profile finds, where it counts,
// of what the sources of a [Mix] leave.
const profileQuota = 0.3

// DefaultMix is the mix that quality is measured with.
var DefaultMix = Mix{Transition: 0.25, Popular: 0.05, Trending: 0.05}

// RareCount is up to how many interactions of an item only few know it.
const RareCount = 5
