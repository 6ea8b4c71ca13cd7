package pipeline

import (
	"fmt"
	"math"
	"slices"

	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// little says what the data are too few for. Each value does without what the one
// before it does without, too.
type little uint8

const (
	enough       little = iota
	noRanker            // no newest interactions are kept for the ranker: retrieval would have nothing left
	noFigures           // none are held back to measure with either
	contentAlone        // no one has chosen one item after another: there is nothing to train on
)

// fewestPairs is how many items must have been chosen after another one, by all
// users together, before retrieval is trained: from fewer it learns nothing, and
// what titles, genres and tags say is better.
const fewestPairs = 30

// suited returns o for data like d: what they are too few for is left out, the
// ranker first.
func (o Options) suited(d *dataset.Dataset) Options {
	for o.Little = enough; o.Little < contentAlone; o.Little++ {
		if o.Little == noFigures {
			o.Holdout = 0
		}
		if n, _ := pairs(d.WithoutOpinions(o.Holdout).WithoutTargets(o.targets(d))); n >= fewestPairs {
			break
		}
	}
	return o
}

// pairs returns how many interactions of d that are something to recommend have one of
// their user's before them, and how many users have one of these.
func pairs(d *dataset.Dataset) (n, users int) {
	for u := range d.Users {
		before := n
		for k, e := range d.Of(u) {
			if k > 0 && e.Target() > 0 {
				n++
			}
		}
		if n > before {
			users++
		}
	}
	return n, users
}

// words returns what becomes of data like d, as a sentence for people.
func (l little) words(d *dataset.Dataset) string {
	_, two := pairs(d)
	switch {
	case l == noRanker:
		return fmt.Sprintf("The data are few, two interactions or more of %s: what does not measure the bundle trains retrieval, and the ranker keeps its order", plural.Of(two, "user"))
	case l == noFigures:
		return fmt.Sprintf("The data are few, two interactions or more of %s: all of them train retrieval, the ranker keeps its order, and there are no figures, as nothing is left to measure with", plural.Of(two, "user"))
	case len(d.Interactions) == 0:
		return "The bundle is made of titles, genres, tags and years alone: there are no interactions. It has no figures, as there is nothing to measure with"
	case two == 0:
		return "The bundle is made of titles, genres, tags and years, and of how many users chose an item: no user chose two, from which a taste could be learned. It has no figures, as there is nothing to measure with"
	}
	return fmt.Sprintf("The bundle is made of titles, genres, tags and years, and of how many users chose an item: only %s chose two, which is too little to learn a taste from. It has no figures, as there is nothing to measure with", plural.Of(two, "user"))
}

// note returns l as a line of the model card's limits.
func (l little) note(d *dataset.Dataset) string {
	if l == enough {
		return ""
	}
	return "* " + l.words(d) + ".\n"
}

// How a history counts where no one has taught it: all events alike but for their
// age, as training starts from too, and a dislike a fifth against a like (γ and β
// of Rocchio, "Relevance feedback in information retrieval", 1971).
const (
	contentWidth  = 32
	contentLength = 20
)

var contentLevel = []float32{1, -0.2, 0.5, 1} // see [retrieval.Levels]

// content returns retrieval that knows what items are about and how popular they are.
func (o Options) content(d *dataset.Dataset) *Retrieved {
	width := contentWidth
	if o.Width > 0 {
		width = o.Width
	}
	return fixed(d, content.Vectors(d.Catalog, width, o.Seed), width, 127)
}

// fixed returns retrieval by vectors that no history has taught, [N×width], at most 1 long,
// and by how popular items are. An item whose vector is that of the history outweighs any
// popularity. levels are as in [quant.QuantizeTo].
func fixed(d *dataset.Dataset, in []float32, width, levels int) *Retrieved {
	n := d.Catalog.Len()
	bias := make([]float32, n)
	for r, count := range crowd.Counts(d) {
		bias[r] = float32(math.Log1p(count))
	}
	// At least twice what popularity can add; a power of two, so that both tables
	// are the same but for the scale of their rows.
	scale := float32(math.Exp2(math.Ceil(math.Log2(float64(2 * (1 + slices.Max(bias)))))))
	out := make([]float32, len(in))
	for i, v := range in {
		out[i] = scale * v
	}
	position := make([]float32, contentLength)
	for k := range position {
		position[k] = float32(0.5 / math.Sqrt(float64(k+1)))
	}
	return &Retrieved{
		Model: retrieval.Model{
			In: quant.QuantizeTo(in, n, width, levels), Out: quant.QuantizeTo(out, n, width, levels),
			Bias: quant.CoarseAll(bias), Position: quant.CoarseAll(position), Level: contentLevel,
		},
		Transition: retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)},
	}
}

// ofContent reports whether the retrieval of b was made by content: one table, of vectors that
// were not given, comes in and goes out, but for its scale.
func ofContent(b *bundle.Bundle) bool {
	return b.Retrieval.Network == nil && !b.Retrieval.Given && slices.Equal(b.Retrieval.In.Data, b.Retrieval.Out.Data)
}
