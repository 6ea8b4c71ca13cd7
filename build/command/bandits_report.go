package command

import (
	"fmt"
	"io"
	"text/tabwriter"

	"sparrow/build/plural"
	"sparrow/build/simulation"
	"sparrow/build/stats"
)

// sum returns the figures of the trials in all worlds.
func (v *banditsVerb) sum(trials []banditTrial) *judged {
	f := &judged{Users: v.Users, Visits: v.Visits, Seeds: v.Seeds, Arms: v.Arms, Length: v.Length}
	visits := float64(v.Visits)
	of := func(value func(t *banditTrial) float64) stats.Interval {
		var all []float64
		for i := range trials {
			all = append(all, value(&trials[i]))
		}
		return meanOf(all)
	}
	for n, name := range simulation.Policies {
		p := policyFigure{Name: name}
		p.Reward = of(func(t *banditTrial) float64 { return t.played[n].Reward / visits })
		p.Share = of(func(t *banditTrial) float64 {
			most, least := t.played[simulation.Oracle].Reward, t.played[simulation.Random].Reward
			return (t.played[n].Reward - least) / (most - least)
		})
		p.Regret = of(func(t *banditTrial) float64 { return total(t.played[n].Regret) })
		for part := range trials[0].played[n].Regret {
			each := of(func(t *banditTrial) float64 { return t.played[n].Regret[part] / float64(t.played[n].Parts[part]) })
			p.Curve = append(p.Curve, each.Value)
		}
		f.Policies = append(f.Policies, p)
	}
	for n, name := range simulation.Learners {
		r := replayFigure{Name: name}
		r.World = of(func(t *banditTrial) float64 { return t.alone[n].Reward / visits })
		r.Replay = of(func(t *banditTrial) float64 { return t.replayed[n].Reward })
		r.Difference = of(func(t *banditTrial) float64 { return t.replayed[n].Reward - t.alone[n].Reward/visits })
		r.Kept = of(func(t *banditTrial) float64 { return float64(t.replayed[n].Kept) / float64(t.replayed[n].Decisions) }).Value
		f.Replay = append(f.Replay, r)
	}
	return f
}

func total(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

func (f *judged) print(out io.Writer) error {
	fmt.Fprintf(out, "%d of %s a visit, %s of %s in each of %s; 95 %% intervals over the worlds\n\n", f.Length, plural.Of(f.Arms, "item"),
		plural.Of(f.Visits, "visit"), plural.Of(f.Users, "person"), plural.Of(f.Seeds, "world"))
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "policy\tclicks a visit\t95 % interval\twon\tregret\t95 % interval\ta visit at first\tat last")
	for _, p := range f.Policies {
		fmt.Fprintf(t, "%s\t%.3f\t%.3f to %.3f\t%.0f %%\t%.0f\t%.0f to %.0f\t%.3f\t%.3f\n", p.Name, p.Reward.Value, p.Reward.Low, p.Reward.High,
			100*p.Share.Value, p.Regret.Value, p.Regret.Low, p.Regret.High, p.Curve[0], p.Curve[len(p.Curve)-1])
	}
	fmt.Fprintln(t, "\nwon: the way from random to the oracle. At first, at last: regret a visit in the first and the last tenth of the visits.")
	fmt.Fprintln(t, "\none item a visit\tworld\t95 % interval\treplay\t95 % interval\treplay - world\t95 % interval\tkept")
	for _, r := range f.Replay {
		fmt.Fprintf(t, "%s\t%.3f\t%.3f to %.3f\t%.3f\t%.3f to %.3f\t%+.3f\t%+.3f to %+.3f\t%.1f %%\n", r.Name, r.World.Value, r.World.Low, r.World.High,
			r.Replay.Value, r.Replay.Low, r.Replay.High, r.Difference.Value, r.Difference.Low, r.Difference.High, 100*r.Kept)
	}
	return t.Flush()
}
