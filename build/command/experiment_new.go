package command

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"sparrow/build/console"
	"sparrow/edge/durable"
	"sparrow/wasm/experiment"
)

type newVerb struct {
	File  outFile `arg:"" placeholder:"FILE" help:"experiments.json, beside the bundle's latest.json; one that is there is left as it is."`
	Days  int     `default:"28" placeholder:"D" help:"Days that it runs (${default})."`
	Ago   int     `default:"0" placeholder:"D" help:"Days ago that it began: the simulate verb's visitors came in the last seven (${default})."`
	Share share   `default:"50%" placeholder:"SHARE" help:"Share of the visitors who take part (${default})."`
}

func (newVerb) Help() string {
	return `Writes an experiments.json to begin with: one layer, whose visitors get either what the others get or, in the arm
explore, lists that leave something to chance. The report says what exploring costs, and replay judges other bundles by
what it found. Change the file as you like; wasm/experiment/FORMAT.md has every key, and check says what a change does.

Examples:
  go run ./build experiment new data/mine/experiments.json
  go run ./build experiment new data/mine/experiments.json --share 10% --days 14`
}

func (v *newVerb) Run(c *console.Console) error {
	if v.Days < 1 || v.Ago < 0 || v.Ago >= v.Days || v.Share <= 0 {
		return console.Usagef("--days must be at least 1, --ago from 0 to less than that, --share above 0")
	}
	if _, err := os.Lstat(string(v.File)); err == nil {
		return fmt.Errorf("%s is there already, and its salts have dealt visitors: change it by hand, or remove it first", string(v.File))
	}
	begin := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -v.Ago)
	file := exploring(begin, v.Days, float64(v.Share))
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	err = durable.WriteFile(c.Ctx, string(v.File), func(w io.Writer) error { _, err := w.Write(append(text, '\n')); return err })
	if err != nil {
		return err
	}
	c.Say("%s: half of %g %% of the visitors explore until %s", string(v.File), 100*float64(v.Share), moment(file.Layers[0].End))
	return nil
}

// exploring is a file of one layer with an arm whose lists replay can learn from.
func exploring(begin time.Time, days int, share float64) experiment.File {
	variety, explore := float32(0), float32(0.5)
	return experiment.File{Version: experiment.Version, Layers: []experiment.Layer{{
		Name: "explore", Salt: "explore-" + begin.Format(time.DateOnly), Share: share,
		Start: experiment.Moment(begin.Unix()), End: experiment.Moment(begin.AddDate(0, 0, days).Unix()),
		Arms: []experiment.Arm{{Name: "control", Weight: 1}, {Name: "explore", Weight: 1, Variety: &variety, Explore: &explore}},
	}}}
}
