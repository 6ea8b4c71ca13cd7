package lesson

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/abtest"
	"sparrow/build/dataset"
	"sparrow/build/replay"
	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
)

// visitor returns the id of visitor n of the lessons.
func visitor(n int) (v experiment.Visitor) {
	binary.LittleEndian.PutUint64(v[:], uint64(n)+1)
	return v
}

// two returns a layer that all visitors are in, of two arms of the same weight.
func two(name, salt string) *experiment.Layer {
	return &experiment.Layer{Name: name, Salt: salt, Share: 1, Start: 0, End: 14 * 24 * 3600, Arms: []experiment.Arm{{Name: "control", Weight: 1}, {Name: "new", Weight: 1}}}
}

// tests is lesson 26.
func tests(p *Page, _ *dataset.Dataset) error {
	const n = 10_000
	p.Step("Before: visitors")
	first, second := two("list", "list-2026"), two("page", "page-2026")
	var rows [][]string
	for i := range 5 {
		v := visitor(i)
		arm, _ := first.Assign(v)
		rows = append(rows, []string{fmt.Sprintf("%x…", v[:4]), fmt.Sprintf("%016x", experiment.Hash(first.Salt, v)), fmt.Sprintf("%.3f", experiment.Bucket(first.Salt, v)), first.Arms[arm].Name})
	}
	p.Table("visitor|hash of salt and visitor|bucket, 0 to 1|arm", rows...)
	p.Say("No list of visitors is kept: the hash says the arm, always the same one.")

	p.Step("After: two experiments at the same time")
	show := func(title string, l *experiment.Layer) {
		var counts [2][2]int
		for i := range n {
			a, _ := first.Assign(visitor(i))
			b, _ := l.Assign(visitor(i))
			counts[a][b]++
		}
		p.Say("%s", title)
		p.Table("|second: control|second: new", []string{"first: control", thousands(counts[0][0]), thousands(counts[0][1])}, []string{"first: new", thousands(counts[1][0]), thousands(counts[1][1])})
	}
	show(fmt.Sprintf("Arms of %s visitors, each experiment with a salt of its own:", thousands(n)), second)
	show("And with the same hash for both, as where a user id modulo a number is taken:", two("page", first.Salt))
	p.Look("in the first table all four cells are alike, so either experiment is judged as if the other were not there. In the second one no one can say which of the two changed anything.")

	p.Step("How many visitors it takes")
	rows = nil
	for _, effect := range []float64{0.02, 0.05, 0.1, 0.2} {
		rows = append(rows, []string{fmt.Sprintf("%.0f %%", 100*effect), thousands(int(math.Ceil(abtest.VisitorsNeeded(first, 0.05, effect, 20))))})
	}
	p.Table("more clicks than 5 % of the cards|visitors, who see 20 cards each", rows...)
	p.Look("an effect half as large takes about four times the visitors.")

	p.Step("Judged: made-up visitors, of whom the new arm clicks a tenth more")
	for _, size := range []int{1000, 8000} {
		r := abtest.Analyze(first, clickers(first, size, 0.05, 0.1), abtest.DefaultOptions())
		c := r.Get("ctr", "new")
		p.Table(fmt.Sprintf("%s visitors|control|new|points more|95 %% interval|at any look|found", thousands(size)), []string{"clicks a card",
			fmt.Sprintf("%.2f %%", 100*r.Metrics[0].Cells[0].Interval.Value), fmt.Sprintf("%.2f %%", 100*r.Metrics[0].Cells[1].Interval.Value), fmt.Sprintf("%+.2f", 100*c.Difference.Value),
			fmt.Sprintf("%+.2f to %+.2f", 100*c.Difference.Low, 100*c.Difference.High), fmt.Sprintf("%+.2f to %+.2f", 100*c.Always.Low, 100*c.Always.High), fmt.Sprint(c.Found)})
	}
	p.Look("an interval that holds 0 shows nothing yet. The last interval is the wider one: it may be looked at every day, the other one only once, at the planned end.")
	return nil
}

// clickers returns visitors of l who see 20 cards each and click on a share of them, which differs between
// people; those of the second arm click more by effect of itself.
func clickers(l *experiment.Layer, n int, rate, effect float64) []abtest.Visitor {
	rng := rand.New(rand.NewPCG(26, uint64(n)))
	all := make([]abtest.Visitor, n)
	for i := range all {
		v := &all[i]
		v.Arm, _ = l.Assign(visitor(i))
		v.Times = 1
		own := rate * 2 * rng.Float64()
		if v.Arm == 1 {
			own *= 1 + effect
		}
		day := abtest.Day{Day: i % 14, Counts: abtest.Counts{Present: 1, Impressions: 20}}
		for range 20 {
			if rng.Float64() < own {
				day.Clicks++
			}
		}
		v.Days = []abtest.Day{day}
	}
	return all
}

// interleaving is lesson 27.
func interleaving(p *Page, _ *dataset.Dataset) error {
	a, b := []catalog.Row{0, 1, 2, 3, 4, 5, 6, 7}, []catalog.Row{2, 8, 0, 9, 4, 10, 1, 11}
	letter := func(r catalog.Row) string { return string(rune('A' + r)) }
	worth := map[catalog.Row]float64{2: 0.3, 8: 0.25, 9: 0.2, 0: 0.15} // chance of a click on a card; of others 0.05
	p.Step("Before: two rankings of the same items")
	var rows [][]string
	for i := range a {
		rows = append(rows, []string{fmt.Sprint(i + 1), letter(a[i]), letter(b[i])})
	}
	p.Table("place|old|new", rows...)

	p.Step("After: one list of both")
	rng := rand.New(rand.NewPCG(27, 1))
	chance := func(uint64) float64 { return rng.Float64() }
	rows = nil
	teams := [2][]catalog.Row{a, b}
	for i, pick := range experiment.Draft(a, b, 6, chance) {
		rows = append(rows, []string{fmt.Sprint(i + 1), letter(teams[pick.Team][pick.At]), [2]string{"old", "new"}[pick.Team]})
	}
	p.Table("place|item|picked by", rows...)
	p.Say("As captains choose players: the one with fewer picks is next, a coin decides between equals, and each takes the best that is still free. A click is a vote for the team that picked the item.")

	p.Step("How many visitors each way needs")
	layer := two("list", "duel")
	layer.Arms = append(layer.Arms, experiment.Arm{Name: "both", Weight: 1, Interleave: []string{"control", "new"}})
	clicks := func(r catalog.Row) float64 {
		c, ok := worth[r]
		if !ok {
			c = 0.05
		}
		if rng.Float64() < c {
			return 1
		}
		return 0
	}
	var split, duel []float64
	rows = nil
	for _, n := range []int{150, 300, 600, 1200, 2400} {
		var all []abtest.Visitor
		for i := range n {
			v := abtest.Visitor{Arm: i % 3, Times: 1}
			day := abtest.Day{Counts: abtest.Counts{Present: 1, Impressions: 6}}
			if v.Arm < 2 {
				for _, r := range teams[v.Arm][:6] {
					day.Clicks += clicks(r)
				}
			} else {
				for _, pick := range experiment.Draft(a, b, 6, chance) {
					c := clicks(teams[pick.Team][pick.At])
					day.Clicks += c
					v.Credit[pick.Team] += c
				}
			}
			v.Days = []abtest.Day{day}
			all = append(all, v)
		}
		r := abtest.Analyze(layer, all, abtest.DefaultOptions())
		d, c := r.Duels[0], r.Get("ctr", "new")
		split, duel = append(split, c.P), append(duel, d.P)
		rows = append(rows, []string{thousands(n / 3), fmt.Sprintf("%d : %d", d.Wins[0], d.Wins[1]), chance4(d.P), fmt.Sprintf("%+.1f", 100*c.Difference.Value), chance4(c.P)})
	}
	p.Table("visitors an arm|votes old : new|p of the duel|A/B: points more clicks|p of the A/B test", rows...)
	p.Say("p by visitors, more to the right:")
	p.Sparks([]string{"A/B test", "interleaving"}, [][]float64{split, duel}, 4)
	p.Look("a p near 0 says that the difference is no chance. Each visitor of a duel compares both rankings at the same moment, so people who click much do not blur it.")

	p.Step("Replay: judge without asking anybody")
	rewards := []float64{0.05, 0.1, 0.3, 0.15}
	var samples []replay.Sample
	for i := range 3000 {
		shown := rng.IntN(len(rewards)) // the log showed each with the same chance
		s := replay.Sample{Visitor: i, Model: 0.1, Value: 0.1}
		if rng.Float64() < rewards[shown] {
			s.Reward = 1
		}
		if shown == 2 { // the new policy always shows the third
			s.Weight = float64(len(rewards))
		}
		samples = append(samples, s)
	}
	rows = nil
	for _, e := range replay.Judge(samples, 20, 200, 1).All {
		rows = append(rows, []string{e.Name, fmt.Sprintf("%.3f", e.Value), fmt.Sprintf("%.3f to %.3f", e.Low, e.High), thousands(e.Used)})
	}
	p.Table("estimate|clicks a view|95 % interval|views used", rows...)
	p.Look("the truth of the new policy is %.3f, that of the log %.3f. What was shown by chance says what another policy would have earned; all but the first line estimate that.", rewards[2], (rewards[0]+rewards[1]+rewards[2]+rewards[3])/4)
	return nil
}

// chance4 writes a p-value.
func chance4(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return fmt.Sprintf("%.4f", p)
}
