package command

import (
	"fmt"
	"os"
	"strings"
	"time"

	"sparrow/build/console"
	"sparrow/edge/overlay"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
)

// liveFlag names a live overlay.
type liveFlag struct {
	Live string `type:"existingfile" placeholder:"FILE" help:"Live overlay that lists go by, as of now: stock, hidden items, rules, new items; the overlay verb makes one."`
}

// engines returns what makes engines of b that go by the overlay, and says what of it does
// nothing.
func (f *liveFlag) engines(c *console.Console, b *bundle.Bundle) (start func() *engine.Engine, err error) {
	if f.Live == "" {
		return func() *engine.Engine { return engine.New(b) }, nil
	}
	o, remarks, err := readOverlay(f.Live)
	if err != nil {
		return nil, err
	}
	remarks.Append(engine.New(b).Overlay(o))
	sayRemarks(c, "--live", &remarks)
	now := time.Now()
	if o.At > 0 {
		c.Say("--live: made %s ago", now.Sub(time.Unix(o.At, 0)).Round(time.Second))
	}
	return func() *engine.Engine {
		e := engine.New(b)
		e.Overlay(o)
		e.At(now.Unix())
		return e
	}, nil
}

// readOverlay reads the overlay at path; the error names the file.
func readOverlay(path string) (*live.Overlay, live.Remarks, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, live.Remarks{}, err
	}
	o, remarks, err := overlay.Decode(text)
	if err != nil {
		return nil, live.Remarks{}, console.Usagef("%s: %w; wasm/live/FORMAT.md has the format", path, err)
	}
	return o, remarks, nil
}

// sayRemarks says what of an overlay does nothing.
func sayRemarks(c *console.Console, of string, remarks *live.Remarks) {
	for line := range strings.Lines(remarks.String()) {
		c.Say("%s: %s", of, strings.TrimSuffix(line, "\n"))
	}
}

// placesWithout returns the places, from 1 on, of the first 500 items like item r without the
// rules and boosts of the overlay.
func placesWithout(e *engine.Engine, r catalog.Row, among filter.Set) map[catalog.Row]int {
	places := make(map[catalog.Row]int)
	e.Unmoved(func() {
		for i, s := range e.SimilarAmong(r, 500, among) {
			places[s.Row] = i + 1
		}
	})
	return places
}

// movedText says what moved an item.
func movedText(rules []string, before, after int) string {
	names := make([]string, len(rules))
	for i, name := range rules {
		if names[i] = fmt.Sprintf("%q", name); name == "" {
			names[i] = "its own boost"
		}
	}
	from := "not among the first 500"
	if before > 0 {
		from = fmt.Sprintf("place %d", before)
	}
	return fmt.Sprintf("moved by %s: from %s to %d", strings.Join(names, ", "), from, after)
}
