package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"sparrow/build/chart"
)

// visit is what app/e2e/peers/scale.mjs prints of a bundle: milliseconds of each question,
// and bytes.
type visit struct {
	Browser string
	Open    float64
	First   map[string]float64 // right after open, before any work in idle time
	Idle    float64            // all work in idle time
	Median  map[string]float64 // later, with 20 likes, the last one new
	Memory  float64            // of the WebAssembly program
}

// visitBars are the bars of what a visitor waits for, in ms, and of memory, in MB, by how
// many items and by name.
var visitBars = map[int]map[string]float64{
	62_000:  {"open": 200, "similar": 10, "first search": 50},
	200_000: {"open": 700, "home": 100, "memory of the program": 200},
}

// visited opens a bundle in Chromium and returns what that and answers take.
func visited(ctx context.Context, engine, file string, items int) ([]Figure, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	cmd := exec.CommandContext(ctx, "node", filepath.Join("app", "e2e", "peers", "scale.mjs"), engine, file)
	cmd.Env, cmd.Stderr = append(os.Environ(), "GOROOT="+string(out[:len(out)-1])), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w; it runs in the project's folder, after make tools", cmd, err)
	}
	var v visit
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, fmt.Errorf("app/e2e/peers/scale.mjs: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%d items opened by %s\n", items, v.Browser)
	return v.figures(items), nil
}

// figures returns the figures of a visit to a catalog of that many items.
func (v *visit) figures(items int) []Figure {
	var figures []Figure
	add := func(name, unit string, measured float64, runs string) {
		bar, barred := visitBars[items][name]
		if !barred {
			bar = math.NaN()
		}
		figures = append(figures, Figure{Name: name, Unit: unit, Bar: bar, Measured: measured, Runs: runs})
	}
	add("open", "ms", v.Open, "least of 12")
	for _, question := range questions {
		add("first "+question, "ms", answered(v.First, question), "least of 3")
	}
	add("work in idle time", "ms", v.Idle, "1")
	for _, question := range questions {
		add(question, "ms", answered(v.Median, question), "median of 15")
	}
	add("memory of the program", "MB", v.Memory/1e6, "1")
	return figures
}

// answered returns the time of a question; what was not asked is no number, and keeps no bar.
func answered(ms map[string]float64, question string) float64 {
	if took, asked := ms[question]; asked {
		return took
	}
	return math.NaN()
}

var questions = [...]string{"recommend", "similar", "search", "home"}

// drawGrowth draws how each figure grows with the items.
func drawGrowth(file string, sizes []size) error {
	var series []chart.Series
	for _, one := range sizes {
		for _, f := range one.figures {
			if !(f.Measured > 0) {
				continue // no logarithm, or no number
			}
			at := slices.IndexFunc(series, func(s chart.Series) bool { return s.Name == f.Name })
			if at < 0 {
				at = len(series)
				series = append(series, chart.Series{Name: f.Name})
			}
			series[at].X, series[at].Y = append(series[at].X, float64(one.items)), append(series[at].Y, f.Measured)
		}
	}
	w, err := os.Create(file)
	if err != nil {
		return err
	}
	defer w.Close()
	if err := chart.Growth(w, "What grows how", "items of the catalog", series...); err != nil {
		return err
	}
	return w.Close()
}
