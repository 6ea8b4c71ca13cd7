package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// Size measures what a visitor downloads, compressed as it is served.
type Size struct {
	Wasm   string `help:"Folder of engine.wasm and app.wasm." default:".build" type:"existingdir"`
	Bundle string `help:"Folder of the bundle." default:"data/demo" type:"existingdir"`
}

// Run prints the sizes beside their bars. 1 KB is 1,000 bytes.
func (s Size) Run() error {
	bundles, err := filepath.Glob(filepath.Join(s.Bundle, "*.bundle"))
	if err != nil || len(bundles) != 1 {
		return fmt.Errorf("%s: one bundle expected, %d found", s.Bundle, len(bundles))
	}
	figures := []Figure{
		{Name: "demo bundle, brotli 11", Bar: 950},
		{Name: "engine.wasm, brotli 11", Bar: 505},
		{Name: "app.wasm with its engine, brotli 11", Bar: 1200},
	}
	files := []string{bundles[0], filepath.Join(s.Wasm, "engine.wasm"), filepath.Join(s.Wasm, "app.wasm")}
	for i, file := range files {
		n, err := compressed(file)
		if err != nil {
			return err
		}
		figures[i].Unit, figures[i].Measured, figures[i].Runs = "KB", float64(n)/1000, "exact"
	}
	return verdict(figures)
}

// compressed returns the length of file after brotli at quality 11: the shorter
// one of windows of 16 MiB and 1 MiB, as it is packed for the host.
func compressed(file string) (int, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	shortest := math.MaxInt
	for _, window := range []int{24, 20} {
		var b bytes.Buffer
		w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 11, LGWin: window})
		if _, err := w.Write(data); err != nil {
			return 0, err
		}
		if err := w.Close(); err != nil {
			return 0, err
		}
		shortest = min(shortest, b.Len())
	}
	return shortest, nil
}
