package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/wasm/bundle"
)

// newConsole returns the console of a benchmark: progress goes to the standard
// error.
func newConsole(ctx context.Context) *console.Console { return console.New(ctx, os.Stdout, os.Stderr) }

// source is a data set and the seconds it took to read.
type source struct {
	*dataset.Dataset
	seconds float64
}

// read reads the data set in dir as the bundle verb does.
func read(c *console.Console, dir string) (*source, error) {
	begun := time.Now()
	d, _, err := pipeline.DefaultInput(dir).Read(c.Ctx, c)
	return &source{d, time.Since(begun).Seconds()}, err
}

// bundle trains a bundle on s and writes it to the file out: what is measured, for it is
// asked about what it has not seen. The seconds of what it returns include those of reading.
func (s *source) bundle(c *console.Console, o pipeline.Options, out string) (*pipeline.Packed, error) {
	o.Ship = pipeline.ShipMeasured
	f, err := o.Run(c.Ctx, c, s.Dataset, out)
	if err == nil {
		f.Seconds += s.seconds
	}
	return f, err
}

// metric returns the figure of f called name. It panics if there is none: the
// pipeline reports every figure that is read here.
func metric(f *pipeline.Packed, name string) float64 {
	for _, m := range f.Metrics {
		if m.Name == name {
			return float64(m.Value)
		}
	}
	panic(fmt.Sprintf("bench: the pipeline reports no %q", name))
}

// bundleIn returns the bundle in a file, as it is once decoded.
func bundleIn(file string) (*bundle.Bundle, error) {
	b, _, err := bundledir.Open(file)
	return b, err
}
