package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/simulation"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
)

const (
	sameVisitors = 3000
	sameBefore   = 6 // days before the experiment: the past that CUPED uses
	sameDays     = 20
	endsOnly     = 9             // times as many experiments are judged at their end alone
	sameEnd      = 1_764_000_000 // Unix seconds
)

// twins returns a layer of two arms that do the same, so that nothing but its
// analysis can find a difference.
func twins(name, salt string, start, end int64) experiment.Layer {
	usual := float32(0.3)
	return experiment.Layer{
		Name: name, Salt: salt, Share: 1, Start: experiment.Moment(start), End: experiment.Moment(end),
		Arms: []experiment.Arm{{Name: "control", Weight: 1, Variety: &usual}, {Name: "better", Weight: 1, Variety: &usual}},
	}
}

// alarms counts the experiments in which a difference was found that is not there.
type alarms struct {
	end    int // the report's verdict after the planned end
	peeked int // the report's verdict at any of the looks before or at the end, by what is valid at every look
	ctr    int // clicks per impression at the end, one test
	naive  int // the same, tested again at every look
	ratio  int // the sample-ratio check
}

// same runs experiments without a difference. People use the real engine once;
// then each experiment deals them again to its arms, by the assignment that
// devices use and a salt of its own, and the analysis that the report uses
// looks at them at the end of each day.
func same(ctx context.Context, t *tools, runs int) ([]Figure, error) {
	begun := time.Now()
	p, err := t.stage(ctx, Common, 1, sameEnd)
	if err != nil {
		return nil, err
	}
	pool, names, err := t.pool(ctx, p, Common, sameVisitors)
	if err != nil {
		return nil, err
	}
	fmt.Printf("%d experiments without a difference on %d visitors (made in %.0f s)\n", runs, len(pool), time.Since(begun).Seconds())
	looked, ended, err := dealAll(ctx, runs, pool, names)
	if err != nil {
		return nil, err
	}
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	all := runs + endsOnly*runs
	fmt.Printf("  clicks per impression alone, one test at the end at level 5 %%: %.1f %% false alarms\n", share(ended.ctr, all))
	fmt.Printf("  the same test again at each of %d looks (what peeking does): %.1f %%\n", sameDays, share(looked.naive, runs))
	fmt.Printf("  the sample-ratio check at the end, level 0.1 %%: %.2f %%\n", share(ended.ratio, all))
	return []Figure{
		{Name: "no difference: the report finds one at the end", Unit: "%", Bar: 5, Measured: share(ended.end, all), Runs: strconv.Itoa(all) + " experiments"},
		{Name: "… the report finds one at any of 20 looks", Unit: "%", Bar: 5, Measured: share(looked.peeked, runs), Runs: strconv.Itoa(runs) + " experiments"},
	}, nil
}

// dealAll plays runs experiments with a look at the end of each day, and
// endsOnly times as many more with one look at the end: a test at level 5 % is
// above 5 % in half of all samples of 1,000, and only a larger one can
// distinguish it from a test that is not.
func dealAll(ctx context.Context, runs int, pool []abtest.Visitor, names []event.Visitor) (looked, ended alarms, err error) {
	var mu sync.Mutex
	err = each(ctx, "experiments without a difference, by 1 in 20", 20, func(ctx context.Context, i int) error {
		for run := i; run < (1+endsOnly)*runs && ctx.Err() == nil; run += 20 {
			first := 0
			if run >= runs {
				first = sameDays - 1
			}
			a := deal(run, first, pool, names)
			mu.Lock()
			if ended.add(a); first == 0 {
				looked.add(a)
			}
			mu.Unlock()
		}
		return nil
	})
	return looked, ended, err
}

// pool lets people use the real engine under one such layer and returns those
// who were exposed to it, with their names.
func (t *tools) pool(ctx context.Context, p *stage, s Setting, visitors int) ([]abtest.Visitor, []event.Visitor, error) {
	l := twins("same", "taste", sameEnd-sameDays*86400, sameEnd)
	log, err := t.record(ctx, p, simulation.Options{
		Visitors: visitors, Days: sameBefore + sameDays, End: sameEnd, Length: s.Length, Consent: 1, Layers: []experiment.Layer{l},
	})
	if err != nil {
		return nil, nil, err
	}
	var names []event.Visitor // in the order of the sample
	for i := range log.Events {
		e := &log.Events[i]
		if n := len(names); e.Kind == event.Exposure && (n == 0 || names[n-1] != e.Visitor) {
			names = append(names, e.Visitor)
		}
	}
	pool := abtest.Collect(log, &l).Visitors
	if len(pool) != len(names) {
		return nil, nil, fmt.Errorf("%d visitors were exposed and %d are in the sample", len(names), len(pool))
	}
	return pool, names, nil
}

func (a *alarms) add(b alarms) {
	a.end += b.end
	a.peeked += b.peeked
	a.ctr += b.ctr
	a.naive += b.naive
	a.ratio += b.ratio
}

// deal assigns the visitors again, by a salt of the run's own, and looks at them
// at the end of every day from the first look on.
func deal(run, first int, pool []abtest.Visitor, names []event.Visitor) alarms {
	var a alarms
	l := twins("same", "salt-"+strconv.Itoa(run), sameEnd-sameDays*86400, sameEnd)
	visitors := make([]abtest.Visitor, len(pool))
	for i := range pool {
		visitors[i] = pool[i]
		visitors[i].Arm, _ = l.Assign(names[i])
	}
	o := abtest.DefaultOptions()
	o.Days = false
	for day := first; day < sameDays; day++ {
		last := day == sameDays-1
		o.AsOf = int64(l.Start) + int64(day+1)*86400
		r := abtest.Analyze(&l, until(visitors, day), o)
		ctr := r.Get("ctr", "better")
		if last && r.Ratio.Off {
			a.ratio = 1
		}
		if ctr == nil || ctr.Hidden {
			continue
		}
		for _, m := range r.Metrics {
			for _, c := range m.Comparisons {
				if !c.Hidden && c.AnytimeAdj < o.Alpha {
					a.peeked = 1
				}
			}
		}
		if ctr.P < o.Alpha {
			a.naive = 1
		}
		if last && ctr.P < o.Alpha {
			a.ctr = 1
		}
		if last && r.Found() {
			a.end = 1
		}
	}
	return a
}

// until returns the visitors as they were known at the end of a day.
func until(visitors []abtest.Visitor, day int) []abtest.Visitor {
	known := make([]abtest.Visitor, 0, len(visitors))
	for _, v := range visitors {
		n := 0
		for n < len(v.Days) && v.Days[n].Day <= day {
			n++
		}
		if n > 0 {
			v.Days = v.Days[:n]
			known = append(known, v)
		}
	}
	return known
}
