package main

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Train measures the speed of training, of one core, beside PyTorch's.
type Train struct {
	Rounds int    `default:"7" help:"Rounds in which the programs take turns; medians count (${default})."`
	Steps  int    `default:"200" help:"Steps a round (${default})."`
	Python string `default:"/usr/bin/python3" placeholder:"PATH" help:"Python that has PyTorch; Debian: apt-get install python3-torch libopenblas0-pthread (${default})."`
}

const (
	trainFields, trainVocabulary, trainWidth, trainBatch = 5, 10_000, 32, 1024
)

//go:embed torch.py
var torch string

// Run lets both take turns and prints the table.
func (b Train) Run() error {
	runtime.GOMAXPROCS(1)
	var peers []*peer
	for _, kind := range []string{"sparse", "dense"} {
		p, err := newPeer(b.Python, kind)
		if err != nil {
			return err
		}
		defer p.stop()
		peers = append(peers, p)
	}
	ours := newTraining()
	var speed [3][]float64
	for round := range b.Rounds + 1 {
		for i := range speed {
			var seconds float64
			var err error
			if i == 0 {
				seconds, err = ours.run(b.Steps)
			} else {
				seconds, err = peers[i-1].run(b.Steps)
			}
			if err != nil {
				return err
			}
			if round > 0 { // the first warms up
				speed[i] = append(speed[i], float64(b.Steps*trainBatch)/seconds)
			}
		}
	}
	fmt.Printf("Embedding(%d×%d) and MLP 160-128-64-1, batch %d, Adam; training samples a CPU second, medians of %d rounds in turn\n",
		trainFields, trainWidth, trainBatch, b.Rounds)
	for i, name := range []string{"sparrow", "PyTorch, SparseAdam for the tables", "PyTorch, Adam for all"} {
		slices.Sort(speed[i])
		fmt.Printf("  %-36s %7.0f  (%.0f to %.0f)\n", name, median(speed[i]), speed[i][0], speed[i][b.Rounds-1])
	}
	ratio := median(speed[0]) / max(median(speed[1]), median(speed[2]))
	return verdict([]Figure{{Name: "training speed of one core, over PyTorch's faster one", Unit: "×", Bar: 0.6, AtLeast: true,
		Measured: ratio, Runs: strconv.Itoa(b.Rounds) + " rounds"}})
}

func median(sorted []float64) float64 { return sorted[len(sorted)/2] }

// training is our side of the race.
type training struct {
	graph  *nn.Graph
	ids    []int32
	labels []float32
}

func newTraining() *training {
	rng := rand.New(rand.NewPCG(1, 1))
	t := &training{labels: make([]float32, trainBatch)}
	for range 64 * trainBatch * trainFields {
		t.ids = append(t.ids, rng.Int32N(trainVocabulary))
	}
	for i := range t.labels {
		t.labels[i] = float32(rng.IntN(2))
	}
	var fields []nn.Field
	for f := range trainFields {
		fields = append(fields, nn.Field{Name: strconv.Itoa(f), Slots: 1, Vocabulary: trainVocabulary})
	}
	b := nn.NewBuilder(0, fields, autodiff.Glorot(1))
	var rows []int32
	for f := range fields {
		rows = append(rows, b.Embed(f, b.Table(fields[f].Name, f, trainWidth)))
	}
	deep := b.MLP("deep", b.Op(nn.OpConcat, rows...), nn.OpReLU, 0, 128, 64)
	t.graph = b.Finish(b.Linear("logit", deep, 1))
	return t
}

// Encode implements [autodiff.Task].
func (t *training) Encode(dst *nn.Batch, examples []int32, _ *rand.Rand) {
	for k, e := range examples {
		for f := range trainFields {
			dst.IDs[f][k] = t.ids[int(e)%(64*trainBatch)*trainFields+f]
		}
	}
}

// Loss implements [autodiff.Task].
func (t *training) Loss(tape *autodiff.Tape, examples []int32) float64 {
	return autodiff.Binary(tape, t.graph.Output, t.labels[:len(examples)], nil)
}

// run takes steps and returns the CPU seconds they took.
func (t *training) run(steps int) (float64, error) {
	start := cpuTime()
	_, err := autodiff.Train(context.Background(), t.graph, steps*trainBatch, t, autodiff.Options{
		Epochs: 1, Batch: trainBatch, LearningRate: 1e-3, Seed: 1}, nil, nil)
	return (cpuTime() - start).Seconds(), err
}

// cpuTime returns what this process has used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it only fails for a bad argument
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peer is PyTorch in a process of its own.
type peer struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func newPeer(python, kind string) (*peer, error) {
	cmd := exec.Command(python, "-c", torch, kind)
	cmd.Stderr, cmd.Env = os.Stderr, append(os.Environ(), "OPENBLAS_NUM_THREADS=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("the peer is PyTorch (apt-get install python3-torch libopenblas0-pthread): %w", err)
	}
	return &peer{cmd, in, bufio.NewReader(out)}, nil
}

// run takes steps and returns the CPU seconds they took.
func (p *peer) run(steps int) (float64, error) {
	fmt.Fprintln(p.in, steps)
	line, err := p.out.ReadString('\n')
	if err != nil {
		return 0, errors.New("PyTorch did not answer; is it there? apt-get install python3-torch libopenblas0-pthread")
	}
	return strconv.ParseFloat(strings.TrimSpace(line), 64)
}

func (p *peer) stop() {
	p.in.Close()
	p.cmd.Wait()
}
