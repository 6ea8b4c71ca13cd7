package command

import (
	"errors"
	"fmt"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/pipeline"
	"sparrow/build/replay"
)

type replayVerb struct {
	Bundle   bundlePath `required:"" placeholder:"PATH" help:"Bundle to be judged, or folder with a latest.json."`
	Feedback place      `required:"" placeholder:"PLACE" help:"Folder of the edge's segments, or s3://bucket/prefix."`
	Reward   string     `default:"click" enum:"click,like" placeholder:"NAME" help:"What a card is to earn, click or like (${default})."`
	Explore  float32    `default:"0.5" placeholder:"T" help:"Temperature with which the bundle explores, best that of the logged arm (${default})."`
	Clip     float64    `default:"50" placeholder:"W" help:"Largest weight of a card; larger ones are cut (${default})."`
	guardFlags
	Known bool   `help:"Use also lists that are not newer than what the bundle was trained on."`
	Seed  uint64 `default:"1" placeholder:"N" help:"Seed of the bootstrap (${default})."`
	JSON  bool   `name:"json" help:"Print the figures as JSON."`
}

func (replayVerb) Help() string {
	return `Estimates from lists that exploration made what a bundle's own lists would have earned, before any visitor sees them. Each
place of a list is a decision, given the items before it; the bundle answers as it would have at that moment, with
what the visitor had said by then. It explores like the logged arm and adds no variety, so the experiment that logs
should have an arm with "explore": 0.5 and "variety": 0. What a visitor said before they agreed to share it is unknown.
Lists that are not newer than what the bundle was trained on are left out: it might know what was clicked on them.

Examples:
  go run ./build replay --bundle data/new --feedback data/feedback
  go run ./build replay --bundle new.bundle --feedback s3://bucket/events --reward like --explore 1 --json`
}

func (v *replayVerb) Run(c *console.Console) error {
	if !(v.Explore > 0 && v.Explore <= 10) || !(v.Clip >= 1) {
		return console.Usagef("--explore must be above 0 and 10 at most, --clip at least 1")
	}
	data, file, err := bundledir.Read(string(v.Bundle))
	if err != nil {
		return err
	}
	guard, err := v.guard(abtest.DefaultGuard)
	if err != nil {
		return err
	}
	log, _, err := pipeline.Guarded(c.Ctx, c, string(v.Feedback), time.Time{}, guard)
	if err != nil {
		return err
	}
	o := replay.DefaultOptions()
	o.Reward, o.Temperature, o.Clip, o.Seed, o.Known = v.Reward, v.Explore, v.Clip, v.Seed, v.Known
	o.Progress = console.Wide(c.Stage("replay"))
	r, err := replay.Run(c.Ctx, data, log, o)
	c.Stop()
	if errors.Is(err, replay.ErrNoChance) || errors.Is(err, replay.ErrKnown) {
		return fmt.Errorf("%s: %w", v.Feedback, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if v.JSON {
		return c.JSON(r)
	}
	return r.WriteTable(c.Out)
}
