package main

import (
	"fmt"
	"text/tabwriter"

	"sparrow/build/simulation"
)

type banditsVerb struct {
	Bundle string `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json: its movies are shown."`
	Worlds int    `default:"20" placeholder:"N" help:"Worlds that each policy plays in (${default})."`
	Visits int    `default:"4000" placeholder:"N" help:"Visitors of each world (${default})."`
	Seed   uint64 `default:"1" placeholder:"N" help:"Seed of the worlds (${default})."`
	JSON   bool   `name:"json" help:"Print the figures as JSON."`
}

func (banditsVerb) Help() string {
	return `Lets policies that explore meet strangers in made-up worlds whose taste has moved since the old ratings: twenty movies
are drawn, the policy shows one, and learns from whether it is followed. All meet the same strangers. What is printed is the
probability that what was shown is followed, by quarters of the visits, so that learning can be seen.

Examples:
  go run ./build bandits --bundle data/demo
  go run ./build bandits --bundle data/demo --worlds 50 --json`
}

func (v *banditsVerb) Run(c *console) error {
	if v.Worlds < 1 || v.Visits < 100 {
		return misusef("--worlds must be at least 1 and --visits 100")
	}
	b, _, err := openBundle(v.Bundle)
	if err != nil {
		return err
	}
	const parts = 4
	c.stage("play")
	all := simulation.Play(b.Catalog, b.Statistics.Count, simulation.Trials(), v.Worlds, v.Visits, parts, v.Seed)
	c.stop()
	if v.JSON {
		return c.json(all)
	}
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "policy\tfollowed\tby quarters of %d visits\n", v.Visits)
	for _, e := range all {
		fmt.Fprintf(t, "%s\t%.4f ± %.4f\t", e.Name, e.All, e.Half)
		for _, p := range e.Parts {
			fmt.Fprintf(t, "%.4f  ", p)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}
