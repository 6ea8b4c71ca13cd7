package pipeline

import (
	"os"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/build/feedback"
	"sparrow/edge/durable"
	"sparrow/wasm/retrieval"
)

// Files of the work folder.
const (
	datasetFile   = "dataset.bin"
	figuresFile   = "dataset.gob"
	settingsFile  = "settings.gob"
	retrievedFile = "retrieval.gob"
	rankedFile    = "ranking.gob"
	gateFile      = "gate.gob" // of the profile, which the ranker chooses
	pointwiseFile = "pointwise.gob"
	packedFile    = "packed.gob" // the figures of the bundle that was packed last
)

// Prepare reads and checks a data set and keeps what stays of it.
func (w *Work) Prepare(in *Input) (f DataFigures, err error) {
	parts := []any{*in}
	for _, file := range dataset.Files(in.Dir) {
		sum, err := fileSum(file)
		if err != nil {
			return f, err
		}
		parts = append(parts, file, sum)
	}
	if in.Feedback != "" {
		sum, err := feedback.Digest(w.ctx, in.Feedback, nil)
		if err != nil {
			return f, err
		}
		parts = append(parts, sum)
	}
	inputs, err := inputsOf(parts...)
	if err != nil {
		return f, err
	}
	err = w.once("prepare", inputs, []string{datasetFile, figuresFile}, func() error {
		d, figures, err := in.Read(w.ctx, w.p)
		if err != nil {
			return err
		}
		if err := durable.WriteFile(w.ctx, w.path(datasetFile), d.Store); err != nil {
			return err
		}
		return w.save(figuresFile, figures)
	})
	if err != nil {
		return f, err
	}
	return f, w.load(figuresFile, &f)
}

// prepared loads the data set that Prepare kept.
func (w *Work) prepared() (*dataset.Dataset, error) {
	f, err := os.Open(w.path(datasetFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := dataset.Load(f)
	if err == nil {
		boundMemory(len(d.Interactions))
	}
	return d, err
}

// trainSteps are the parts of Train. Each reads the data set and, where it names
// one, what the step before it made.
var trainSteps = []struct {
	name  string
	after string // the step whose files are an input beside the data set; "" for none
	files []string
	run   func(w *Work, o Options, d *dataset.Dataset) error
}{
	{"train retrieval", "", []string{retrievedFile, settingsFile}, func(w *Work, o Options, d *dataset.Dataset) error {
		r, err := o.Retrieve(w.ctx, w.p, d)
		if err != nil {
			return err
		}
		if err := w.save(settingsFile, o); err != nil {
			return err
		}
		return w.save(retrievedFile, r)
	}},
	{"train ranking", "train retrieval", []string{rankedFile, gateFile}, func(w *Work, o Options, d *dataset.Dataset) error {
		var r Retrieved
		if err := w.load(retrievedFile, &r); err != nil {
			return err
		}
		m, _, err := o.Rank(w.ctx, w.p, d, &r)
		if err != nil {
			return err
		}
		if err := w.save(gateFile, r.gate()); err != nil {
			return err
		}
		return w.save(rankedFile, m)
	}},
	{"train further models", "", []string{pointwiseFile}, func(w *Work, o Options, d *dataset.Dataset) error {
		more, err := o.Pointwise(w.ctx, w.p, d)
		if err != nil {
			return err
		}
		return w.save(pointwiseFile, more)
	}},
}

// Train trains on what Prepare kept. Each part is kept as soon as it is done, so
// that a run that was interrupted goes on with what is missing.
func (w *Work) Train(o Options) error {
	before, err := w.made("prepare")
	if err != nil {
		return err
	}
	for _, step := range trainSteps {
		parts := []any{step.name, before, o}
		if step.after != "" {
			made, err := w.made(step.after)
			if err != nil {
				return err
			}
			parts = append(parts, made)
		}
		inputs, err := inputsOf(parts...)
		if err != nil {
			return err
		}
		err = w.once(step.name, inputs, step.files, func() error {
			d, err := w.prepared()
			if err != nil {
				return err
			}
			return step.run(w, o.suited(d), d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// trained loads what Train made.
func (w *Work) trained() (*Trained, error) {
	t, gate := new(Trained), retrieval.Gate{}
	for _, part := range []struct {
		file string
		into any
	}{{settingsFile, &t.Options}, {retrievedFile, &t.Retrieved}, {rankedFile, &t.Ranking}, {gateFile, &gate}, {pointwiseFile, &t.Pointwise}} {
		if err := w.load(part.file, part.into); err != nil {
			return nil, err
		}
	}
	if t.Retrieved.Profile != nil {
		t.Retrieved.Profile.Gate = gate
	}
	return t, nil
}

// Pack measures what Train made and writes the bundle to out: the same bytes as
// [Options.Run].
func (w *Work) Pack(out string) (*Packed, error) {
	begun := time.Now()
	parts := []any{"pack", out}
	names := []string{"prepare"}
	for _, step := range trainSteps {
		names = append(names, step.name)
	}
	for _, name := range names {
		made, err := w.made(name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, made)
	}
	f := new(Packed)
	if w.load(packedFile, f) != nil || !holds(out, f.SHA256) {
		if err := w.forget("pack"); err != nil {
			return nil, err
		}
	}
	inputs, err := inputsOf(parts...)
	if err != nil {
		return nil, err
	}
	err = w.once("pack", inputs, []string{packedFile}, func() error {
		d, err := w.prepared()
		if err != nil {
			return err
		}
		t, err := w.trained()
		if err != nil {
			return err
		}
		if f, err = t.Pack(w.ctx, w.p, d, out); err != nil {
			return err
		}
		if err := w.load(figuresFile, &f.Data); err != nil {
			return err
		}
		f.Seconds = time.Since(begun).Seconds()
		return w.save(packedFile, f)
	})
	return f, err
}

// holds reports whether the bundle at path has that hash, and its second file if it
// names one.
func holds(path, hash string) bool {
	if st, err := os.Stat(path); err != nil || !st.IsDir() && !st.Mode().IsRegular() {
		return false // a pipe would wait for a writer
	}
	data, file, err := bundledir.Read(path)
	if err == nil {
		_, err = bundledir.SupplementFor(data, file)
	}
	return err == nil && bundledir.Hash(data) == hash
}
