package main

import (
	"context"
	"fmt"
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
	Interactions int `default:"25000000" help:"How many to make (${default})."`
	Epochs       int `default:"1" help:"Passes over them while retrieval is trained (${default})."`
}

// Run makes the data, trains a bundle on them in a process of its own and
// prints its peak memory and its time.
func (s Scale) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-scale-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	fmt.Fprintf(os.Stderr, "writing %d interactions\n", s.Interactions)
	// Users and items in the proportions of MovieLens 25M.
	shape := dataset.Shape{Seed: 1, Users: s.Interactions / 154, Items: 59_047, Interactions: s.Interactions, Groups: 20}
	if err := shape.Write(ctx, work); err != nil {
		return err
	}
	program := filepath.Join(work, "sparrow")
	if err := compile(ctx, "sparrow/build", program); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program, "bundle", "--input", work, "--out", filepath.Join(work, "of.bundle"), "--epochs", strconv.Itoa(s.Epochs))
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return err
	}
	peak := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1e6
	if runtime.GOOS != "darwin" { // which counts bytes; the others count KiB
		peak *= 1024
	}
	fmt.Printf("%d interactions, %d pass(es): %.0f s\n", s.Interactions, s.Epochs, time.Since(begun).Seconds())
	return verdict([]Figure{{
		Name: "peak memory of the whole bundle run", Unit: "MB", Bar: 1000, Measured: peak, Runs: "1",
	}})
}
