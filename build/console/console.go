// Package console is where a command writes: figures for programs, lines for
// people, and how far a stage is.
package console

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"sparrow/edge/printable"
)

// Console is where a command writes: figures to Out, everything else to Err, both
// made printable, since titles and ids come from data. It may be used by several
// goroutines at once.
type Console struct {
	Ctx      context.Context // of the command; its end interrupts it
	Out, Err io.Writer
	data     io.Writer // Out as it is, for another program
	lost     *output
	screen   io.Writer // Err as it is, for the bar
	terminal bool      // Err is a terminal

	mu  sync.Mutex
	bar *stage // the one that is shown
}

// New returns a console for a command that ends with ctx.
func New(ctx context.Context, out, err io.Writer) *Console {
	all := &output{w: out}
	c := &Console{Ctx: ctx, Out: printable.Writer(all), Err: printable.Writer(err), data: all, lost: all, screen: err}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.data = c.Out
	}
	if f, ok := err.(*os.File); ok {
		c.terminal = term.IsTerminal(int(f.Fd()))
	}
	return c
}

// output is a writer that remembers its first error.
type output struct {
	w   io.Writer
	mu  sync.Mutex
	err error
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.err == nil {
			o.err = err
		}
	}
	return n, err
}

// Lost returns why figures did not get to the standard output, which may be a full
// disk: nil if all did.
func (c *Console) Lost() error {
	c.lost.mu.Lock()
	defer c.lost.mu.Unlock()
	return c.lost.err
}

// Data is the standard output for a file that another program reads: byte for
// byte, unless it is a terminal.
func (c *Console) Data() io.Writer { return c.data }

// Say writes a line for people; a trailing newline of it is not doubled.
func (c *Console) Say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bar != nil && c.bar.drawn != nil {
		c.bar.drawn.Clear()
	}
	fmt.Fprintln(c.Err, strings.TrimSuffix(fmt.Sprintf(format, args...), "\n"))
}

// JSON writes v as one indented JSON value.
func (c *Console) JSON(v any) error {
	e := json.NewEncoder(c.Out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// quick is how long a stage runs before its progress is shown.
const quick = 2 * time.Second

// lineEvery is the time between two lines of progress where there is no terminal.
const lineEvery = 10 * time.Second

// stage shows how far a part of the work is: a bar on a terminal, else a line every 10
// seconds. A stage shorter than two seconds shows neither.
type stage struct {
	c       *Console
	what    string
	begun   time.Time
	shown   time.Time
	drawn   *progressbar.ProgressBar
	percent int
}

// Stage begins a part of the work, in place of the one before. The function
// that it returns is called with how many of all parts are done, also by several
// goroutines; total ≤ 0 is an unknown number.
func (c *Console) Stage(what string) func(done, total int) {
	c.Stop()
	now := time.Now()
	p := &stage{c: c, what: what, begun: now, shown: now}
	c.mu.Lock()
	c.bar = p
	c.mu.Unlock()
	return p.set
}

func (p *stage) set(done, total int) {
	p.c.mu.Lock()
	defer p.c.mu.Unlock()
	now := time.Now()
	if p.c.bar != p || total <= 0 || now.Sub(p.begun) < quick {
		return
	}
	p.percent = int(100 * int64(done) / int64(total))
	if p.c.terminal {
		if p.drawn == nil {
			p.drawn = progressbar.NewOptions(100, progressbar.OptionSetWriter(p.c.screen),
				progressbar.OptionSetDescription(p.what), progressbar.OptionSetWidth(30),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
				progressbar.OptionSetPredictTime(true))
		}
		p.drawn.Set(min(p.percent, 99))
		return
	}
	if now.Sub(p.shown) >= lineEvery {
		p.shown = now
		fmt.Fprintf(p.c.Err, "%s: %d %%\n", p.what, p.percent)
	}
}

// Stop ends the stage that is shown, with how long it took if that was worth
// showing.
func (c *Console) Stop() {
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
	if d := time.Since(p.begun); d >= quick && c.Ctx.Err() == nil {
		fmt.Fprintf(c.Err, "%s: %.1f s\n", p.what, d.Seconds())
	}
}

// Wide adapts the function of a stage to counters of 64 bits: bytes of files.
func Wide(stage func(done, total int)) func(done, total int64) {
	return func(done, total int64) { stage(int(done), int(total)) }
}
