package pipeline

import (
	"fmt"
	"strings"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
)

// card returns the model card of b, which was trained on d without the newest holdout, in Markdown: what a person who
// did not train it must know before they rely on it.
// Source of the form: Mitchell et al., "Model Cards for Model Reporting", FAT* 2019.
func card(b *bundle.Bundle, d *dataset.Dataset, holdout int, c *Choice, t *Beside) string {
	var s strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&s, format+"\n", a...) }
	known := d.WithoutOpinions(holdout)
	interactions := 0
	for u := range known.Start {
		interactions += len(known.Of(u))
	}
	line("# Model card: %s\n", b.Meta.Name)
	line("Recommends items of this catalog to one visitor, on their own device. Made by Sparrow, format %d, seed %d.\n", bundle.Version, b.Meta.Seed)
	line("## Models\n")
	for _, m := range Models(b) {
		line("* %s: %s", m.Name, m.Shape)
	}
	if b.First > 0 {
		line("\nAll figures are of the whole bundle. Where it is two files, a page makes its first list with the %d strongest transitions of each item, before the second file is there, and a widget all its lists.", b.First)
	}
	line("\n## Data\n")
	asOf, held, until, order := ", the newest of "+time.Unix(b.Statistics.AsOf, 0).UTC().Format(time.DateOnly),
		"Each user's newest interaction", "up to and on that day", ", in the order in which the log has it"
	if d.Timeless() {
		asOf, held, until, order = "", "One interaction of each user, drawn at random,", "at no known time", ""
	}
	line("%s of %s with %s%s. %s", plural.Of(interactions, "interaction"), plural.Of(len(d.Users), "user"), plural.Of(b.Catalog.Len(), "item"), asOf, b.Meta.Licence)
	if d.Order.Users > 0 { // else there is no order
		line("\nOrder: %s.", d.Order)
	}
	if len(b.Meta.Metrics) > 0 {
		line("\n## Figures\n")
		line("%s was held back and looked for in lists of ten over the whole catalog, less what they had before.\n", held)
		if of := Sibling(&b.Meta); of != "" {
			line("The figures are of %s. This one was trained again, on all.\n", of)
		}
		line("| figure | value |\n|---|---|")
		for _, m := range b.Meta.Metrics {
			line("| %s | %.4f |", m.Name, m.Value)
		}
	}
	if t != nil {
		line("\nThat is of %s, as are the baselines, which were trained on the same:\n", plural.Of(t.Users, "user"))
		line("| baseline | NDCG@10 | the bundle is better by (95 %% interval) | |\n|---|---|---|---|")
		for _, x := range t.Rows {
			line("| %s | %.4f | %.4f (%.4f to %.4f) | %s |", x.Name, x.NDCG, x.Better, x.Low, x.High, x.verdict())
		}
		for _, why := range t.Left {
			line("\nLeft out: %s.", why)
		}
	}
	if c.Users > 0 {
		line("\nRetrieval was chosen by the interaction before that of %s, NDCG@10 ± 95 %%:\n", plural.Of(c.Users, "user"))
		for _, x := range c.Tried {
			line("* %s", x)
		}
		line("\nThe model of retrieval called %s.", c.Words)
	}
	line("\n## Limits\n")
	line("* It knows what this crowd did %s, and carries its taste and its gaps: items that few chose are recommended rarely, and those that no one chose by their content alone.", until)
	line("* A user is their history and nothing else: no age, no sex, no place. A user without a history gets what is popular.")
	line("* The figures are of people who chose by themselves%s; they do not say what people would do whom it advises. For that there are experiments.", order)
	return s.String()
}
