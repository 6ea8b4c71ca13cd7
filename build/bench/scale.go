package main

import (
	"context"
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

	"sparrow/build/dataset"
)

// Scale prepares and trains on synthetic interactions and measures the whole
// process.
type Scale struct {
	Interactions int   `default:"25000000" help:"How many to make (${default})."`
	Items        []int `default:"59047" placeholder:"N,…" help:"Of how many items; several are measured one after the other (${default}, as MovieLens 25M has)."`
	Epochs       int   `default:"1" help:"Passes over them while retrieval is trained; 0 takes as many as bundle does (${default})."`
}

// Run makes the data, trains a bundle on them in a process of its own and
// prints its peak memory, its time and the size of what it made.
func (s Scale) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
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
	var figures []Figure
	for _, items := range s.Items {
		of, err := s.measure(ctx, program, filepath.Join(work, strconv.Itoa(items)), items)
		if err != nil {
			return err
		}
		figures = append(figures, of...)
	}
	return verdict(figures)
}

// The bars of a run: of memory up to the items of MovieLens 25M, and of the time on two
// cores where all passes are made.
const (
	mostMemory     = 1000 // MB
	mostCPU        = 1200 // s
	barredItems    = 62_000
	barredTraining = 1_000_000
)

// measure returns the figures of one run.
func (s Scale) measure(ctx context.Context, program, dir string, items int) ([]Figure, error) {
	fmt.Fprintf(os.Stderr, "writing %d interactions with %d items\n", s.Interactions, items)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	// Users in the proportion of MovieLens 25M.
	shape := dataset.Shape{Seed: 1, Users: max(1, s.Interactions/154), Items: items, Interactions: s.Interactions, Groups: 20}
	if err := shape.Write(ctx, dir); err != nil {
		return nil, err
	}
	out := filepath.Join(dir, "of.bundle")
	args := []string{"bundle", "--input", dir, "--out", out}
	if s.Epochs > 0 {
		args = append(args, "--epochs", strconv.Itoa(s.Epochs))
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	took, usage := time.Since(begun), cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := float64(usage.Maxrss) / 1e6
	if runtime.GOOS != "darwin" { // which counts bytes; the others count KiB
		peak *= 1024
	}
	made, err := os.Stat(out)
	if err != nil {
		return nil, err
	}
	cpu := time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	memory, seconds := math.NaN(), math.NaN()
	if items <= barredItems {
		memory = mostMemory
		if s.Epochs == 0 && s.Interactions <= barredTraining {
			seconds = mostCPU
		}
	}
	of := fmt.Sprintf(" for %d items and %d interactions", items, s.Interactions)
	return []Figure{
		{Name: "peak memory of the whole bundle run" + of, Unit: "MB", Bar: memory, Measured: peak, Runs: "1"},
		{Name: "CPU time of it", Unit: "s", Bar: seconds, Measured: cpu.Seconds(), Runs: "1"},
		{Name: "time of it", Unit: "s", Bar: math.NaN(), Measured: took.Seconds(), Runs: "1"},
		{Name: "the bundle before compression, an item", Unit: "bytes", Bar: math.NaN(), Measured: float64(made.Size()) / float64(items), Runs: "1"},
	}, nil
}
