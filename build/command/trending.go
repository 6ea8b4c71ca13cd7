package command

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/catalog"
)

// trendingFile is what the run writes beside latest.json.
const trendingFile = "trending.json"

type trendingVerb struct {
	From placeOrTopic `required:"" placeholder:"PLACE" help:"Folder with segments, s3://bucket/prefix, or the topic that Flink writes, kafka://host:port/sparrow-trending."`
	Out  outFolder    `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	guardFlags
	Networks int  `default:"10" placeholder:"N" help:"Networks that an item needs on one day (${default}); less only where you know your visitors."`
	Follow   bool `help:"With a topic: go on, and write trending.json again within seconds of what Flink writes, until this program is ended."`
	HalfLife span `default:"7d" placeholder:"SPAN" help:"Time after which an event counts half: 7d or 36h (${default})."`
	JSON     bool `name:"json" help:"Print the figures as JSON."`
}

func (trendingVerb) Help() string {
	return fmt.Sprintf(`Counts what visitors turn to now, with exponential decay, and writes it as trending.json beside latest.json, whose
"trending" becomes true: clients mix these items in and show them as a shelf.

The score of an item is the sum of w·2^(-age/half-life) over visitors and days, where w is 1 for a like, a purchase or a rating
of 3.5 stars and more, 1/2 for opening the item's page and 1/4 for a click on its card: of one visitor the strongest
of a day counts, so no visitor moves an item by more than 1 a day. An item that fewer than %d visitors turned to within
the last 5 half-lives is not published, nor are more than %d. Segments of days before that are not read.

One machine can be any number of visitors, but has only so many networks. So an item also needs visitors of 10 networks
on one day, and no network moves it by more than 3 visitors a day. On a site with few visitors, or all in one office,
hardly anything is published then: --networks and --network-visitors change both.

Where Flink counts, by build/flink/trending.sql, --from names its topic, and this verb takes the rows for the items that the
bundle has. --half-life is then the one that is written there. With --follow it goes on, so that a click is in trending.json
within some seconds: for a service manager, which starts it again where it ends.

Examples:
  go run ./build trending --from data/feedback --out data/bundles
  go run ./build trending --from s3://sparrow-feedback/events --out data/bundles --half-life 36h --json
  go run ./build trending --from kafka://localhost:9092/sparrow-trending --out data/bundles
  go run ./build trending --from kafka://localhost:9092/sparrow-trending --out data/bundles --follow

To run it every hour, with the program built once by go build -o bin/build ./build, this line in a crontab:
  17 * * * * cd /srv/sparrow && bin/build trending --from data/feedback --out data/bundles`,
		feedback.MinVisitors, feedback.MaxTrending)
}

// span is a time above 0, in days or in what Go calls a duration.
type span time.Duration

// UnmarshalText reads a span.
func (s *span) UnmarshalText(text []byte) error {
	var d time.Duration
	days, whole := strings.CutSuffix(string(text), "d")
	n, err := strconv.ParseFloat(days, 64)
	if whole && n < 3650 { // not so NaN
		d = time.Duration(n * 24 * float64(time.Hour))
	} else if !whole {
		d, err = time.ParseDuration(string(text))
	}
	if err != nil || d < time.Minute || d > 3650*24*time.Hour {
		return fmt.Errorf("%q is not a span of time; write 7d or 36h", text)
	}
	*s = span(d)
	return nil
}

// trendingAsset is the content of trending.json.
type trendingAsset struct {
	AsOf         int64    `json:"asOf"` // Unix seconds
	HalfLifeDays float64  `json:"halfLifeDays"`
	Items        [][2]any `json:"items"` // id and score, the highest first
}

// trendingFigures are what the run prints as JSON.
type trendingFigures struct {
	File  string           `json:"file"`
	AsOf  int64            `json:"asOf"`
	Items int              `json:"items"`
	Few   int              `json:"few_networks"` // items left out for that alone
	Read  *feedback.Report `json:"read,omitempty"`
	Rows  *rowFigures      `json:"rows,omitempty"` // of a topic
}

func (v *trendingVerb) Run(c *console.Console) error {
	if v.Networks < 1 {
		return console.Usagef("--networks must be at least 1")
	}
	guard, err := v.guard(feedback.DefaultGuard)
	if err != nil {
		return err
	}
	if v.From.isTopic() {
		return v.follow(c)
	}
	known, err := v.known()
	if err != nil {
		return err
	}
	trends, report, err := v.count(c, guard, known)
	if err != nil {
		return err
	}
	return v.publish(c, trends, trendingFigures{Read: report})
}

// known returns what reports whether the newest bundle has an item.
func (v *trendingVerb) known() (func(catalog.ID) bool, error) {
	b, _, err := bundledir.Open(string(v.Out))
	if err != nil {
		return nil, fmt.Errorf("%w: make a bundle there first", err)
	}
	return func(item catalog.ID) bool { _, ok := b.Catalog.Row(item); return ok }, nil
}

// publish writes trending.json and says what is in it.
func (v *trendingVerb) publish(c *console.Console, trends feedback.Trends, figures trendingFigures) error {
	at := trends.At
	if at == 0 { // nothing has arrived: nothing is on the rise, as of now
		at = time.Now().Unix()
	}
	asset := trendingAsset{AsOf: at, HalfLifeDays: time.Duration(v.HalfLife).Hours() / 24, Items: [][2]any{}}
	for _, t := range trends.Items {
		asset.Items = append(asset.Items, [2]any{string(t.Item), t.Score})
	}
	figures.File = filepath.Join(string(v.Out), trendingFile)
	if err := durable.WriteFile(c.Ctx, figures.File, func(w io.Writer) error { return json.NewEncoder(w).Encode(asset) }); err != nil {
		return err
	}
	if err := bundledir.AmendLatest(c.Ctx, string(v.Out), map[string]any{"trending": true}); err != nil {
		return err
	}
	figures.AsOf, figures.Items, figures.Few = at, len(trends.Items), trends.Few
	if v.JSON {
		return c.JSON(figures)
	}
	from := "rows of " + string(v.From)
	if figures.Read != nil {
		from = plural.Of(figures.Read.Events, "event") + " of " + plural.Of(figures.Read.Visitors, "visitor")
	}
	_, err := fmt.Fprintf(c.Out, "%s  %s as of %s, from %s\n", figures.File, plural.Of(len(trends.Items), "item"), time.Unix(at, 0).UTC().Format(time.RFC3339), from)
	return err
}

// count makes the trends of segments.
func (v *trendingVerb) count(c *console.Console, guard feedback.Guard, known func(catalog.ID) bool) (trends feedback.Trends, report *feedback.Report, err error) {
	now := time.Now()
	o := feedback.TrendingOptions{Networks: v.Networks, HalfLife: time.Duration(v.HalfLife), Known: known}
	log, report, err := pipeline.Guarded(c.Ctx, c, string(v.From), o.Since(now), guard)
	if err != nil {
		return trends, nil, err
	}
	o.Guarded = report.Guarded
	trends = log.Trending(o)
	if trends.Few > 0 {
		c.Say("left out: %s with enough visitors, but of fewer than %s on any one day; --networks N asks for fewer", plural.Of(trends.Few, "more item"), plural.Of(v.Networks, "network"))
	}
	if len(trends.Items) == 0 && trends.Few == 0 {
		c.Say("no item was turned to by %d visitors within %.0f days, so nothing is published", feedback.MinVisitors, now.Sub(o.Since(now)).Hours()/24)
	}
	return trends, report, nil
}
