// Package bundle encodes, decodes and validates the model file. FORMAT.md
// beside it describes the bytes. What Decode returns is valid: no one
// downstream checks again.
package bundle

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// Bundle is everything an engine needs to answer.
type Bundle struct {
	Meta       Meta
	Catalog    *catalog.Catalog
	Statistics feature.Statistics
	Retrieval  retrieval.Model
	Transition retrieval.Lists
	First      int                // the strongest neighbours of each item that the first file has, see Ties; 0 where it has all
	Profile    *retrieval.Profile // nil in a bundle that was made before there was one, and where order is all there is
	Together   *retrieval.Lists   // what is bought together with each item, a weight the logarithm of how many times as often as by chance; nil where that is not known
	Ranking    ranking.Model
	Pointwise  []ranking.Pointwise // further models, for those who want to compare; most bundles have none
	Golden     []Golden            // questions with known answers; none in a bundle that was made before there were any
	Supplement *Supplement         // what it has beside this in a second file; nil once that is in it, and where it has none
}

// Tables returns what the ranker computes features from. A ranker that reads the profile
// has learned from histories of which likes of one sitting are a set, and sees them so;
// others see the order of all.
func (b *Bundle) Tables() feature.Tables {
	t := feature.Tables{Catalog: b.Catalog, Statistics: &b.Statistics, Out: &b.Retrieval.Out, Neighbours: b.Transition.Of}
	if b.Profile != nil && slices.Contains(b.Ranking.Features, feature.ProfileScore.String()) {
		t.Speaks, t.Set = b.Profile.Of, b.Profile.Gate.Set
	}
	return t
}

// Ties returns the transitions that say what items have to do with each other: the
// strongest First of each list, so that it is the same with the second file and without.
func (b *Bundle) Ties() retrieval.Lists {
	if b.First == 0 || b.Supplement != nil {
		return b.Transition // which has no more
	}
	return b.Transition.Strongest(b.First)
}

// Supplement names the second file of a bundle, which has what the first list does not
// need: the model card, the pointwise models and their columns of the golden answers,
// and what transition lists have beside the First of each, with the ranker's answers.
type Supplement struct {
	SHA256 [32]byte
	Bytes  int // its length
	Models int // how many pointwise models it has; -1 where the first file does not say
}

// Meta reports where a bundle comes from.
type Meta struct {
	Name       string   // the data's name, shown to people: "MovieLens latest-small"
	Licence    string   // terms of the data, one sentence
	Citation   string   // how its makers want to be cited; "" when they do not ask
	Seed       uint64   // of the training
	Metrics    []Metric // measured on validation data, best first
	Sibling    int      // 0: Metrics are of this bundle. Else they are of one that was trained in the same way without so many newest interactions of each user, which this one has seen
	Vocabulary string   // what the owner of the catalog calls things, the JSON that wasm/vocabulary describes, not looked at here: build/vocabulary reads it; "" for the usual words
	Card       string   // model card in Markdown: models, data, figures, limits; "" in version 1, and without the supplement
}

// Metric is one measured figure: {"NDCG@10 ranked", 0.081}.
type Metric struct {
	Name  string
	Value float32
}
