package lesson

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sparrow/build/compare"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/simulation"
	"sparrow/wasm/catalog"
)

var judging = []Lesson{
	{Number: 22, Title: "Reinforcement learning: exploring", run: bandits,
		Course: "The course explains DRN and has no code for it.",
		Beside: []string{"build/bandit/linucb.go", "build/bandit/thompson.go", "build/bandit/duel.go", "build/simulation/policy.go"},
		More:   "go run ./build bandits"},
	{Number: 24, Title: "Offline evaluation: hold-out, folds, bootstrap, time, replay", run: splits,
		Course: "FeatureEngForRecModel.scala draws a tenth of the rows and splits them 8 to 2, at random or by the 0.8 quantile of their times; main calls the random one.",
		Beside: []string{"build/evaluation/split.go", "build/evaluation/everybody.go", "build/replay/replay.go"},
		More:   "go run ./build compare --input DIR --preset latest-rating"},
	{Number: 25, Title: "Metrics", run: metrics, Alone: true,
		Course: "Evaluator.scala prints the area under PR and under ROC by Spark's BinaryClassificationMetrics. It measures no lists.",
		Beside: []string{"build/evaluation/metrics.go", "build/evaluation/auc.go", "build/evaluation/calibration.go"},
		More:   "go run ./build evaluate --bundle B --input DIR --json"},
	{Number: 26, Title: "A/B tests", run: tests, Alone: true,
		Course: "ABTest.java takes the user id's hash modulo 5: 0 is arm A, 1 is arm B, all others are in no test. With one hash for all tests, the people of one arm meet again in the arm of the next test.",
		Beside: []string{"wasm/experiment/assign.go", "build/abtest/analyze.go"},
		More:   "go run ./build experiment --help"},
	{Number: 27, Title: "Replay, interleaving, A/B together", run: interleaving, Alone: true,
		Course: "The course explains replay and interleaving and has no code for them.",
		Beside: []string{"wasm/experiment/draft.go", "build/abtest/interleave.go", "build/replay/replay.go"},
		More:   "make loop"},
}

// bandits is lesson 22.
func bandits(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	const seed, length, visits = 1, 3, 2000
	w := simulation.New(b.Catalog, b.Statistics.Count, simulation.Plan{Seed: seed, Shift: 0.5, Young: 0.15})
	arms := min(12, d.Catalog.Len()/10)
	slot, err := simulation.NewSlot(w, b, simulation.SlotOptions{Arms: arms, Users: 100, Known: 5})
	if err != nil {
		return err
	}
	p.Step("Before: what is known is one click at a time")
	var rows [][]string
	shown, clicks := make([]int, arms), make([]float64, arms)
	for i := range 200 {
		arm, reward := slot.Logged(seed, i)
		shown[arm]++
		clicks[arm] += reward
		if i < 6 {
			rows = append(rows, []string{fmt.Sprint(i + 1), fmt.Sprint("item ", arm+1), fmt.Sprint(reward)})
		}
	}
	p.Table("visit|shown by chance|click", rows...)
	var names []string
	var rates []float64
	for a := range arms {
		names, rates = append(names, fmt.Sprintf("item %d, shown %d times", a+1, shown[a])), append(rates, clicks[a]/math.Max(1, float64(shown[a])))
	}
	p.Say("Clicks a view of each item after 200 visits:")
	p.Bars(names, rates, 2)
	p.Look("after so few views the longest bar may be luck. Who now shows only that item never learns more; who goes on with all of them loses clicks.")

	p.Step("After: what each policy missed")
	names = nil
	var regret [][]float64
	var total []float64
	fell := []string{}
	rows = nil
	for _, name := range simulation.Policies {
		if p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		played := slot.Play(name, length, visits, seed)
		var curve []float64
		sum := 0.0
		for part, r := range played.Regret {
			curve = append(curve, r/float64(played.Parts[part]))
			sum += r
		}
		names, regret, total = append(names, name), append(regret, curve), append(total, sum)
		if last := curve[len(curve)-1]; slices.Contains(simulation.Learners, name) && last < 0.9*curve[0] {
			fell = append(fell, name)
		}
		rows = append(rows, []string{name, fmt.Sprintf("%.3f", played.Reward/visits), fmt.Sprintf("%.0f", sum), fmt.Sprintf("%.3f", curve[0]), fmt.Sprintf("%.3f", curve[len(curve)-1])})
	}
	p.Say("%d of %s are shown to each of %s visits of 100 made-up people. Regret is the clicks that the best choice would have had, minus those of the one shown.", length, count(arms, "item"), thousands(visits))
	p.Table("policy|clicks a visit|regret|regret a visit at first|at last", rows...)
	p.Say("Regret a visit, from the first tenth of the visits to the last:")
	p.Sparks(slices.Clone(names), regret, 3)
	p.Bars(names, total, 0)
	p.Look("the oracle knows the truth, random and the bundle's ranker learn nothing here, and \"best fixed\" shows all people what is best on average. The regret of %s fell by a tenth and more from the first visits to the last. LinUCB, linear Thompson and DRN know who the visitor is; greedy, ε-greedy, UCB1 and Thompson show all people the same.", strings.Join(fell, ", "))
	return nil
}

// splits is lesson 24.
func splits(p *Page, d *dataset.Dataset) error {
	p.Step("Before: one user's history")
	u := busiest(d)
	p.log(d, d.Of(u)[:min(5, len(d.Of(u)))])

	p.Step("After: what is learned from (·), tuned by (v), judged by (T)")
	labels := evaluation.AtLeastFour
	type protocol struct {
		name string
		cut  func() (*evaluation.Split, error)
	}
	all := []protocol{
		{"hold-out, by lot", func() (*evaluation.Split, error) { return evaluation.HoldOut(d, labels, 0.2, 1) }},
		{"first of five folds", func() (*evaluation.Split, error) {
			folds, err := evaluation.KFold(d, labels, 5, 1)
			if err != nil {
				return nil, err
			}
			return folds[0], nil
		}},
		{"bootstrap, out of bag", func() (*evaluation.Split, error) { return evaluation.OutOfBag(d, labels, 1) }},
	}
	if !d.Timeless() {
		all = append(all, protocol{"each user's newest", func() (*evaluation.Split, error) { return evaluation.LatestRating(d, labels) }},
			protocol{"one moment for all", func() (*evaluation.Split, error) { return evaluation.Everybody(d, labels, 0.1, 0.1) }})
	}
	var rows [][]string
	var names []string
	var leaks []float64
	for _, o := range all {
		s, err := o.cut()
		if err != nil {
			return err
		}
		line := []rune(strings.Repeat(" ", min(40, len(d.Of(u)))))
		from := s.Data.End[u] - len(line)
		mark := func(list []evaluation.Example, r rune) {
			for _, x := range list {
				if at := x.At - from; x.User == u && at >= 0 && at < len(line) {
					line[at] = r
				}
			}
		}
		mark(s.Fit, '·')
		mark(s.Valid, 'v')
		mark(s.Test, 'T')
		rows = append(rows, []string{o.name, string(line), thousands(len(s.Fit)), thousands(len(s.Test))})
		names, leaks = append(names, o.name), append(leaks, 100*later(s))
	}
	p.Table(fmt.Sprintf("protocol|user %s, the newest at the end|rows to fit|rows to judge", d.Users[u]), rows...)
	p.Say("Share of the judging rows, in %%, where the model has learned from something that the same user did later:")
	p.Bars(names, leaks, 1)
	p.Look("the first three mix past and future. In service there is no future to learn from, so their figures are not those of service.")

	p.Step("The same model, judged in two ways")
	rows = nil
	for _, preset := range []string{"random-like", "everybody"} {
		if preset == "everybody" && d.Timeless() {
			continue
		}
		opt := compare.DefaultOptions()
		opt.Models, opt.Preset, opt.Tune = []string{"Embedding+MLP"}, preset, false
		opt.Stage = func(string) func(int, int) { return func(int, int) {} }
		r, err := compare.Compare(p.ctx, d, opt)
		if err != nil {
			return err
		}
		part := r.Parts[len(r.Parts)-1]
		for _, row := range part.Rows {
			auc, _ := row.Result.Get("AUC")
			rows = append(rows, []string{part.Protocol, row.Name, fmt.Sprintf("%.3f", auc.Mean), fmt.Sprintf("%.3f to %.3f", auc.Low, auc.High)})
		}
	}
	p.Table("protocol|model|AUC|95 % interval by the bootstrap", rows...)
	p.Look("a figure means nothing without its protocol: compare only what stands below the same one. The intervals draw users again and again, each with all their rows.")
	return nil
}

// later returns the share of the rows to judge by whose user has a newer one in what is learned from.
func later(s *evaluation.Split) float64 {
	newest := map[int]int{}
	for _, x := range s.Fit {
		newest[x.User] = max(newest[x.User], x.At)
	}
	n := 0
	for _, x := range s.Test {
		if newest[x.User] > x.At {
			n++
		}
	}
	return float64(n) / math.Max(1, float64(len(s.Test)))
}

// metrics is lesson 25: by hand on five items.
func metrics(p *Page, _ *dataset.Dataset) error {
	list, relevant := []catalog.Row{3, 1, 4, 0, 2}, []catalog.Row{1, 0}
	p.Step("Before: a list of five, of which two were liked")
	var rows [][]string
	gain := 0.0
	for i, r := range list {
		hit, worth := "", 1/math.Log2(float64(i+2))
		if slices.Contains(relevant, r) {
			hit = "yes"
			gain += worth
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), string(rune('A' + r)), hit, fmt.Sprintf("%.3f", worth)})
	}
	p.Table("place|item|liked|1/log2(place+1)", rows...)

	p.Step("After: metrics of the list, by hand and by the program")
	const k = 5
	ideal := 1 + 1/math.Log2(3)
	p.Table("metric|by hand|= |program",
		[]string{"HitRate@5", "one of them is there", "1", fmt.Sprintf("%.3f", evaluation.HitRate(list, relevant, k))},
		[]string{"Precision@5", "2 of 5 places", "0.4", fmt.Sprintf("%.3f", evaluation.Precision(list, relevant, k))},
		[]string{"Recall@5", "2 of 2 liked ones", "1", fmt.Sprintf("%.3f", evaluation.Recall(list, relevant, k))},
		[]string{"MRR", "the first is at place 2: 1/2", "0.5", fmt.Sprintf("%.3f", evaluation.MRR(list, relevant, k))},
		[]string{"AP", "(1/2 + 2/4) / 2", "0.5", fmt.Sprintf("%.3f", evaluation.AP(list, relevant, k))},
		[]string{"NDCG@5", fmt.Sprintf("%.3f / %.3f", gain, ideal), fmt.Sprintf("%.3f", gain/ideal), fmt.Sprintf("%.3f", evaluation.NDCG(list, relevant, k))})
	p.Look("precision and recall do not care for the order; the last three do. Put A in front of C and compute again.")

	p.Step("What a better order is worth")
	var names []string
	var values []float64
	for _, l := range [][]catalog.Row{{1, 0, 3, 4, 2}, {1, 3, 0, 4, 2}, list, {3, 4, 1, 2, 0}, {3, 4, 2, 0, 1}} {
		text := ""
		for _, r := range l {
			text += string(rune('A' + r))
		}
		names, values = append(names, text), append(values, evaluation.NDCG(l, relevant, k))
	}
	p.Say("NDCG@5 of orders of the same five (A and B are liked):")
	p.Bars(names, values, 3)

	p.Step("AUC: pairs of a liked and another one")
	scores, liked := []float64{0.9, 0.8, 0.6, 0.4, 0.3}, []bool{true, false, true, false, false}
	rows = nil
	won, pairs := 0, 0
	for i := range scores {
		for j := range scores {
			if liked[i] && !liked[j] {
				pairs++
				text := "wrong"
				if scores[i] > scores[j] {
					won++
					text = "right"
				}
				rows = append(rows, []string{fmt.Sprint(scores[i]), fmt.Sprint(scores[j]), text})
			}
		}
	}
	p.Table("score of the liked one|of the other|order", rows...)
	p.Look("%d of %d pairs are in the right order: %.3f. The program says %.3f.", won, pairs, float64(won)/float64(pairs), evaluation.AUC(scores, liked))

	p.Step("Calibration: what a probability promises")
	var promised []float64
	var came []bool
	var users []int
	for i := range 300 {
		v := float64(i) / 299
		promised, came, users = append(promised, v), append(came, v*v > float64((i*37)%100)/100), append(users, i)
	}
	rows = nil
	bins := evaluation.Bins(promised, came, users, 5)
	for _, b := range bins {
		rows = append(rows, []string{thousands(b.Rows), fmt.Sprintf("%.2f", b.Predicted), fmt.Sprintf("%.2f", b.Observed.Mean)})
	}
	p.Table("rows|promised|liked", rows...)
	p.Look("this made-up model promises too much, by %.2f on average (ECE). Its order is what AUC sees, and AUC does not see this.", evaluation.ECE(bins))
	return nil
}
