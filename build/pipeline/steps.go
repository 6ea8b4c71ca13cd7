package pipeline

import (
	"os"
	"strings"
	"time"

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
	gateFile      = "gate.gob"   // of the profile, which the ranker chooses
	rankerFile    = "ranker.gob" // how its training went
	pointwiseFile = "pointwise.gob"
	packedFile    = "packed.gob" // the figures of the bundle that was packed last
)

// Prepare reads and checks a data set and keeps what stays of it.
func (w *Work) Prepare(in *Input) (f DataFigures, err error) {
	parts := []any{*in}
	files := dataset.Files(in.Dir)
	path := in.vocabularyFile()
	if _, err := os.Stat(path); err == nil {
		files = append(files, path)
	}
	for _, file := range files {
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
// one, what the step before it made. of returns the name that a file has in this training.
var trainSteps = []struct {
	name  string
	after string // the step whose files are an input beside the data set; "" for none
	files []string
	run   func(w *Work, of naming, o Options, d *dataset.Dataset) error
}{
	{"train retrieval", "", []string{retrievedFile, settingsFile}, func(w *Work, of naming, o Options, d *dataset.Dataset) error {
		r, err := o.Retrieve(w.ctx, w.p, d)
		if err != nil {
			return err
		}
		if err := w.save(of(settingsFile), o); err != nil {
			return err
		}
		return w.save(of(retrievedFile), r)
	}},
	{"train ranking", "train retrieval", []string{rankedFile, rankerFile, gateFile}, func(w *Work, of naming, o Options, d *dataset.Dataset) error {
		var r Retrieved
		if err := w.load(of(retrievedFile), &r); err != nil {
			return err
		}
		m, report, err := o.Rank(w.ctx, w.p, d, &r)
		if err != nil {
			return err
		}
		if err := w.save(of(gateFile), r.gate()); err != nil {
			return err
		}
		if err := w.save(of(rankerFile), report); err != nil {
			return err
		}
		return w.save(of(rankedFile), m)
	}},
	{"train further models", "", []string{pointwiseFile}, func(w *Work, of naming, o Options, d *dataset.Dataset) error {
		more, err := o.Pointwise(w.ctx, w.p, d)
		if err != nil {
			return err
		}
		return w.save(of(pointwiseFile), more)
	}},
}

// naming names the files, or the steps, of a training.
type naming func(name string) string

func filesOf(again bool) naming { return affixed(again, "again-", "") }
func stepsOf(again bool) naming { return affixed(again, "", " again") }

// affixed returns the names as they are, or again with something before and after.
func affixed(again bool, before, after string) naming {
	return func(name string) string {
		if again {
			return before + name + after
		}
		return name
	}
}

// Train trains on what Prepare kept, twice where o asks for that. Each part is kept as soon
// as it is done, so that a run that was interrupted goes on with what is missing; and the state of
// the training of sequences is kept as often as every says, so that it goes on there.
func (w *Work) Train(o Options, every time.Duration) error {
	if err := w.train(false, o, every); err != nil {
		return err
	}
	t, err := w.trained(false)
	if err != nil || !t.Options.twice() {
		return err
	}
	sayAgain(w.p)
	return w.train(true, t.again(), every)
}

// train trains the parts with options that are made suited to the data, unless it is done
// again: then they are.
func (w *Work) train(again bool, o Options, every time.Duration) error {
	before, err := w.made("prepare")
	if err != nil {
		return err
	}
	for _, step := range trainSteps {
		name := stepsOf(again)(step.name)
		parts := []any{name, before, o}
		if step.after != "" {
			made, err := w.made(stepsOf(again)(step.after))
			if err != nil {
				return err
			}
			parts = append(parts, made)
		}
		inputs, err := inputsOf(parts...)
		if err != nil {
			return err
		}
		var files []string
		for _, f := range step.files {
			files = append(files, filesOf(again)(f))
		}
		err = w.once(name, inputs, files, func() error {
			d, err := w.prepared()
			if err != nil {
				return err
			}
			suited := o
			if !again {
				suited = o.suited(d)
			}
			suited.keep = &keeping{work: w, step: filesOf(again)(strings.ReplaceAll(step.name, " ", "-")), inputs: inputs, every: every}
			return step.run(w, filesOf(again), suited, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// trained loads what Train made, the second time or the first.
func (w *Work) trained(again bool) (*Trained, error) {
	t, gate := new(Trained), retrieval.Gate{}
	for _, part := range []struct {
		file string
		into any
	}{{settingsFile, &t.Options}, {retrievedFile, &t.Retrieved}, {rankedFile, &t.Ranking}, {rankerFile, &t.Report}, {gateFile, &gate}, {pointwiseFile, &t.Pointwise}} {
		if err := w.load(filesOf(again)(part.file), part.into); err != nil {
			return nil, err
		}
	}
	if t.Retrieved.Profile != nil {
		t.Retrieved.Profile.Gate = gate
	}
	return t, nil
}
