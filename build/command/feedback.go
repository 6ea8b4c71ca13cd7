package command

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"sparrow/build/archive"
	"sparrow/build/console"
	"sparrow/build/consumer"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/edge/topic"
)

type feedbackVerb struct {
	From    placeOrTopic `required:"" placeholder:"PLACE" help:"Folder with segments (*.seg) anywhere below it, one segment, s3://bucket/prefix, or kafka://host:port/topic."`
	Into    outFolder    `placeholder:"DIR" help:"With a topic of Kafka: the folder that its segments are written into, and read from."`
	Out     outFile      `placeholder:"FILE.seg" help:"Write what is kept as one segment, each event once."`
	Parquet outFolder    `placeholder:"DIR" help:"Add the days that are over to a folder of Parquet files, a day each, for longer than segments are kept."`
	Dead    bool         `help:"List the dead letters: time, site, reason, and the bytes as hex."`
	JSON    bool         `name:"json" help:"Print the figures as JSON."`
}

func (feedbackVerb) Help() string {
	return `Reads the feedback that the edge stored and summarizes it: events by kind, duplicates, late ones, dead letters by
reason, what devices had to drop, what was erased, and which segments are torn or damaged.

An event counts once (by its id, within 30 days of its first arrival) and happened when the edge's clock says. What a
visitor did before they wanted it deleted is left out, also of what --out writes. Visitors of crowded networks are
counted, and stay in what --out writes.

A bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, and unless it is Amazon's also
AWS_ENDPOINT_URL (for Cloudflare R2 https://<account>.r2.cloudflarestorage.com) and AWS_REGION (for R2: auto).

A topic of Kafka is read up to what is there when the command begins, into the folder --into, where the next call goes on.
Each message is there once. All other verbs read that folder. What visitors asked to have deleted is taken out of its files.

Examples:
  go run ./build feedback --from data/feedback
  go run ./build feedback --from kafka://localhost:9092/sparrow --into data/feedback
  go run ./build feedback --from s3://sparrow-feedback/events --out data/feedback.seg --json
  go run ./build feedback --from data/feedback --parquet data/archive
  go run ./build feedback --from data/feedback --dead`
}

// Validate is called by kong.
func (v *feedbackVerb) Validate() error {
	if err := v.Into.Validate(); err != nil { // before what it goes with
		return fmt.Errorf("--into: %w", err)
	}
	if v.From.isTopic() != (v.Into != "") {
		return errors.New("--from kafka://… and --into go together: the topic, and the folder that it is read into")
	}
	return nil
}

func (v *feedbackVerb) Run(c *console.Console) error {
	from := string(v.From)
	if v.From.isTopic() {
		if err := v.pull(c); err != nil {
			return err
		}
		from = string(v.Into)
	}
	log, report, err := pipeline.Feedback(c.Ctx, c, from, time.Time{})
	if err != nil {
		return err
	}
	if v.From.isTopic() {
		if err := v.forget(c, log); err != nil {
			return err
		}
	}
	if v.Out != "" {
		if err := durable.WritePrivate(c.Ctx, string(v.Out), log.WriteSegment); err != nil {
			return err
		}
		c.Say("%s holds %s, %s and %s", v.Out, plural.Of(len(log.Events), "event"), plural.Of(len(log.Letters), "dead letter"), plural.Of(len(log.Erased), "erasure"))
	}
	if v.Parquet != "" {
		r, err := archive.Write(c.Ctx, string(v.Parquet), log, time.Now())
		if err != nil {
			return err
		}
		c.Say("%s: %s added, %d taken out whose visitors asked for it; %s written, %d removed", v.Parquet, plural.Of(r.Events, "event"), r.Forgotten, plural.Of(r.Written, "file"), r.Removed)
	}
	_, report.Guarded = log.Guard(feedback.DefaultGuard)
	switch {
	case v.Dead:
		return writeLetters(c, log.Letters, v.JSON)
	case v.JSON:
		return c.JSON(report)
	}
	return report.WriteTable(c.Out)
}

// pull reads the topic into the folder.
func (v *feedbackVerb) pull(c *console.Console) error {
	address, err := topic.ParseAddress(string(v.From))
	if err != nil {
		return err
	}
	stage := console.Wide(c.Stage("read " + string(v.From)))
	r, err := consumer.Pull(c.Ctx, address, string(v.Into), consumer.Options{
		Progress: stage,
		Lines:    func(line string) { c.Say("%s", line) },
	})
	c.Stop()
	if err == nil {
		c.Say("%s", r)
	}
	return err
}

// forget takes out of the folder what visitors asked to have deleted.
func (v *feedbackVerb) forget(c *console.Console, log *feedback.Log) error {
	n, err := consumer.Forget(c.Ctx, string(v.Into), log.Erased)
	if n > 0 {
		c.Say("%s without what visitors asked to have deleted", plural.Of(n, "segment"))
	}
	return err
}

// letterFigure is a dead letter as --json prints it, one a line.
type letterFigure struct {
	Received string `json:"received"`
	Site     string `json:"site"`
	Reason   string `json:"reason"`
	Raw      string `json:"raw"`
}

// writeLetters lists dead letters, one a line.
func writeLetters(c *console.Console, letters []feedback.Letter, asJSON bool) error {
	lines := json.NewEncoder(c.Out)
	for _, l := range letters {
		f := letterFigure{time.UnixMilli(l.Received).UTC().Format(time.RFC3339Nano), l.Site, l.Reason, hex.EncodeToString(l.Raw)}
		var err error
		if asJSON {
			err = lines.Encode(f)
		} else {
			_, err = fmt.Fprintf(c.Out, "%s\t%s\t%s\t%s\n", f.Received, f.Site, f.Reason, f.Raw)
		}
		if err != nil {
			return err
		}
	}
	if len(letters) == 0 && !asJSON {
		_, err := io.WriteString(c.Err, "no dead letters\n")
		return err
	}
	return nil
}
