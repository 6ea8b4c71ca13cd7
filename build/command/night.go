package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/challenger"
	"sparrow/build/console"
	"sparrow/edge/durable"
)

// Files of a night in the folder of bundles. The edge serves none of them.
const (
	nextFolder = "next"       // the bundle that is to be the newest; after a refusal it stays to be looked at
	nightLock  = "night.lock" // held by the night that is at work
	nightLog   = "night.log"  // a line for each of the last nights
)

type nightVerb struct {
	dataFlags
	trainFlags
	Out     outFolder `required:"" placeholder:"DIR" help:"Folder of bundles that is served; in its folder next the new one is made."`
	Pages   string    `placeholder:"COMMAND" help:"Shell command that writes the pages of the bundle in the folder $BUNDLE, before that is served."`
	Publish string    `placeholder:"COMMAND" help:"Shell command that uploads --out, after that."`
	Shrink  share     `default:"10%" placeholder:"SHARE" help:"Refuse a bundle that lacks more of the last one's items, or of its interactions (${default})."`
	Worse   share     `default:"5%" placeholder:"SHARE" help:"Refuse a bundle whose NDCG@10 is below the last one's by more than this share of it and more than noise (${default})."`
	JSON    bool      `name:"json" help:"Print the figures as JSON."`
}

func (nightVerb) Help() string {
	return `Does what a site needs every night: trains the next bundle, judges it beside the last one, has the pages written,
makes it the newest, has it uploaded, and removes old bundles. Whatever fails leaves the last one in service, with exit
code 1; one that is refused, with exit code 3, stays in the folder next to be looked at. One night at a time works on a folder.
The last line says how it went, and stands in night.log with those of a year. make night calls this with all commands.

The next bundle ships as it was measured (--ship measured of the bundle verb): what is judged are the very bytes that
are served. Both bundles answer the same people with the same histories, and are looked for the opinion that was held out, which
neither has seen, among the items that both know (NDCG@10, the paired bootstrap over users). Where the last one was
trained on all, as the bundle verb does without --ship measured, only what is newer than its data counts. It cannot tell what new items are worth, nor that
bundles get worse by less than noise night after night: evaluate and experiments do. With fewer than 30 such people, and
with --holdout 0, quality is not judged, which is said. Models of the Lab that the last one has and --models does not
name are said before the training.

Of the bundles that of latest.json stays, those of experiments, the last two, and what is younger than a day.

Examples:
  go run ./build night --input mine --feedback data/feedback --out data/mine
  go run ./build night --input mine --out data/mine --pages 'go run ./app/export --bundle "$BUNDLE" --out .build/site --keep 8'
  go run ./build night --input mine --out data/mine --shrink 30% --json`
}

// nightFigures are what the run prints as JSON.
type nightFigures struct {
	Bundle  string             `json:"bundle"` // sha256 of the newest
	Changed bool               `json:"changed"`
	Judged  *challenger.Report `json:"judged,omitempty"`  // nil where there was no last one, or the same
	Without []string           `json:"without,omitempty"` // further models that the last one had and --models does not name
	Pruned  int                `json:"pruned"`            // bundles
	Seconds float64            `json:"seconds"`
}

func (v *nightVerb) Run(c *console.Console) error {
	begun := time.Now()
	if err := os.MkdirAll(string(v.Out), 0o755); err != nil {
		return err
	}
	lock, err := durable.Lock(filepath.Join(string(v.Out), nightLock), 0)
	if err != nil {
		return fmt.Errorf("%s: another night is at work there: %w", string(v.Out), err)
	}
	defer lock.Close()
	f, err := v.night(c, lock)
	f.Seconds = time.Since(begun).Seconds()
	line := f.words()
	if err != nil {
		line = "the last bundle stays in service: " + err.Error()
		var after published
		if errors.As(err, &after) {
			line = f.words() + ", but " + err.Error()
		}
	}
	if wrote := logNight(c, filepath.Join(string(v.Out), nightLog), begun, line); err == nil {
		err = wrote
	}
	if err != nil {
		return err
	}
	if v.JSON {
		return c.JSON(f)
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s\n", string(v.Out), line)
	return err
}

// published is an error of what comes after the new bundle has become the newest.
type published struct{ error }

// night does the work under a lock.
func (v *nightVerb) night(c *console.Console, lock *os.File) (f nightFigures, err error) {
	next := filepath.Join(string(v.Out), nextFolder)
	if err := os.RemoveAll(next); err != nil {
		return f, err
	}
	d, figures, err := v.read(c)
	if err != nil {
		return f, err
	}
	if f.Without = v.dropped(); len(f.Without) > 0 { // before the training, so that it can be interrupted
		v.sayDropped(c, f.Without)
	}
	made, err := v.options().Run(c.Ctx, c, d, next+"/")
	if err != nil {
		return f, err
	}
	made.Data = figures
	f.Bundle = made.SHA256
	last, file, err := bundledir.Read(string(v.Out))
	if err == nil {
		if _, lacks := bundledir.SupplementFor(last, file); lacks != nil {
			c.Say("the last bundle is served without its second file, and judged all the same: %v", lacks)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist): // the first night
		f.Changed = true
	case err != nil: // a damaged one is to be replaced
		c.Say("%v", err)
		f.Changed = true
	case bundledir.Hash(last) == made.SHA256:
	default:
		f.Changed = true
		data, _, err := bundledir.Read(next)
		if err != nil {
			return f, err
		}
		o := challenger.DefaultOptions()
		o.Shrink, o.Worse, o.Holdout, o.Stage = float64(v.Shrink), float64(v.Worse), v.Holdout, c.Stage
		if f.Judged, err = challenger.Judge(c.Ctx, last, data, d, o); err != nil {
			return f, err
		}
		c.Stop()
		for _, note := range f.Judged.Notes {
			c.Say("%s", note)
		}
		if len(f.Judged.Refused) > 0 {
			return f, console.Refusedf("the new one, in %s, is refused: %s", next, f.Judged.Reasons())
		}
	}
	place, err := filepath.Abs(next)
	if err != nil {
		return f, err
	}
	if err := runStep(c, lock, "pages", v.Pages, "BUNDLE="+place); err != nil {
		return f, err
	}
	if _, err := bundledir.Promote(c.Ctx, next, string(v.Out)); err != nil {
		return f, err
	}
	return f, v.after(c, lock, next, &f)
}

// after does what is left once the new bundle is the newest.
func (v *nightVerb) after(c *console.Console, lock *os.File, next string, f *nightFigures) error {
	if err := os.RemoveAll(next); err != nil {
		return published{err}
	}
	if err := runStep(c, lock, "publish", v.Publish); err != nil {
		return published{err}
	}
	n, err := bundledir.Prune(string(v.Out), time.Now())
	if err != nil {
		return published{err}
	}
	f.Pruned = n
	return nil
}

// words says how a night went that took a bundle into service.
func (f *nightFigures) words() string {
	if f.Bundle == "" {
		return ""
	}
	text := fmt.Sprintf("%.12s is the newest bundle", f.Bundle)
	switch j := f.Judged; {
	case !f.Changed:
		text += " still"
	case j == nil:
		text += ", with none to compare it with"
	case j.Difference == nil:
		text += fmt.Sprintf(": %d items (%d new, %d gone), quality not judged", j.Items, j.New, j.Gone)
	default:
		text += fmt.Sprintf(": %d items (%d new, %d gone), NDCG@10 %.4f, last %.4f (difference %+.4f, %+.4f to %+.4f, %d users)",
			j.Items, j.New, j.Gone, j.NDCG, j.LastNDCG, j.Difference.Mean, j.Difference.Low, j.Difference.High, j.Users)
	}
	if len(f.Without) > 0 {
		text += ", without " + strings.Join(f.Without, ", ") + " of the last"
	}
	if f.Pruned > 0 {
		text += fmt.Sprintf(", %d old bundles removed", f.Pruned)
	}
	return text + fmt.Sprintf(", %.1f s", f.Seconds)
}
