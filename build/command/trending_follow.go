package command

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sparrow/build/console"
	"sparrow/build/consumer"
	"sparrow/build/feedback"
	"sparrow/build/plural"
	"sparrow/edge/topic"
	"sparrow/wasm/catalog"
)

// A job that goes on writes all rows in each minute that has an event, within a few
// seconds: rows that are as little older than the newest may be about to be written.
// Those of a batch stay as they are, and are left out in the end.
const (
	settleWithin = 120 // seconds
	settleLooks  = 4
	lookWait     = 2 * time.Second // from one look at the topic to the next
)

// follower publishes the rows of a topic.
type follower struct {
	*trendingVerb
	table   *consumer.Table
	known   func(catalog.ID) bool
	of      time.Time // of the latest.json that known knows
	pending bool      // what came is not published yet
	looks   int       // while it may be about to change
}

// follow publishes the rows of a topic once, or with --follow whenever they or the bundle
// changed, until the command is ended. What fails after the first time is said once, and
// tried again.
func (v *trendingVerb) follow(c *console.Console) error {
	of := v.changed() // before the bundle is read: one that comes meanwhile is another
	known, err := v.known()
	if err != nil {
		return err
	}
	address, err := topic.ParseAddress(string(v.From))
	if err != nil {
		return err
	}
	table, err := consumer.OpenTable(address)
	if err != nil {
		return err
	}
	defer table.Close()
	f := follower{trendingVerb: v, table: table, known: known, of: of}
	begun, said := false, ""
	for {
		published, err := f.look(c)
		begun = begun || published
		switch {
		case c.Ctx.Err() != nil && v.Follow:
			return nil
		case err != nil && !(begun && v.Follow):
			return err
		case err != nil && err.Error() != said:
			said = err.Error()
			c.Say("%s stays as it is, and is tried again: %s", trendingFile, said)
		case err == nil && said != "":
			said = ""
			c.Say("%s is followed again", address)
		case published && !v.Follow:
			return nil
		}
		select {
		case <-c.Ctx.Done():
		case <-time.After(lookWait):
		}
	}
}

// changed returns when latest.json was written.
func (v *trendingVerb) changed() time.Time {
	info, err := os.Stat(filepath.Join(string(v.Out), "latest.json"))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// look takes what came, and publishes it where it does not seem about to change.
func (f *follower) look(c *console.Console) (published bool, err error) {
	changed, err := f.table.Refresh(c.Ctx)
	f.pending = f.pending || changed || err != nil // some of it may have come
	if err != nil {
		return false, err
	}
	if at := f.changed(); !at.Equal(f.of) {
		known, err := f.trendingVerb.known()
		if err != nil {
			return false, err
		}
		f.known, f.of, f.pending = known, at, true
	}
	if !f.pending {
		return false, nil
	}
	trends, rows, err := trendsOf(f.table.Rows(), f.Networks, f.known)
	if err != nil {
		return false, fmt.Errorf("%s: %w", f.From, err)
	}
	if f.looks++; rows.moving && f.looks < settleLooks {
		return false, nil
	}
	c.Say("%s of %s: %d of an earlier run, %d of items that the bundle does not have, %d of fewer than %s, %d beyond the highest %d", plural.Of(rows.Rows, "row"), f.From, rows.Older, rows.Unknown, trends.Few, plural.Of(f.Networks, "network"), rows.Beyond, feedback.MaxTrending)
	err = f.publish(c, trends, trendingFigures{Rows: rows})
	f.pending, f.looks = err != nil, 0
	return err == nil, err
}
