package lesson

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/build/baseline"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pool"
	offline "sparrow/build/rerank"
	"sparrow/build/word2vec"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
)

var beyond = []Lesson{
	{Number: 30, Title: "Events as they come", run: events,
		Course: "RealTimeFeature.java reads the file of ratings with Flink and keeps each user's latest item in windows of a second; it prints the result.",
		Beside: []string{"wasm/session/validate.go", "build/command/trending.go", "build/baseline/trending.go"},
		More:   "go run ./build trending --help"},
	{Number: 32, Title: "Exploration in re-ranking", run: exploring,
		Course: "The course explains exploration and exploitation and has no code for them.",
		Beside: []string{"wasm/rerank/explore.go", "build/rerank/dpp.go", "build/rerank/calibrate.go"},
		More:   "go run ./build recommend --bundle data/demo --histories H.csv --out R.csv --rerank dpp"},
	{Number: 33, Title: "Trade-offs", run: tradeoffs,
		Course: "The course discusses what to give up: freshness, accuracy, cost, time to build.",
		Beside: []string{"README.md", "build/bench/figure.go"},
		More:   "make size"},
}

// events is lesson 30.
func events(p *Page, d *dataset.Dataset) error {
	if d.Timeless() {
		return fmt.Errorf("the data have no times, and this lesson is about them")
	}
	type did struct {
		user int
		dataset.Interaction
	}
	var log []did
	for u := range d.Users {
		for _, e := range d.Of(u) {
			log = append(log, did{u, e})
		}
	}
	slices.SortStableFunc(log, func(a, b did) int { return cmp.Compare(a.At, b.At) })
	log = log[:1+len(log)*9/10] // the last ones of a data set may be far apart
	p.Step("Before: events of all users, as they come")
	var rows [][]string
	for _, e := range log[len(log)-6:] {
		rows = append(rows, []string{day(e.At), d.Users[e.user], name(d, e.Row), stars(e.Interaction)})
	}
	p.Table("day|user|item|stars", rows...)
	p.Say("It is %s, when nine of ten events have come.", day(log[len(log)-1].At))

	p.Step("Windows: how many turned to an item, and when")
	const windows = 20
	first, last := int64(log[0].At), int64(log[len(log)-1].At)
	span := max(1, (last-first)/windows)
	counts := make([][]float64, d.Catalog.Len())
	for r := range counts {
		counts[r] = make([]float64, windows)
	}
	total := make([]int, d.Catalog.Len())
	for _, e := range log {
		counts[e.Row][min(windows-1, (int64(e.At)-first)/span)]++
		total[e.Row]++
	}
	order := make([]int, d.Catalog.Len())
	for r := range order {
		order[r] = r
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(total[b], total[a]) })
	const days = 24 * 3600
	halfLife := max(1, float64(span))
	trend := baseline.NewTrending(d, baseline.TrendingOptions{HalfLife: halfLife})
	var names []string
	var tumbling, decayed [][]float64
	scores := make([]float32, d.Catalog.Len())
	for _, r := range order[:min(4, len(order))] {
		names, tumbling, decayed = append(names, d.Catalog.Titles[r]), append(tumbling, counts[r]), append(decayed, make([]float64, windows))
	}
	for w := range windows {
		trend.Scores(scores, feature.History{{At: first + int64(w+1)*span}})
		for i := range names {
			decayed[i][w] = float64(scores[order[i]])
		}
	}
	p.Say("Interactions in each of %d windows of %.1f days, of the items with most of all:", windows, float64(span)/days)
	p.Sparks(slices.Clone(names), tumbling, 0)
	p.Say("The same with an exponential decay, half as much after %.1f days:", halfLife/days)
	p.Sparks(names, decayed, 1)
	p.Look("the second lines rise and fall more smoothly: an event fades, and does not drop out at the end of a window.")

	p.Step("After: what is on the rise on that day")
	trend.Scores(scores, feature.History{{At: last + 1}})
	now := make([]int, len(order))
	copy(now, order)
	slices.SortStableFunc(now, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	rows = nil
	both := 0
	for i := range min(6, len(order)) {
		if slices.Contains(order[:min(6, len(order))], now[i]) {
			both++
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), d.Catalog.Titles[order[i]], thousands(total[order[i]]), d.Catalog.Titles[now[i]], fmt.Sprintf("%.2f", scores[now[i]])})
	}
	p.Table("place|most until then|interactions|trending then|decayed", rows...)
	p.Look("%d of %d on the right stand on the left too. The left list needs no clock, the right one changes with every event. A bundle of last night and this list of the last hour together are what a page shows.", both, len(rows))
	return nil
}

// unit returns the vectors of candidates at unit length, [n×D].
func unit(b *bundle.Bundle, items []feature.Candidate) []float32 {
	D := b.Retrieval.Out.Cols
	v := make([]float32, len(items)*D)
	for i, c := range items {
		row := v[i*D:][:D]
		b.Retrieval.Out.Dequantize(row, int(c.Row))
		var squares float64
		for _, x := range row {
			squares += float64(x) * float64(x)
		}
		for k := range row {
			row[k] /= float32(math.Sqrt(max(1e-12, squares)))
		}
	}
	return v
}

// exploring is lesson 32.
func exploring(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	e := engine.New(b)
	item := favourite(d, word2vec.Sentences(d, 1))
	h := feature.History{{Row: item, Stars: 5, At: b.Statistics.AsOf}}
	var items []feature.Candidate
	for _, r := range e.Recommend(engine.Query{History: h, K: 40, Filter: all}) {
		items = append(items, r.Candidate)
	}
	if len(items) < 6 {
		return fmt.Errorf("the catalog is too small: %s to recommend", count(len(items), "item"))
	}
	vectors := unit(b, items)
	p.Step(fmt.Sprintf("Before: the ranker's order after a like of %s", name(d, item)))
	var rows [][]string
	for i, c := range items[:6] {
		rows = append(rows, []string{fmt.Sprint(i + 1), name(d, c.Row), genresOf(d, d.Catalog.Genres[c.Row]), fmt.Sprintf("%.3f", c.Score)})
	}
	p.Table("place|item|genres|score", rows...)
	p.Say("The same list each time. What stands below it is never shown, and nothing is ever learned of it.")

	p.Step("After: drawn by chance, better ones more often")
	const draws, temperature = 2000, 0.3
	rng := rand.New(rand.NewPCG(32, 1))
	uniform := func(uint64) float64 { return rng.Float64() }
	first, said := map[catalog.Row]int{}, map[catalog.Row]float32{}
	for range draws {
		top := rerank.Explore(items, vectors, 0, temperature, 5, uniform)[0]
		first[top.Row]++
		said[top.Row] = top.Propensity
	}
	rows = nil
	for _, c := range items[:6] {
		rows = append(rows, []string{name(d, c.Row), fmt.Sprintf("%.3f", c.Score), fmt.Sprintf("%.3f", float64(first[c.Row])/draws), fmt.Sprintf("%.3f", said[c.Row])})
	}
	p.Table(fmt.Sprintf("item|score|share of %s draws at place 1|propensity", thousands(draws)), rows...)
	p.Look("the last two columns agree: the probability with which an item was drawn is known and is logged with it. Replay (lesson 27) needs exactly that number. 0 in both: it was not drawn.")

	p.Step("What it costs")
	var names []string
	var seen []float64
	rows = nil
	for _, heat := range []float32{0.05, 0.2, 0.5, 1} {
		shown := map[catalog.Row]bool{}
		sum := 0.0
		for range 200 {
			for _, c := range rerank.Explore(items, vectors, 0, heat, 5, uniform) {
				shown[c.Row] = true
				sum += float64(c.Score) / 1000
			}
		}
		names, seen = append(names, fmt.Sprintf("temperature %.2f", heat)), append(seen, float64(len(shown)))
		rows = append(rows, []string{fmt.Sprintf("%.2f", heat), thousands(len(shown)), fmt.Sprintf("%.3f", sum)})
	}
	p.Table("temperature|items seen in 200 lists of 5|mean score", rows...)
	p.Bars(names, seen, 0)
	p.Look("a higher temperature shows more items, of a lower mean score: that is the price of learning.")

	p.Step("Order a list for variety")
	scores, G := make([]float32, len(items)), len(d.Catalog.GenreNames)
	genres := make([][]uint8, len(items))
	for i, c := range items {
		scores[i], genres[i] = c.Score, d.Catalog.Genres[c.Row]
	}
	spread, wanted := make([]float32, len(items)*G), make([]float32, G)
	offline.Genres(spread, genres)
	offline.Genres(wanted, [][]uint8{d.Catalog.Genres[item]})
	rows = nil
	show := func(what string, places []int) {
		var list []catalog.Row
		kinds, sum := map[string]bool{}, 0.0
		for _, i := range places {
			list = append(list, items[i].Row)
			sum += float64(items[i].Score) / float64(len(places))
			for _, g := range genres[i] {
				kinds[d.Catalog.GenreNames[g]] = true
			}
		}
		rows = append(rows, []string{what, thousands(len(kinds)), fmt.Sprintf("%.3f", evaluation.IntraListDistance(list, evaluation.GenreDistance(d.Catalog), len(list))), fmt.Sprintf("%.3f", sum)})
	}
	const k = 6
	show("the ranker's order", []int{0, 1, 2, 3, 4, 5})
	for _, variety := range []float32{0.5, 1} {
		var places []int
		for _, c := range rerank.Diversify(items, vectors, variety, k) {
			places = append(places, slices.IndexFunc(items, func(x feature.Candidate) bool { return x.Row == c.Row }))
		}
		show(fmt.Sprintf("MMR, variety %.1f", variety), places)
	}
	show("DPP, θ 0.7", offline.DPP(scores, vectors, 0.7, k))
	show("calibrated, λ 0.8", offline.Calibrate(scores, spread, wanted, 0.8, k))
	p.Table("list of six|genres|distance of two|mean score", rows...)
	p.Look("MMR and DPP spread a list over what differs by its vectors. Calibration does something else: it holds the list to the genres of the history.")
	return nil
}

// tradeoffs is lesson 33.
func tradeoffs(p *Page, d *dataset.Dataset) error {
	cases := evaluation.LeaveOneOut(d)
	train := d.WithoutOpinions(1)
	p.Step("Before: a question with a price")
	p.Say("How many numbers should a vector have? More of them can say more, cost bytes on every visit, and learn by heart from few data. All else is the same below.")
	p.Step("After: what each width buys")
	var rows [][]string
	var names []string
	var found, bytes []float64
	for _, width := range []int{2, 4, 8, 16, 32} {
		opt := pool.DefaultPoolOptions(train)
		opt.Width, opt.Epochs, opt.Batch = width, min(opt.Epochs, 12), min(opt.Batch, 128)
		m, err := pool.TrainPool(p.ctx, train, opt, nil)
		if err != nil {
			return err
		}
		model := m.Quantize()
		method := evaluation.Scored("pool", m.N, func() evaluation.Scores { return scorer(&model) })
		r, err := evaluation.Evaluate(p.ctx, method, cases, 10, m.N, nil)
		if err != nil {
			return err
		}
		hits, _ := r.Get("HitRate@10")
		ndcg, _ := r.Get("NDCG@10")
		size := len(model.In.Data) + len(model.Out.Data) + 4*len(model.In.Scale) + 4*len(model.Out.Scale)
		names, found, bytes = append(names, fmt.Sprintf("%d numbers", width)), append(found, 100*hits.Mean), append(bytes, float64(size))
		rows = append(rows, []string{fmt.Sprint(width), thousands(size), fmt.Sprintf("%.1f %%", 100*hits.Mean), fmt.Sprintf("%.3f", ndcg.Mean), fmt.Sprintf("%.3f to %.3f", ndcg.Low, ndcg.High)})
	}
	p.Table("numbers a vector|bytes of the tables|hidden items in the first ten|NDCG@10|95 % interval", rows...)
	p.Say("Hidden items found, in %%:")
	p.Bars(slices.Clone(names), found, 1)
	p.Say("Bytes:")
	p.Bars(names, bytes, 0)
	best := slices.Index(found, slices.Max(found))
	p.Look("from the first row to the last the bytes grow %.1f times and what is found %.1f times. Most is found with %s; whether the row before it is as good, the intervals say.", bytes[len(bytes)-1]/bytes[0], found[len(found)-1]/math.Max(0.1, found[0]), names[best])
	return nil
}
