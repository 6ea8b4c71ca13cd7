package command

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/replay"
	"sparrow/build/simulation"
	"sparrow/build/stats"
)

type banditsVerb struct {
	Bundle bundlePath `default:"data/demo" placeholder:"PATH" help:"Bundle, or folder with a latest.json (${default})."`
	Users  int        `default:"200" placeholder:"N" help:"People of each world, who come again and again; 1 is a bandit on one device (${default})."`
	Visits int        `default:"3000" placeholder:"N" help:"Visits in each world (${default})."`
	Seeds  int        `default:"10" placeholder:"K" help:"Worlds, each with people and luck of its own (${default})."`
	Seed   uint64     `default:"1" placeholder:"N" help:"Seed of the first world (${default})."`
	Arms   int        `default:"30" placeholder:"A" help:"Items to choose from, drawn from the 10·A best known ones (${default})."`
	Length int        `default:"5" placeholder:"K" help:"Items shown on a visit (${default})."`
	Shift  float64    `default:"0.5" placeholder:"0..1" help:"How far the crowd's taste has moved since the bundle's data (${default})."`
	JSON   bool       `name:"json" help:"Print the figures as JSON."`
}

func (banditsVerb) Help() string {
	return `Judges bandits: people with made-up tastes come to a page that shows K of A items, every item they follow pays a click,
and each policy learns from the clicks on what it showed. Greedy, ε-greedy, UCB1 and Thompson sampling see only the items'
numbers; LinUCB also sees the visitor's vector; linear Thompson sampling and DRN, which duels with a ranker a step away, see
what the last layer of the bundle's ranker sees. As tastes are known, so is the best choice, and with it the regret:
the clicks that are expected of the best choice, minus those of the one shown. Random is at 0 % and the oracle at 100 %.

Then each policy that learns shows one item a visit, in the world and in a replay of a log of items that were shown at
random (Li et al., WSDM 2011). The two should agree: what replay estimates from a log can be believed.

Examples:
  go run ./build bandits
  go run ./build bandits --bundle data/mine --seeds 20 --json
  go run ./build bandits --users 1 --visits 500`
}

// Validate is called by kong.
func (v *banditsVerb) Validate() error {
	if err := v.Bundle.Validate(); err != nil { // it has a default
		return fmt.Errorf("--bundle: %w", err)
	}
	switch {
	case v.Users < 1 || v.Visits < 10 || v.Seeds < 1:
		return fmt.Errorf("--users and --seeds must be at least 1, --visits at least 10")
	case v.Length < 1 || v.Arms < v.Length:
		return fmt.Errorf("--length must be at least 1, --arms at least --length")
	case !(v.Shift >= 0 && v.Shift <= 1):
		return fmt.Errorf("--shift must be 0 to 1")
	}
	return nil
}

const (
	likedBefore = 5       // items of each person's history
	logSequence = 1 << 32 // added to the number of a world for other visits, which are logged
)

// judged are the figures that the verb prints.
type judged struct {
	Users    int            `json:"users"`
	Visits   int            `json:"visits"`
	Seeds    int            `json:"seeds"`
	Arms     int            `json:"arms"`
	Length   int            `json:"length"`
	Policies []policyFigure `json:"policies"`
	Replay   []replayFigure `json:"replay"`
}

type policyFigure struct {
	Name   string         `json:"name"`
	Reward stats.Interval `json:"reward"` // expected clicks a visit
	Share  stats.Interval `json:"share"`  // of the way from random to the oracle
	Regret stats.Interval `json:"regret"` // expected clicks that were missed, of all visits
	Curve  []float64      `json:"curve"`  // regret a visit, in tenths of the visits
}

type replayFigure struct {
	Name       string         `json:"name"`
	World      stats.Interval `json:"world"`      // expected clicks a visit, one item each
	Replay     stats.Interval `json:"replay"`     // clicks a kept visit
	Difference stats.Interval `json:"difference"` // replay minus world
	Kept       float64        `json:"kept"`       // share of the log
}

// meanOf returns the mean over the worlds with its 95 % interval by Student's t,
// the ends of which are the mean where there is one world.
func meanOf(values []float64) stats.Interval {
	if len(values) == 1 {
		return stats.Around(values[0], 0)
	}
	return stats.Mean(values)
}

// banditTrial is what the policies came to in one world, in the order of their names.
type banditTrial struct {
	played   []simulation.Played
	alone    []simulation.Played // one item a visit
	replayed []replay.Learned
}

func (v *banditsVerb) Run(c *console.Console) error {
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	p := c.Stage("let the bandits play")
	trials, errs := make([]banditTrial, v.Seeds), make([]error, v.Seeds)
	var next, done atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), v.Seeds) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < v.Seeds && c.Ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				seed := v.Seed + uint64(i)
				w := simulation.New(b.Catalog, b.Statistics.Count, simulation.Plan{Seed: seed, Shift: v.Shift, Young: 0.15})
				slot, err := simulation.NewSlot(w, b, simulation.SlotOptions{Arms: v.Arms, Users: v.Users, Known: likedBefore})
				if errs[i] = err; err != nil {
					continue
				}
				trials[i] = v.try(c.Ctx, slot, seed, func() { p(int(done.Add(1)), v.Seeds*(len(simulation.Policies)+len(simulation.Learners))) })
			}
		})
	}
	group.Wait()
	c.Stop()
	for _, err := range errs {
		if err != nil {
			return console.Usage(err)
		}
	}
	if c.Ctx.Err() != nil {
		return c.Ctx.Err()
	}
	f := v.sum(trials)
	if v.JSON {
		return c.JSON(f)
	}
	return f.print(c.Out)
}

// try lets all policies play in one world; it stops early when ctx is done.
func (v *banditsVerb) try(ctx context.Context, slot *simulation.Slot, seed uint64, step func()) banditTrial {
	var t banditTrial
	for _, name := range simulation.Policies {
		if ctx.Err() == nil {
			t.played = append(t.played, slot.Play(name, v.Length, v.Visits, seed))
			step()
		}
	}
	for _, name := range simulation.Learners {
		if ctx.Err() == nil {
			t.alone = append(t.alone, slot.Play(name, 1, v.Visits, seed))
			log := seed + logSequence
			logged := func(i int) (int, float64) { return slot.Logged(log, i) }
			t.replayed = append(t.replayed, replay.Learn(2*v.Arms*v.Visits, logged, slot.Learner(name, log), v.Visits))
			step()
		}
	}
	return t
}
