package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

// Size measures what a visitor downloads, compressed as it is served.
type Size struct {
	Wasm   string `help:"Folder of engine.wasm and app.wasm." default:".build" type:"existingdir"`
	Bundle string `help:"Folder of the bundle." default:"data/demo" type:"existingdir"`
	Site   string `help:"Folder of the exported site, for the sums of first visits; none are made where there is no such folder." default:".build/site"`
}

// visits.json lists what a first visit downloads, as patterns of files of the site:
// the app until the first personal list, and what it fetches then to open without a
// network; a page with the widget until its first list, beside the list itself, and what
// it fetches then to answer on the device. A test in app/e2e compares it with what Chromium
// asks for.
//
//go:embed visits.json
var visits []byte

// Run prints the sizes beside their bars. 1 KB is 1,000 bytes.
func (s Size) Run() error {
	bundles, err := filepath.Glob(filepath.Join(s.Bundle, "*.bundle"))
	if err != nil || len(bundles) != 1 {
		return fmt.Errorf("%s: one bundle expected, %d found", s.Bundle, len(bundles))
	}
	figures := []Figure{
		{Name: "demo bundle, brotli 11", Bar: math.NaN()},
		{Name: "engine.wasm, brotli 11", Bar: 547},
		{Name: "app.wasm with its engine, brotli 11", Bar: math.NaN()},
	}
	files := []string{bundles[0], filepath.Join(s.Wasm, "engine.wasm"), filepath.Join(s.Wasm, "app.wasm")}
	packs := packer{}
	for i, file := range files {
		n, err := packs.file(file)
		if err != nil {
			return err
		}
		figures[i].Unit, figures[i].Measured, figures[i].Runs = "KB", float64(n)/1000, "exact"
	}
	if _, err := os.Stat(s.Site); err == nil {
		sums, err := firstVisits(os.DirFS(s.Site), visits, packs)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Site, err)
		}
		figures = append(figures, sums...)
	}
	return verdict(figures)
}

// firstVisits returns the sums of what first visits download from a site, as list
// says in the form of visits.json, beside their bars. What comes later, with what is
// needed offline, is there where the bundle is two files. Each pattern stands for one
// file: the largest that it fits, as app and widget have a sharing.js each.
func firstVisits(site fs.FS, list []byte, packs packer) ([]Figure, error) {
	var visits struct{ App, Offline, Later, List, Widget []string }
	if err := json.Unmarshal(list, &visits); err != nil {
		return nil, err
	}
	figures := []Figure{
		{Name: "first visit to the app, all bytes until the first personal list", Bar: 2050, Unit: "KB", Runs: "exact"},
		{Name: "… and then, in idle time, to open without a network", Bar: math.NaN(), Unit: "KB", Runs: "exact"},
		{Name: "first visit to a page with the widget, scripts until its first list", Bar: math.NaN(), Unit: "KB", Runs: "exact"},
		{Name: "… and all bytes, until it answers on the device", Bar: 1150, Unit: "KB", Runs: "exact"},
	}
	for _, pattern := range visits.Later {
		if names, err := fs.Glob(site, pattern); err == nil && len(names) > 0 {
			visits.Offline = append(visits.Offline, pattern)
		}
	}
	for i, patterns := range [][]string{visits.App, visits.Offline, visits.List, slices.Concat(visits.List, visits.Widget)} {
		for _, pattern := range patterns {
			names, err := fs.Glob(site, pattern)
			if err != nil || len(names) == 0 {
				return nil, fmt.Errorf("no file is %s: make site writes the site; a file that is gone is to be struck from build/bench/visits.json", pattern)
			}
			largest := 0
			for _, name := range names {
				data, err := fs.ReadFile(site, name)
				if err != nil {
					return nil, err
				}
				n, err := packs.packed(data)
				if err != nil {
					return nil, err
				}
				largest = max(largest, n)
			}
			figures[i].Measured += float64(largest) / 1000
		}
	}
	return figures, nil
}

// A packer has the lengths of what it has packed, by the SHA-256 of the data: the visits share
// their large files, and brotli takes half a minute for one.
type packer map[[sha256.Size]byte]int

// file returns the length of a file as it is served.
func (p packer) file(name string) (int, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	return p.packed(data)
}

// packed returns the length of data after brotli at quality 11: the shorter one of
// windows of 4 MiB and 1 MiB, as it is packed for the host; its own where that does
// not shrink it. The two run at the same time.
func (p packer) packed(data []byte) (int, error) {
	sum := sha256.Sum256(data)
	if n, ok := p[sum]; ok {
		return n, nil
	}
	var lengths [2]int
	var errs [2]error
	var group sync.WaitGroup
	for i, window := range []int{22, 20} {
		group.Go(func() {
			var b bytes.Buffer
			w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 11, LGWin: window})
			_, err := w.Write(data)
			errs[i] = errors.Join(err, w.Close())
			lengths[i] = b.Len()
		})
	}
	group.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return 0, err
	}
	p[sum] = min(len(data), lengths[0], lengths[1])
	return p[sum], nil
}
