package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"sparrow/build/dataset"
)

// Shards measures what a log takes that is larger than the memory: synthetic interactions are prepared
// as Parquet, and the model of sequences is trained on them shard by shard, once as it is and once
// killed again and again.
type Shards struct {
	Interactions int `default:"25000000" help:"How many to make (${default})."`
	Users        int `default:"1000000" help:"By how many users (${default})."`
	Items        int `default:"200000" help:"Of how many items (${default})."`
	Shards       int `default:"64" help:"In so many shards (${default})."`
	Epochs       int `default:"1" help:"Passes (${default})."`
	Kills        int `default:"3" help:"How often SIGKILL ends the second training, in which the bytes are compared; 0 leaves it out (${default})."`
}

// The bars of training on shards: for the memory of logs of up to 25 million interactions, and of larger
// ones, and for the time of the smaller.
const (
	mostShardMemory  = 2000 // MB
	mostStreamMemory = 1000 // MB
	mostShardMinutes = 60
	barredLog        = 25_000_000
)

// Run prints the table.
func (s Shards) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "sparrow-shards-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, features := filepath.Join(dir, "sparrow"), filepath.Join(dir, "features")
	if err := compile(ctx, "sparrow/build", program); err != nil {
		return err
	}
	log := filepath.Join(dir, "log")
	if err := os.Mkdir(log, 0o755); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "writing %d interactions of %d users with %d items\n", s.Interactions, s.Users, s.Items)
	shape := dataset.Shape{Seed: 1, Users: s.Users, Items: s.Items, Interactions: s.Interactions, Groups: 20}
	if err := shape.Write(ctx, log); err != nil {
		return err
	}
	prepared, err := spend(exec.CommandContext(ctx, program, "prepare", "--input", log, "--out", features, "--shards", strconv.Itoa(s.Shards)))
	if err != nil {
		return err
	}
	args := func(work string) []string {
		return []string{"train", "--shards", features, "--work", filepath.Join(dir, work), "--epochs", strconv.Itoa(s.Epochs)}
	}
	trained, err := spend(exec.CommandContext(ctx, program, args("whole")...))
	if err != nil {
		return err
	}
	memory, minutes := float64(mostShardMemory), float64(mostShardMinutes)
	if s.Interactions > barredLog {
		memory, minutes = mostStreamMemory, math.NaN()
	}
	of := fmt.Sprintf(", %d interactions", s.Interactions)
	figures := []Figure{
		{Name: "peak memory of prepare --out" + of, Unit: "MB", Bar: math.NaN(), Measured: prepared.peak, Runs: "1"},
		{Name: "time of it" + of, Unit: "min", Bar: math.NaN(), Measured: prepared.took.Minutes(), Runs: "1"},
		{Name: "peak memory of train --shards" + of, Unit: "MB", Bar: memory, Measured: trained.peak, Runs: "1"},
		{Name: "time of it" + of, Unit: "min", Bar: minutes, Measured: trained.took.Minutes(), Runs: "1"},
	}
	if s.Kills > 0 {
		differ, err := s.killed(ctx, program, args, dir, trained.took)
		if err != nil {
			return err
		}
		figures = append(figures, Figure{Name: fmt.Sprintf("files that differ after %d SIGKILLs%s", s.Kills, of), Measured: differ, Runs: "1"})
	}
	return verdict(figures)
}

// killed trains again, kills it at moments of the time that the training takes, and returns how many
// of its files are others in the end.
func (s Shards) killed(ctx context.Context, program string, args func(work string) []string, dir string, took time.Duration) (differ float64, err error) {
	for range s.Kills {
		cmd := exec.CommandContext(ctx, program, append(args("killed"), "--checkpoint", "10s")...)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			return 0, err
		}
		time.Sleep(time.Duration((0.2 + 0.6*rand.Float64()) * float64(took) / float64(s.Kills)))
		cmd.Process.Kill()
		if err := cmd.Wait(); err == nil {
			return 0, errors.New("the training ended before it was killed: take more interactions")
		}
	}
	if _, err := spend(exec.CommandContext(ctx, program, args("killed")...)); err != nil {
		return 0, err
	}
	for _, name := range []string{"vectors.npy", "ids.txt"} {
		whole, err := os.ReadFile(filepath.Join(dir, "whole", name))
		if err != nil {
			return 0, err
		}
		killed, err := os.ReadFile(filepath.Join(dir, "killed", name))
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(whole, killed) {
			differ++
		}
	}
	return differ, nil
}
