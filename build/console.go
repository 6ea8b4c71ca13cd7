package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// console is where a verb writes: figures to out, everything else to err.
type console struct {
	ctx      context.Context
	out, err io.Writer
	terminal bool // err is a terminal

	mu  sync.Mutex
	bar *progress // the one that is shown
}

func newConsole(ctx context.Context, out, err io.Writer) *console {
	c := &console{ctx: ctx, out: out, err: err}
	if f, ok := err.(*os.File); ok {
		c.terminal = term.IsTerminal(int(f.Fd()))
	}
	return c
}

// say writes a line for people.
func (c *console) say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bar != nil && c.bar.drawn != nil {
		c.bar.drawn.Clear()
	}
	fmt.Fprintf(c.err, format+"\n", args...)
}

// json writes v as one indented JSON value.
func (c *console) json(v any) error {
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// quick is how long a stage runs before its progress is shown.
const quick = 2 * time.Second

// lineEvery is the time between two lines of progress where there is no terminal.
const lineEvery = 10 * time.Second

// progress shows how far a stage is: a bar on a terminal, else a line every 10
// seconds. A stage shorter than two seconds shows neither.
type progress struct {
	c       *console
	what    string
	begun   time.Time
	shown   time.Time
	drawn   *progressbar.ProgressBar
	percent int
}

// stage begins to show the progress of what, in place of the stage before.
func (c *console) stage(what string) *progress {
	c.stop()
	now := time.Now()
	p := &progress{c: c, what: what, begun: now, shown: now}
	c.mu.Lock()
	c.bar = p
	c.mu.Unlock()
	return p
}

// set tells that done of all parts are finished. all < 0 is an unknown number.
func (p *progress) set(done, all int64) {
	p.c.mu.Lock()
	defer p.c.mu.Unlock()
	now := time.Now()
	if p.c.bar != p || all <= 0 || now.Sub(p.begun) < quick {
		return
	}
	p.percent = int(100 * done / all)
	if p.c.terminal {
		if p.drawn == nil {
			p.drawn = progressbar.NewOptions(100, progressbar.OptionSetWriter(p.c.err),
				progressbar.OptionSetDescription(p.what), progressbar.OptionSetWidth(30),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
				progressbar.OptionSetPredictTime(true))
		}
		p.drawn.Set(min(p.percent, 99))
		return
	}
	if now.Sub(p.shown) >= lineEvery {
		p.shown = now
		fmt.Fprintf(p.c.err, "%s: %d %%\n", p.what, p.percent)
	}
}

// stop ends the stage that is shown and tells how long it took if that was
// worth showing.
func (c *console) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.bar
	if p == nil {
		return
	}
	c.bar = nil
	if p.drawn != nil {
		p.drawn.Clear()
	}
	if d := time.Since(p.begun); d >= quick && c.ctx.Err() == nil {
		fmt.Fprintf(c.err, "%s: %.1f s\n", p.what, d.Seconds())
	}
}
