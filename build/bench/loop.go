package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"

	"sparrow/build/stats"
)

// Loop closes the loop of feedback in worlds whose people's tastes are known:
// bundle, visitors, edge, log, next bundle; and has the analysis of experiments
// look for differences that are there and for some that are not.
type Loop struct {
	Seeds    int    `default:"20" help:"Worlds in which the loop is closed (${default})."`
	Controls int    `default:"5" help:"Worlds of these in which the controls are measured, too (${default})."`
	Runs     int    `default:"1000" help:"Experiments without a difference (${default})."`
	Planted  int    `default:"8" help:"Experiments with a better arm, compared by A/B and by interleaving (${default})."`
	Only     string `enum:"all,circle,same,planted,duel" default:"all" help:"Part to run: ${enum} (${default})."`
}

// Run runs the parts and prints the table.
func (l Loop) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	t, err := newTools(ctx)
	if err != nil {
		return err
	}
	defer t.close()
	var figures []Figure
	for _, part := range []struct {
		name string
		run  func() ([]Figure, error)
	}{
		{"circle", func() ([]Figure, error) { return circles(ctx, t, Common, l.Seeds, l.Controls) }},
		{"same", func() ([]Figure, error) { return same(ctx, t, l.Runs) }},
		{"planted", func() ([]Figure, error) { return planted(ctx, t, l.Planted) }},
		{"duel", func() ([]Figure, error) { return nil, duels(ctx, t, l.Planted) }},
	} {
		if l.Only != "all" && l.Only != part.name {
			continue
		}
		more, err := part.run()
		if err != nil {
			return err
		}
		figures = append(figures, more...)
	}
	return verdict(figures)
}

// tools are a work folder and the edge, which is a program: it is killed.
type tools struct {
	work, edge string
	limit      string // what the shell sets before it starts the edge, as "ulimit -n 64"; "" for nothing
}

func newTools(ctx context.Context) (*tools, error) {
	work, err := os.MkdirTemp("", "sparrow-loop-")
	if err != nil {
		return nil, err
	}
	t := &tools{work: work, edge: filepath.Join(work, "edge")}
	if err := compile(ctx, "sparrow/edge", t.edge); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *tools) close() { os.RemoveAll(t.work) }

// sample is what a figure came to in each of several runs.
type sample []float64

// mean returns the mean with its 95 % interval.
func (s sample) mean() stats.Interval { return stats.Mean(s) }

// say prints the sample under a name.
func (s sample) say(name, unit string) {
	m := s.mean()
	fmt.Printf("  %-58s %+.2f %s, 95 %% from %+.2f to %+.2f\n", name, m.Value, unit, m.Low, m.High)
}

// each calls run for 0, 1, … n-1 on all processors and returns the first error.
func each(ctx context.Context, what string, n int, run func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next, done := make(chan int), 0
	var group sync.WaitGroup
	var mu sync.Mutex
	for range min(runtime.NumCPU(), n) {
		group.Go(func() {
			for i := range next {
				if err := run(ctx, i); err != nil {
					cancel(fmt.Errorf("%s, %s: %w", what, strconv.Itoa(i+1), err))
					return
				}
				mu.Lock()
				done++
				fmt.Fprintf(os.Stderr, "%s: %d of %d\n", what, done, n)
				mu.Unlock()
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	group.Wait()
	return context.Cause(ctx)
}
