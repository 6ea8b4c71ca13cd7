package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
)

// Scale prepares and trains on synthetic interactions, measures the whole process and, with
// an engine, what the bundle takes of a visitor.
type Scale struct {
	Interactions int    `default:"25000000" help:"How many to make (${default})."`
	Items        []int  `default:"59047" placeholder:"N,…" help:"Of how many items; several are measured one after the other (${default}, as MovieLens 25M has)."`
	Epochs       int    `default:"1" help:"Passes over them while retrieval is trained; 0 takes as many as bundle does (${default})."`
	Ship         string `enum:"measured,all" default:"measured" help:"As of bundle: what was measured, after one training, or what saw all interactions, after a second (${default})."`
	Engine       string `type:"existingfile" placeholder:"FILE" help:"The engine with every verb (make whole), which then opens each bundle in Chromium."`
	Picture      string `placeholder:"FILE" help:"SVG to write: how each figure grows."`
	Keep         string `type:"existingdir" placeholder:"DIR" help:"Keep the bundles in this folder, and take those that it has instead of making them."`
}

// size is what was measured of a catalog.
type size struct {
	items   int
	figures []Figure
}

// Run measures each size and prints each figure as a line of JSON, then all of them as a table.
func (s Scale) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-scale-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	program := filepath.Join(work, "sparrow")
	if err := compile(ctx, "sparrow/build", program); err != nil {
		return err
	}
	var sizes []size
	var figures []Figure
	for _, items := range s.Items {
		of, err := s.measure(ctx, program, filepath.Join(work, strconv.Itoa(items)), items)
		if err != nil {
			return err
		}
		for _, f := range of {
			if err := writeFigure(items, f); err != nil {
				return err
			}
			f.Name += fmt.Sprintf(", %d items", items)
			figures = append(figures, f)
		}
		sizes = append(sizes, size{items, of})
	}
	if s.Picture != "" {
		if err := drawGrowth(s.Picture, sizes); err != nil {
			return err
		}
	}
	return verdict(figures)
}

// writeFigure prints a figure as a line of JSON.
func writeFigure(items int, f Figure) error {
	line := map[string]any{"figure": f.Name, "items": items, "unit": f.Unit, "reached": f.Reached()}
	if !math.IsNaN(f.Measured) {
		line["measured"] = f.Measured
	}
	if !math.IsNaN(f.Bar) {
		line["bar"] = f.Bar
	}
	return json.NewEncoder(os.Stdout).Encode(line)
}

// The bars of a builder: of memory up to the items of MovieLens 25M, and of CPU time,
// which is that of two cores, where all passes are made.
const (
	mostMemory     = 1000 // MB
	mostCPU        = 1200 // s
	barredItems    = 62_000
	barredTraining = 1_000_000
)

// mostLists are the bars of the CPU time, in s, in which all lists are made: twice what
// two cores may take. A larger catalog's lists are not made here.
var mostLists = map[int]float64{62_000: 60, 200_000: 360}

const listedItems = 200_000

// measure returns the figures of one size.
func (s Scale) measure(ctx context.Context, program, dir string, items int) ([]Figure, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, strconv.Itoa(items)+".bundle")
	if s.Keep != "" {
		out = filepath.Join(s.Keep, filepath.Base(out))
	}
	var figures []Figure
	if _, err := os.Stat(out); err != nil {
		if figures, err = s.make(ctx, program, dir, out, items); err != nil {
			return nil, err
		}
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	figures = append(figures, Figure{Name: "the bundle before compression, an item", Unit: "bytes", Bar: math.NaN(), Measured: float64(len(data)) / float64(items), Runs: "1"})
	if s.Engine == "" {
		return figures, nil
	}
	if items <= listedItems {
		site := filepath.Join(dir, "site")
		if _, _, err := bundledir.Write(ctx, site+"/", data); err != nil {
			return nil, err
		}
		used, err := spend(exec.CommandContext(ctx, program, "lists", "--bundle", site))
		if err != nil {
			return nil, err
		}
		bar, barred := mostLists[items]
		if !barred {
			bar = math.NaN()
		}
		figures = append(figures, Figure{Name: "CPU time of all lists", Unit: "s", Bar: bar, Measured: used.cpu.Seconds(), Runs: "1"})
	}
	visit, err := visited(ctx, s.Engine, out, items)
	return append(figures, visit...), err
}

// make writes the interactions to dir, trains a bundle on them in a process of its own, to
// out, and returns what that took.
func (s Scale) make(ctx context.Context, program, dir, out string, items int) ([]Figure, error) {
	fmt.Fprintf(os.Stderr, "writing %d interactions with %d items\n", s.Interactions, items)
	// Users in the proportion of MovieLens 25M.
	shape := dataset.Shape{Seed: 1, Users: max(1, s.Interactions/154), Items: items, Interactions: s.Interactions, Groups: 20}
	if err := shape.Write(ctx, dir); err != nil {
		return nil, err
	}
	args := []string{"bundle", "--input", dir, "--out", out, "--ship", s.Ship}
	if s.Epochs > 0 {
		args = append(args, "--epochs", strconv.Itoa(s.Epochs))
	}
	used, err := spend(exec.CommandContext(ctx, program, args...))
	if err != nil {
		return nil, err
	}
	memory, seconds := math.NaN(), math.NaN()
	if items <= barredItems {
		memory = mostMemory
		if s.Epochs == 0 && s.Interactions <= barredTraining { // of either way to ship
			seconds = mostCPU
		}
	}
	return []Figure{
		{Name: fmt.Sprintf("peak memory of the whole bundle run of %d interactions", s.Interactions), Unit: "MB", Bar: memory, Measured: used.peak, Runs: "1"},
		{Name: "CPU time of it", Unit: "s", Bar: seconds, Measured: used.cpu.Seconds(), Runs: "1"},
		{Name: "time of it", Unit: "s", Bar: math.NaN(), Measured: used.took.Seconds(), Runs: "1"},
	}, nil
}

// spent is what a process took.
type spent struct {
	took, cpu time.Duration
	peak      float64 // MB
}

// spend runs a process to its end.
func spend(cmd *exec.Cmd) (spent, error) {
	if cmd.Stderr = os.Stderr; cmd.Stdout == nil {
		cmd.Stdout = os.Stderr
	}
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return spent{}, fmt.Errorf("%s: %w", cmd, err)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	s := spent{took: time.Since(begun), cpu: time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), peak: float64(usage.Maxrss) / 1e6}
	if runtime.GOOS != "darwin" { // which counts bytes; the others count KiB
		s.peak *= 1024
	}
	return s, nil
}
