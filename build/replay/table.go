package replay

import (
	"fmt"
	"io"
	"text/tabwriter"

	"sparrow/build/plural"
)

// WriteTable writes r for people.
func (r *Report) WriteTable(w io.Writer) error {
	fmt.Fprintf(w, "%ss a card, %s of %s of %s; the new bundle explores with temperature %g\n\n", r.Reward, plural.Of(r.Decisions, "card"), plural.Of(r.Lists, "list"), plural.Of(r.Visitors, "visitor"), r.Temperature)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "estimate\tvalue\t95 % interval\tcards used\twhat it is")
	for i, e := range r.All {
		fmt.Fprintf(t, "%s\t%.4f\t%.4f to %.4f\t%d\t%s\n", e.Name, e.Value, e.Low, e.High, e.Used, kinds[i])
	}
	fmt.Fprintf(t, "gain\t%+.4f\t%+.4f to %+.4f\t\tdoubly robust minus logged\n\n", r.Gain.Value, r.Gain.Low, r.Gain.High)
	fmt.Fprintf(t, "effective sample size\t%.0f\t\t\tcards without weights that would show as much\n", r.Effective)
	fmt.Fprintf(t, "mean weight\t%.3f\t\t\t1 when what the new bundle wants was shown as often as it should\n", r.Mean)
	fmt.Fprintf(t, "largest weight\t%.1f\t\t\t%.1f %% of the weights were cut at %g\n", r.Largest, 100*r.Cut, r.Clip)
	fmt.Fprintf(t, "never\t%.1f %%\t\t\tof what was shown is not among the new bundle's best %d\n", 100*r.Never, depth)
	fmt.Fprintf(t, "not used\t%d\t\t\tof %d cards with a propensity: one before them was not seen, or the list changed under way\n", r.Gaps, r.Cards)
	fmt.Fprintf(t, "known\t%d\t\t\tlists not used: they are not newer than what the bundle was trained on\n", r.Known)
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, "\n"+r.words())
	return err
}

var kinds = []string{
	"what the logged lists got", "cards kept with the probability weight / largest weight (Li et al. 2011)",
	"mean of weight × reward", "the same over the sum of the weights", "a model's expectation, corrected by its weighted errors",
}

const (
	leastEffective = 100 // cards
	leastMean      = 0.8 // weight
)

// words returns what can be concluded.
func (r *Report) words() string {
	switch {
	case r.Effective < leastEffective:
		return fmt.Sprintf("Nothing can be concluded: %.0f effective cards are too few. Log more lists, explore with a higher temperature, or judge a bundle that is nearer to the logged one.", r.Effective)
	case r.Mean < leastMean:
		return "Take care: the mean weight is far below 1. Much of what the new bundle wants was never shown or its weight was cut, so IPS is too low and the others speak of the rest."
	case r.Gain.Low > 0:
		return fmt.Sprintf("The new bundle's lists would have earned more %ss.", r.Reward)
	case r.Gain.High < 0:
		return fmt.Sprintf("The new bundle's lists would have earned fewer %ss.", r.Reward)
	}
	return "The new bundle's lists cannot be distinguished from the logged ones."
}
