package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/andybalholm/brotli"
)

// Import measures what becomes of vectors that were trained elsewhere. They are made up, of
// the shape that vectors of texts have: the variance of the j-th direction falls as 1/j, and
// items stand in clusters, which have three fifths of it; all lean one way, so that two items
// have a cosine of .2 on average.
type Import struct {
	Items int   `default:"100000" help:"How many (${default})."`
	From  int   `default:"768" help:"Width of the vectors (${default})."`
	Width []int `default:"64,128" placeholder:"N,…" help:"Widths of the bundles, one after the other (${default})."`
}

// The bars of an import.
const (
	leastRecall = 0.85
	mostBytes   = 90 // an item, brotli as the edge sends it
)

// Run measures each width and prints the figures as a table. The bar of recall is that of the
// widest.
func (m Import) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	program := filepath.Join(work, "sparrow")
	if err := compile(ctx, "sparrow/build", program); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "writing %d vectors of %d\n", m.Items, m.From)
	if err := m.write(work); err != nil {
		return err
	}
	var figures []Figure
	for i, width := range m.Width {
		of, err := m.measure(ctx, program, work, width, i == len(m.Width)-1)
		if err != nil {
			return err
		}
		figures = append(figures, of...)
	}
	return verdict(figures)
}

// measure returns the figures of one width.
func (m Import) measure(ctx context.Context, program, work string, width int, widest bool) ([]Figure, error) {
	out := filepath.Join(work, fmt.Sprint(width, ".bundle"))
	cmd := exec.CommandContext(ctx, program, "import", "--vectors", filepath.Join(work, "emb.npy"), "--ids", filepath.Join(work, "ids.txt"),
		"--items", filepath.Join(work, "items.csv"), "--out", out, "--width", fmt.Sprint(width), "--json")
	var printed bytes.Buffer
	cmd.Stdout = &printed
	used, err := spend(cmd)
	if err != nil {
		return nil, err
	}
	var said struct {
		Vectors struct {
			Recall []struct{ Recall float64 }
		}
	}
	if err := json.Unmarshal(printed.Bytes(), &said); err != nil || len(said.Vectors.Recall) != 1 {
		return nil, fmt.Errorf("import prints %q: %w", printed.String(), err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	recall, of := math.NaN(), fmt.Sprintf(", %d × %d to %d", m.Items, m.From, width)
	if widest {
		recall = leastRecall
	}
	return []Figure{
		{Name: "recall@10 of the neighbours before, int8" + of, Bar: recall, AtLeast: true, Measured: said.Vectors.Recall[0].Recall, Runs: "500 items"},
		{Name: "bundle an item, brotli 9" + of, Unit: "bytes", Bar: mostBytes, Measured: float64(sent(data)) / float64(m.Items), Runs: "exact"},
		{Name: "peak memory of the import" + of, Unit: "MB", Bar: math.NaN(), Measured: used.peak, Runs: "1"},
		{Name: "time of it" + of, Unit: "s", Bar: math.NaN(), Measured: used.took.Seconds(), Runs: "1"},
		{Name: "CPU time of it" + of, Unit: "s", Bar: math.NaN(), Measured: used.cpu.Seconds(), Runs: "1"},
	}, nil
}

// sent returns the length of data as the edge sends it.
func sent(data []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 9, LGWin: 24})
	w.Write(data)
	w.Close()
	return b.Len()
}

// write writes emb.npy, ids.txt and items.csv into dir.
func (m Import) write(dir string) (err error) {
	rng := rand.New(rand.NewPCG(1, 0))
	clusters := max(1, m.Items/50)
	centres := make([]float32, clusters*m.From)
	for i := range centres {
		centres[i] = m.draw(rng, i%m.From)
	}
	lean := make([]float32, m.From) // as long as two items are alike
	for c := range lean {
		lean[c] = m.draw(rng, c) / 2
	}
	var files [3]*bufio.Writer
	for i, name := range []string{"emb.npy", "ids.txt", "items.csv"} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		defer f.Close()
		files[i] = bufio.NewWriterSize(f, 1<<20)
	}
	vectors, ids, items := files[0], files[1], files[2]
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }%80s", m.Items, m.From, "\n")
	vectors.WriteString("\x93NUMPY\x01\x00")
	binary.Write(vectors, binary.LittleEndian, uint16(len(header)))
	vectors.WriteString(header)
	fmt.Fprintln(items, "item_id,title,year,genres")
	words := made(rng, 3000)
	id, v := 0, make([]float32, m.From)
	for range m.Items {
		id += 1 + rng.IntN(20)
		cluster := rng.IntN(clusters)
		for c := range v {
			v[c] = lean[c] + 0.775*centres[cluster*m.From+c] + 0.632*m.draw(rng, c)
		}
		binary.Write(vectors, binary.LittleEndian, v)
		fmt.Fprintln(ids, id)
		fmt.Fprintf(items, "%d,%s %s %s,%d,Kind %d\n", id, words[rng.IntN(len(words))], words[rng.IntN(len(words))], words[rng.IntN(len(words))], 1980+rng.IntN(45), cluster%20)
	}
	return errors.Join(vectors.Flush(), ids.Flush(), items.Flush())
}

// draw draws the c-th number of a vector.
func (m Import) draw(rng *rand.Rand, c int) float32 {
	return float32(rng.NormFloat64() / math.Sqrt(float64(c+1)))
}

// made returns n words of two to four syllables.
func made(rng *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		for range 2 + rng.IntN(3) {
			words[i] += string("bdfgklmnprstvz"[rng.IntN(14)]) + string("aeiou"[rng.IntN(5)])
		}
	}
	return words
}
