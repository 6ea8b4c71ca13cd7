package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/simulation"
	"sparrow/wasm/experiment"
)

const (
	duelVisitors = 1000 // of whom half compare the arms by two lists, and half by one
	duelDays     = 13
)

// duels plants the better arm where two ways of comparing meet: half of the
// visitors see the list of one arm, the other half a list that both arms drafted,
// where people follow the cards of the better one more readily. Each way makes
// one test at the end. It prints what was found and holds it against no bar,
// for which way finds more depends on what the arms differ in.
func duels(ctx context.Context, t *tools, runs int) error {
	begun := time.Now()
	end := begun.Unix()
	p, err := t.stage(ctx, Common, 1, end)
	if err != nil {
		return err
	}
	type found struct{ apart, together bool }
	all := make([]found, runs)
	err = each(ctx, "interleaved arm", runs, func(ctx context.Context, i int) error {
		l := twins("planted", "duel-"+strconv.Itoa(i), end-duelDays*86400, end)
		l.Arms = append(l.Arms, experiment.Arm{Name: "both", Weight: 2, Interleave: []string{"control", "better"}})
		log, err := t.record(ctx, p, simulation.Options{
			Visitors: duelVisitors, First: (i + 1) * 200_000, Days: duelDays, End: end, Length: Common.Length, Consent: 1,
			Layers: []experiment.Layer{l}, Lift: lifted,
		})
		if err != nil {
			return err
		}
		o := abtest.DefaultOptions()
		o.Days = false
		r := abtest.Collect(log, &l).Analyze(&l, o)
		ctr := r.Get("ctr", "better")
		if ctr == nil || len(r.Duels) != 1 {
			return fmt.Errorf("%d duels, comparison %v: want one of each", len(r.Duels), ctr)
		}
		d := r.Duels[0]
		all[i] = found{ctr.P < o.Alpha && ctr.Difference.Value > 0, d.P < o.Alpha && d.Share.Value > 0.5}
		return nil
	})
	if err != nil {
		return err
	}
	apart, together := 0, 0
	for _, f := range all {
		if f.apart {
			apart++
		}
		if f.together {
			together++
		}
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(runs) }
	fmt.Printf("the better arm among %d visitors who see one list each and %d who see both in one (%.0f s): found in %.0f %% and in %.0f %% of %d experiments\n",
		duelVisitors/2, duelVisitors/2, time.Since(begun).Seconds(), share(apart), share(together), runs)
	return nil
}
