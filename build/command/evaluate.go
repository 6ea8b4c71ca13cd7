package command

import (
	"sparrow/build/answers"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
)

type evaluateVerb struct {
	dataFlags
	Bundle    bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Protocol  string     `default:"leave-one-out" enum:"leave-one-out,leave-one-out-sampled,time-split,strangers,random-ratio,orders,hold-out,k-fold,bootstrap" placeholder:"NAME" help:"leave-one-out, leave-one-out-sampled, time-split, strangers, random-ratio, orders, hold-out, k-fold or bootstrap (${default})."`
	Share     share      `default:"10%" placeholder:"SHARE" help:"Share of all interactions that time-split, the newest, and hold-out, at random, hide; share of the users who are strangers (${default})."`
	Folds     int        `default:"5" placeholder:"N" help:"Parts of k-fold, and trainings (${default})."`
	Draws     int        `default:"1" placeholder:"N" help:"Draws of strangers and of random-ratio, and trainings (${default})."`
	Likes     int        `default:"10" placeholder:"N" help:"Likes of each person that orders asks with (${default})."`
	TestFile  string     `type:"existingfile" placeholder:"FILE" help:"user_id,item_id[,timestamp], plain or gzip: answers of your own instead of a protocol; histories are all of --input."`
	ItemsFile string     `type:"existingfile" placeholder:"FILE" help:"item_id, plain or gzip: only these items may be recommended."`
	K         int        `default:"10" placeholder:"K" help:"Length of the lists that are measured (${default})."`
	Stage     string     `default:"ranking" enum:"retrieval,ranking" placeholder:"STAGE" help:"Last stage that is measured, retrieval or ranking (${default})."`
	Baselines bool       `default:"true" negatable:"" help:"Also train and measure popularity, iALS and EASE (${default})."`
	Users     int        `default:"0" placeholder:"N" help:"Measure N evenly chosen users, 0 for all (${default})."`
	Resamples int        `default:"0" placeholder:"N" help:"Make intervals by drawing users N times, and test the first method against the others; 0 for the normal approximation (${default})."`
	JSON      bool       `name:"json" help:"Print all figures as JSON, also of groups of users and of items."`
}

func (evaluateVerb) Help() string {
	return `Measures a bundle beside the baselines: full ranking of the catalog, histories masked, 95 % intervals over users.

leave-one-out takes each user's newest interaction as the answer to look for, and where the data have no usable times
one drawn at random, which the report calls a random hold-out; time-split refuses such data. A bundle of --ship measured was
trained without it; in place of one that has seen all, what the same training makes without the answers is measured. leave-one-out-sampled ranks it among 99 items drawn at random
instead of the catalog, which flatters: use it to stand beside figures published so. time-split hides the newest share
of all interactions at one moment for everybody, hold-out a share drawn at random, k-fold each of N random parts in
turn, bootstrap those that a draw of as many with replacement leaves out. strangers is the order-free hold-out: users who
are not trained on, the likes of each (4 stars and more) cut five times at random, 80 % given as likes of one sitting in
random order, 20 % to be found. random-ratio is the split of RecBole's figures for ml-1m: ratings of 3 stars and more, cut
at random 8:1:1 a user; stars and times are taken from them, as there, so a model of sequences cannot be trained. With --draws N both draw N times, and judge all answers. In these and in orders, iALS and EASE
fade no older events, as they do elsewhere, since there are none; nor beside a bundle that does not use the order. The
bundle has seen some of them, so the same training, with the bundle's width and seed, is run again on the rest alone;
k-fold does so N times and judges all answers.

orders asks what a list owes to the order of its likes: 300 people with --likes likes given in one sitting, in six orders.
Stay is how many of the first ten two orders have in common. Then a like of somebody else is added as the last one, off
the path: with genres of which none is on a fifth of the person's likes. Replaced is how many of the ten are gone, NewKind
how many of the new ten share a genre with it. The bundle is taken as it is.

--test-file takes answers that you have held out of --input yourself: the bundle is trained on all of --input, unless by
--ship measured. A program of your own can judge, too: the recommend verb writes it the lists.

--json has more than the table: precision, recall, F1 and MAP, Gini, novelty, distances within lists, how far the genres
of lists are from the profile's (GenreKL), the share of places that items with five ratings or fewer have (RareShare) and
popularity, each also by how active users and how popular items are.

Examples:
  go run ./build evaluate --bundle data/demo --input data/ml-latest-small
  go run ./build evaluate --bundle mine.bundle --input mine --protocol time-split --share 20% --json
  go run ./build evaluate --bundle data/demo --input data/ml-latest-small --protocol orders --likes 30
  go run ./build evaluate --bundle mine.bundle --input mine --protocol strangers --share 20% --draws 5 --resamples 1000
  go run ./build evaluate --bundle b.bundle --input data/ml-1m --stage retrieval --no-baselines
  go run ./build evaluate --bundle b.bundle --input train --test-file test.csv --items-file items.csv --resamples 1000`
}

func (v *evaluateVerb) Run(c *console.Console) error {
	switch {
	case v.K < 1 || v.Users < 0 || v.Resamples < 0 || v.Folds < 2 || v.Draws < 1 || v.Likes < 2:
		return console.Usagef("--k and --draws must be at least 1, --folds and --likes at least 2, --users and --resamples not negative")
	case v.TestFile != "" && v.Protocol != "leave-one-out":
		return console.Usagef("--test-file is a protocol of its own: leave --protocol out")
	case v.ItemsFile != "" && v.Protocol == "leave-one-out-sampled":
		return console.Usagef("--items-file and the sampled protocol both limit what may be recommended: leave one out")
	case v.ItemsFile != "" && (v.Protocol == "random-ratio" || v.Protocol == "orders"):
		return console.Usagef("--items-file does not go with %s, which says itself what may be recommended: leave one out", v.Protocol)
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	d, _, err := v.read(c)
	if err != nil {
		return err
	}
	if v.Protocol == "orders" {
		return v.orders(c, b, d)
	}
	all, err := v.questionsFor(c, d)
	if err != nil {
		return err
	}
	sayShort(c, "--k", max(v.K, all[0].recall), v.Stage, b.Catalog.Len())
	var judged []listed
	for i, q := range all {
		if len(all) > 1 {
			part := "draw"
			if v.Protocol == "k-fold" {
				part = "fold"
			}
			c.Say("%s %d of %d", part, i+1, len(all))
		}
		if judged, err = v.answers(c, judged, b, q); err != nil {
			return err
		}
	}
	report := evaluation.Report{Dataset: d.Name, Protocol: all[0].protocol}
	o := evaluation.DefaultListOptions(all[0].train, v.K)
	o.Sampled, o.Recall = all[0].sampled, all[0].recall
	for _, m := range judged {
		report.Results = append(report.Results, evaluation.Lists(m.method, m.cases, m.lists, o))
	}
	return v.write(c, &report)
}

// write writes the report as the flags want it.
func (v *evaluateVerb) write(c *console.Console, report *evaluation.Report) error {
	if v.Resamples > 0 {
		c.Stage("resample")
		if err := report.Compare(evaluation.Resampling{Rounds: v.Resamples, Seed: 1}); err != nil {
			return err
		}
	}
	c.Stop()
	if v.JSON {
		return report.WriteJSON(c.Out)
	}
	return report.WriteTable(c.Out)
}

// listed is the lists of a method for all questions.
type listed struct {
	method string
	cases  []evaluation.Case
	lists  [][]catalog.Row
}

// answers adds to judged the lists for q of the methods, trained as q requires.
func (v *evaluateVerb) answers(c *console.Console, judged []listed, b *bundle.Bundle, q *questions) ([]listed, error) {
	b, err := unseen(c, b, q)
	if err != nil {
		return nil, err
	}
	methods, err := v.methods(c, b, q.train)
	if err != nil {
		return nil, err
	}
	k, pools := max(v.K, q.recall), q.pools
	if q.masked != nil {
		pools = evaluation.Unmasked(q.masked, b.Catalog.Len())
	}
	for i, m := range methods {
		p := c.Stage("measure " + m.Name)
		lists, err := evaluation.Ask(c.Ctx, m, q.cases, pools, k, b.Catalog.Len(), p)
		if err != nil {
			return nil, err
		}
		if i == len(judged) {
			judged = append(judged, listed{method: m.Name})
		}
		judged[i].cases, judged[i].lists = append(judged[i].cases, q.cases...), append(judged[i].lists, lists...)
	}
	return judged, nil
}

// methods returns the bundle's own methods, and the baselines trained on train if they are wanted.
func (v *evaluateVerb) methods(c *console.Console, b *bundle.Bundle, train *dataset.Dataset) ([]evaluation.Method, error) {
	methods := answers.Methods(b, v.Stage)
	if !v.Baselines {
		return methods, nil
	}
	more, err := answers.Baselines(c.Ctx, c.Stage, train, evaluation.Unordered(v.Protocol) || pipeline.Like(b).OrderFree)
	return append(methods, more...), err
}
