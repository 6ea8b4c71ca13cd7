package lesson

import (
	"fmt"
	"slices"
	"strings"

	"sparrow/build/autodiff"
	"sparrow/build/compare"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

var models = []Lesson{
	{Number: 15, Title: "Collaborative filtering, matrix factorization", models: []string{"popularity", "ItemCF", "iALS", "EASE"}, run: retrieved,
		Course: "CollaborativeFiltering.scala runs Spark's ALS on the stars and measures their RMSE on a random fifth of the ratings. What is asked for is a list, so here lists are measured.",
		Beside: []string{"build/baseline/itemcf.go", "build/baseline/ials.go", "build/baseline/ease.go"},
		More:   "go run ./build compare --input DIR --models ItemCF,iALS,EASE"},
	{Number: 16, Title: "How models evolved", models: []string{"logistic regression", "FM", "Embedding+MLP", "DeepFM", "DIN"}, run: ranked,
		Course: "The course draws the family tree, from logistic regression to DIEN, and trains six of its models in TensorFlow, each in a file of its own.",
		Beside: []string{"build/pointwise/model.go", "build/pointwise/inputs.go"},
		More:   "go run ./build compare --input DIR"},
	{Number: 17, Title: "Embedding+MLP and Deep Crossing", models: []string{"Embedding+MLP", "Deep Crossing"}, run: ranked,
		Course: "EmbeddingMLP.py is a Keras Sequential model of two layers of 128 on embeddings of 10 and seven raw numbers: 1995 stands beside 0.5.",
		Beside: []string{"build/pointwise/embeddingmlp.go", "build/pointwise/deepcrossing.go"},
		More:   "go run ./build compare --input DIR --models \"Embedding+MLP,Deep Crossing\""},
	{Number: 18, Title: "Wide & Deep", models: []string{"logistic regression", "Embedding+MLP", "Wide & Deep"}, run: ranked,
		Course: "WideNDeep.py crosses the item with the last item that the user liked into 10,000 hashed columns, and adds them to the layers of EmbeddingMLP.py.",
		Beside: []string{"build/pointwise/widedeep.go", "build/pointwise/inputs.go"},
		More:   "go run ./build compare --input DIR --models \"Wide & Deep\""},
	{Number: 19, Title: "NeuralCF and the two towers", models: []string{"NeuralCF", "two towers", "popularity"}, run: both,
		Course: "NeuralCF.py has both: layers over the two embeddings side by side, and two towers with an inner product. Its users are ids, so that it knows nothing of a new one.",
		Beside: []string{"build/pointwise/neuralcf.go", "build/tower/twotower.go"},
		More:   "go run ./build compare --input DIR --models \"NeuralCF,two towers\""},
	{Number: 20, Title: "FM, DeepFM, PNN: crossing features", models: []string{"FM", "DeepFM", "PNN inner", "PNN outer"}, run: ranked,
		Course: "DeepFM.py multiplies four pairs of embeddings that were chosen by hand (item and user, genres and genres, and across), in place of all pairs.",
		Beside: []string{"build/pointwise/fm.go", "build/pointwise/deepfm.go", "build/pointwise/pnn.go"},
		More:   "go run ./build compare --input DIR --models \"FM,DeepFM,PNN inner,PNN outer\""},
	{Number: 21, Title: "DIN and DIEN: attention, sequences", models: []string{"Embedding+MLP", "DIN", "DIEN"}, run: ranked,
		Course: "DIN.py weighs the last five liked items. DIEN.py adds two GRUs and the auxiliary loss, of which it subtracts both probabilities.",
		Beside: []string{"build/pointwise/din.go", "build/pointwise/dien.go", "wasm/nn/gru.go"},
		More:   "go run ./build compare --input DIR --models DIN,DIEN"},
	{Number: 28, Title: "YouTube's candidate generator", models: []string{"popularity", "YouTubeDNN"}, run: retrieved,
		Course: "The course explains the paper and has no code for it.",
		Beside: []string{"build/tower/youtube.go"},
		More:   "go run ./build compare --input DIR --models YouTubeDNN"},
	{Number: 29, Title: "Graph neural networks: PinSage", models: []string{"popularity", "item2vec", "PinSage"}, run: retrieved,
		Course: "The course explains GraphSAGE and PinSage and has no code for them.",
		Beside: []string{"build/tower/pinsage.go"},
		More:   "go run ./build compare --input DIR --models PinSage"},
	{Number: 31, Title: "From pooling to DIN to DIEN", models: []string{"Embedding+MLP", "DIN", "DIEN"}, run: history,
		Course: "The course tells how Alibaba's models followed each other; DIN.py and DIEN.py are its code for them.",
		Beside: []string{"build/pointwise/embeddingmlp.go", "build/pointwise/din.go", "build/pointwise/dien.go"},
		More:   "go run ./build compare --input DIR --models \"Embedding+MLP,DIN,DIEN\""},
}

// ideas are the models in a sentence each.
var ideas = map[string]string{
	"popularity":          "what most people liked, the same list for all",
	"ItemCF":              "items that the same people liked, weighted by how alike their people are",
	"iALS":                "a vector for each user and item whose product is high where the user chose it",
	"EASE":                "each item predicted from all others by one linear regression",
	"item2vec":            "skip-gram over what users liked",
	"YouTubeDNN":          "layers over the mean of the watched items, then a softmax over all items",
	"two towers":          "one network for the user, one for the item, an inner product between",
	"PinSage":             "an item's vector from those of its neighbours on random walks",
	"logistic regression": "a weight for each input, nothing multiplied",
	"FM":                  "all pairs of inputs, each weighted by the product of two vectors",
	"Embedding+MLP":       "embeddings side by side, then layers",
	"Deep Crossing":       "the same with residual layers",
	"Wide & Deep":         "a linear part that remembers, beside layers that generalize",
	"NeuralCF":            "layers over what the user liked and the item, beside their product",
	"PNN inner":           "inner products of all pairs of embeddings go into the layers",
	"PNN outer":           "outer products of all pairs of embeddings go into the layers",
	"DeepFM":              "FM and layers over the same embeddings, added",
	"DIN":                 "the history weighted by how much each item says of the candidate",
	"DIEN":                "a recurrent network that follows how the taste moved, towards the candidate",
}

// compared trains the lesson's models with their usual settings and judges them on the same rows.
func (p *Page) compared(d *dataset.Dataset) (*compare.Report, error) {
	opt := compare.DefaultOptions()
	opt.Tune = false
	if d.Timeless() {
		opt.Preset = "random-rating"
	}
	for _, n := range p.models {
		if err := compare.NeedsOrder(d, []string{n}); err != nil {
			p.Say("%s is left out: %s.", n, d.Order.Why())
		} else {
			opt.Models = append(opt.Models, n)
		}
	}
	if len(opt.Models) == 0 {
		return nil, fmt.Errorf("all models of the lesson learn an order: %s", d.Order.Why())
	}
	opt.Stage = func(string) func(int, int) { return func(int, int) {} }
	return compare.Compare(p.ctx, d, opt)
}

// ideasOf shows the lesson's models in a sentence each.
func (p *Page) ideasOf() {
	var rows [][]string
	for _, n := range p.models {
		rows = append(rows, []string{n, ideas[n]})
	}
	p.Step("The models")
	p.Table("model|idea", rows...)
}

// curves shows how the rows that have a curve were trained.
func (p *Page) curves(part *compare.Part, what string, value func(autodiff.Point) float64) {
	var names []string
	var series [][]float64
	for _, r := range part.Rows {
		if len(r.Curve) > 0 {
			var line []float64
			for _, point := range r.Curve {
				line = append(line, value(point))
			}
			names, series = append(names, r.Name), append(series, line)
		}
	}
	if len(names) > 0 {
		p.Say("%s, a block a pass:", what)
		p.Sparks(names, series, 3)
	}
}

// ranked is a lesson about ranking models.
func ranked(p *Page, d *dataset.Dataset) error {
	r, err := p.compared(d)
	if err != nil {
		return err
	}
	p.Step("Before: opinions in the order of time")
	u := busiest(d)
	p.log(d, d.Of(u)[:min(4, len(d.Of(u)))])
	part := r.Parts[len(r.Parts)-1]
	p.Say("Each opinion is a row: does this user like this item, by what was known then? %s.", part.Protocol)
	p.ideasOf()
	p.rankedPart(part)
	return nil
}

// rankedPart shows how ranking models were trained and judged.
func (p *Page) rankedPart(part *compare.Part) {
	p.Step("Training")
	p.curves(part, "Loss on the rows of the training", func(x autodiff.Point) float64 { return x.Train })
	p.curves(part, "Loss on rows that it does not learn from", func(x autodiff.Point) float64 { return x.Valid })
	p.Look("where the second plot stops falling, what is learned helps no one else: the pass with its lowest loss is kept. Behind each line stands the last pass.%s", auxiliary(part))
	p.Step("After: how well likes are told from the rest")
	var rows [][]string
	var names []string
	var aucs []float64
	for _, r := range part.Rows {
		auc, _ := r.Result.Get("AUC")
		loss := "–"
		if e, ok := r.Result.Get("LogLoss"); ok {
			loss = fmt.Sprintf("%.3f", e.Mean)
		}
		passes := "–"
		if len(r.Curve) > 0 {
			passes = fmt.Sprint(r.Curve.Best() + 1)
		}
		rows = append(rows, []string{r.Name, fmt.Sprintf("%.3f", auc.Mean), fmt.Sprintf("%.3f to %.3f", auc.Low, auc.High), loss, passes, thousands(r.Bytes)})
		names, aucs = append(names, r.Name), append(aucs, auc.Mean)
	}
	p.Table("model|AUC|95 % interval|log loss|passes kept|bytes", rows...)
	p.Bars(names, aucs, 3)
	best := part.Rows[slices.Index(aucs, slices.Max(aucs))]
	second := part.Rows[slices.Index(aucs, slices.Min(aucs))]
	a, _ := best.Result.Get("AUC")
	b, _ := second.Result.Get("AUC")
	verdict := "Their intervals do not meet."
	if a.Low <= b.High {
		verdict = "Their intervals meet: on so few rows that is no proof that one is better."
	}
	p.Look("0.5 is a coin, 1 is perfect. %s has the highest AUC, %.3f, and %s the lowest, %.3f. %s", best.Name, a.Mean, second.Name, b.Mean, verdict)
}

// auxiliary says what else is in a model's loss.
func auxiliary(part *compare.Part) string {
	if slices.ContainsFunc(part.Rows, func(r compare.Row) bool { return r.Name == "DIEN" }) {
		return " The first loss of DIEN has its auxiliary loss in it, that of guessing the next item, and does not compare with the others."
	}
	return ""
}

// retrieved is a lesson about models that find items.
func retrieved(p *Page, d *dataset.Dataset) error {
	r, err := p.compared(d)
	if err != nil {
		return err
	}
	p.hidden(d)
	p.ideasOf()
	p.retrievedPart(r.Parts[0])
	return nil
}

// hidden shows what retrieval models have to find.
func (p *Page) hidden(d *dataset.Dataset) {
	p.Step("Before: histories, the newest interaction hidden")
	cases := evaluation.LeaveOneOut(d)
	for _, c := range cases[:min(3, len(cases))] {
		var given []string
		for _, e := range c.History[max(0, len(c.History)-4):] {
			given = append(given, name(d, e.Row))
		}
		p.Say("User %s: … %s → ? It was %s.", d.Users[c.User], strings.Join(given, " → "), name(d, c.Relevant[0]))
	}
}

// retrievedPart shows how well models find what was hidden.
func (p *Page) retrievedPart(part *compare.Part) {
	p.Step("Training")
	p.curves(part, "Loss of the training", func(x autodiff.Point) float64 { return x.Train })
	p.Say("Judged by %s.", part.Protocol)
	p.Step("After: who finds the hidden item")
	var rows [][]string
	var names []string
	var found []float64
	for _, r := range part.Rows {
		ndcg, _ := r.Result.Get("NDCG@10")
		hits, _ := r.Result.Get("HitRate@10")
		rows = append(rows, []string{r.Name, fmt.Sprintf("%.3f", ndcg.Mean), fmt.Sprintf("%.3f to %.3f", ndcg.Low, ndcg.High), fmt.Sprintf("%.1f %%", 100*hits.Mean)})
		names, found = append(names, r.Name), append(found, 100*hits.Mean)
	}
	p.Table("model|NDCG@10|95 % interval|in the first ten", rows...)
	p.Bars(names, found, 1)
	p.Look("the bars are how often, in %%, the hidden item is among the first ten of the list. %s finds most.", names[slices.Index(found, slices.Max(found))])
}

// both is a lesson about models of both kinds.
func both(p *Page, d *dataset.Dataset) error {
	r, err := p.compared(d)
	if err != nil {
		return err
	}
	p.hidden(d)
	p.ideasOf()
	for _, part := range r.Parts {
		if part.Metric == "AUC" {
			p.rankedPart(part)
		} else {
			p.retrievedPart(part)
		}
	}
	return nil
}

// history is lesson 31: the same models, each given ever more of the history.
func history(p *Page, d *dataset.Dataset) error {
	if err := ranked(p, d); err != nil {
		return err
	}
	p.Say("Embedding+MLP takes the mean of the last five liked items, whatever the candidate is. DIN weighs the last 50 events by the candidate. DIEN also reads them in their order.")
	return nil
}
