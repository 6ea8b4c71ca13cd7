package pipeline

import (
	"bufio"
	"io"
	"path/filepath"
	"time"

	"sparrow/build/embedding"
	"sparrow/build/sasrec"
	"sparrow/build/spark"
	"sparrow/edge/durable"
)

// Files of a work folder whose training was of shards.
const (
	vectorsFile = "vectors.npy"
	idsFile     = "ids.txt"
)

// ShardFigures say what was trained.
type ShardFigures struct {
	Items   int // of the folder
	Trained int // of them, which have vectors
	Shards  int
	Loss    float64 // of the last pass, the mean over what was drawn
}

// TrainShards trains the model of sequences on what prepare --out wrote to the folder dir, by either engine, one
// shard at a time, and keeps the vectors of the items in the work folder, as vectors.npy and ids.txt, with all
// numbers that were trained. What was killed goes on from its last state, with the same bytes.
func (w *Work) TrainShards(dir string, o Options, every time.Duration) (f ShardFigures, err error) {
	s, err := spark.OpenSequences(dir)
	if err != nil {
		return f, err
	}
	opt := sasrec.LargeOptions()
	o.override(&opt.Width, &opt.Epochs)
	opt.Seed = o.Seed
	for opt.Width%opt.Heads != 0 {
		opt.Heads--
	}
	parts := []any{"shards", opt}
	files, err := filepath.Glob(filepath.Join(dir, "sequences", "*", "*.parquet"))
	if err != nil {
		return f, err
	}
	stage := w.p.Stage("look at the shards")
	for i, file := range files {
		sum, err := fileSum(file)
		if err != nil {
			return f, err
		}
		parts = append(parts, file, sum)
		stage(i+1, len(files))
	}
	w.p.Stop()
	inputs, err := inputsOf(parts...)
	if err != nil {
		return f, err
	}
	f.Items, f.Shards = s.Items(), s.Len()
	err = w.once("train shards", inputs, []string{vectorsFile, idsFile, figuresFile}, func() error {
		opt.Keep = (&keeping{work: w, step: "train-shards", inputs: inputs, every: every}).next()
		stage := w.p.Stage("train on shards")
		m, err := sasrec.TrainShards(w.ctx, s, opt, stage)
		w.p.Stop()
		if err != nil {
			return err
		}
		f.Trained, f.Loss = len(m.Trained), m.Curve[len(m.Curve)-1].Train
		err = durable.WriteFile(w.ctx, w.path(vectorsFile), func(out io.Writer) error {
			return embedding.WriteNPY(out, len(m.Trained), m.D, func(dst []float32, r int) { copy(dst, m.Vectors[int(m.Trained[r])*m.D:][:m.D]) })
		})
		if err != nil {
			return err
		}
		err = durable.WriteFile(w.ctx, w.path(idsFile), func(out io.Writer) error {
			b := bufio.NewWriter(out)
			for _, row := range m.Trained {
				b.WriteString(s.IDs[row])
				b.WriteByte('\n')
			}
			return b.Flush()
		})
		if err != nil {
			return err
		}
		return w.save(figuresFile, f)
	})
	if err != nil {
		return f, err
	}
	return f, w.load(figuresFile, &f)
}
