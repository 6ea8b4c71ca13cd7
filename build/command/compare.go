package command

import (
	"path/filepath"
	"strings"

	"sparrow/build/compare"
	"sparrow/build/console"
)

type compareVerb struct {
	dataFlags
	Models   []string  `placeholder:"NAME,…" help:"Models to compare; all when left out."`
	Preset   string    `default:"everybody" enum:"everybody,global-time,latest-rating,random-rating,random-like" placeholder:"NAME" help:"Protocol of the ranking models: everybody, global-time, latest-rating, random-rating or random-like (${default})."`
	Protocol string    `default:"leave-one-out" enum:"leave-one-out,time-split,strangers,random-ratio,orders" placeholder:"NAME" help:"Protocol of the retrieval models: leave-one-out, time-split, strangers, random-ratio or orders, see the evaluate verb (${default})."`
	Share    share     `default:"10%" placeholder:"SHARE" help:"Share of the interactions that time-split hides; share of the users who are strangers (${default})."`
	Likes    int       `default:"10" placeholder:"N" help:"Likes of each person that orders asks with (${default})."`
	K        int       `default:"10" placeholder:"K" help:"Length of the lists that are measured (${default})."`
	Seed     uint64    `default:"1" placeholder:"N" help:"Seed of every random choice; the same seed gives the same figures (${default})."`
	Tune     bool      `default:"true" negatable:"" help:"Choose among settings on validation data; else take the defaults (${default})."`
	Random   int       `default:"0" placeholder:"N" help:"Also try N settings of each model that are drawn at random (${default})."`
	Out      outFolder `placeholder:"DIR" help:"Folder for report.html and report.json."`
	JSON     bool      `name:"json" help:"Print the report as JSON."`
}

func (compareVerb) Help() string {
	return `Trains the models of the course on one data set and judges them side by side: those that find items in the whole
catalog on each user's newest opinion or by another --protocol, those that judge one item by AUC in one of the published protocols. Data without usable times have no newest one: one
is drawn at random, and of the protocols only random-rating and random-like will do. Models that learn an order (SASRec,
DIEN, item2vec, DeepWalk, node2vec) are refused there, and left out where no models are named.
Settings, and after how many passes a training ends, are chosen on validation data; the test is looked at once, by the
setting that won.

Models: ` + strings.Join(compare.Names(), ", ") + `

Examples:
  go run ./build compare --input data/ml-latest-small --out .build/compare
  go run ./build compare --input data/ml-latest-small --models "DIN,DIEN,Embedding+MLP" --no-tune
  go run ./build compare --input data/ml-latest-small --models "DeepFM,DIN" --random 20
  go run ./build compare --input data/ml-latest-small --models "EASE,iALS,transitions,popularity" --protocol strangers --share 20%
  go run ./build compare --input mine --preset latest-rating --json`
}

func (v *compareVerb) Run(c *console.Console) error {
	if v.K < 1 || v.Random < 0 || v.Likes < 2 {
		return console.Usagef("--k must be at least 1, --likes at least 2, --random not negative")
	}
	d, _, err := v.read(c)
	if err != nil {
		return err
	}
	sayShort(c, "--k", v.K, "retrieval", d.Catalog.Len())
	report, err := compare.Compare(c.Ctx, d, compare.Options{
		Models: v.Models, Preset: v.Preset, Protocol: v.Protocol, Share: float64(v.Share), Likes: v.Likes, Seed: v.Seed, Tune: v.Tune, Random: v.Random, K: v.K,
		Stage: c.Stage,
	})
	if err != nil {
		return err
	}
	c.Stop()
	if v.Out != "" {
		if err := report.WriteFolder(string(v.Out)); err != nil {
			return err
		}
		c.Say("compare: %s", filepath.Join(string(v.Out), compare.PageFile))
	}
	if v.JSON {
		return report.WriteJSON(c.Out)
	}
	return report.WriteTable(c.Out)
}
