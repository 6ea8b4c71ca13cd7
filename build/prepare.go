package main

import (
	"os"

	"sparrow/build/dataset"
	"sparrow/build/feedback"
)

// The files of the work folder.
const (
	datasetFile = "dataset.bin"
	figuresFile = "dataset.gob"
)

type prepareVerb struct {
	dataFlags
	Work string `required:"" placeholder:"DIR" help:"Work folder; made when it is not there."`
	JSON bool   `name:"json" help:"Print the figures as JSON."`
}

func (prepareVerb) Help() string {
	return `Reads a data set, reports every bad row as file:line: reason and ends with a table of what was dropped and why.
What stays is sorted and kept in the work folder for train.

Examples:
  go run ./build prepare --input data/ml-25m --work data/work
  go run ./build prepare --input mine --work data/work --max-bad 1% --name "My cinema"
  go run ./build prepare --input mine --work data/work --feedback s3://sparrow-feedback/events`
}

func (v *prepareVerb) Run(c *console) error {
	w, err := openWork(c, v.Work)
	if err != nil {
		return err
	}
	parts := []any{v.dataFlags}
	for _, f := range dataset.Files(v.Input) {
		sum, err := fileSum(f)
		if err != nil {
			return err
		}
		parts = append(parts, f, sum)
	}
	if v.Feedback != "" {
		sum, err := feedback.Digest(c.ctx, v.Feedback, nil)
		if err != nil {
			return err
		}
		parts = append(parts, sum)
	}
	inputs, err := inputsOf(parts...)
	if err != nil {
		return err
	}
	err = w.once("prepare", inputs, []string{datasetFile, figuresFile}, func() error {
		d, figures, err := v.read(c)
		if err != nil {
			return err
		}
		if err := writeFile(c.ctx, w.path(datasetFile), d.Store); err != nil {
			return err
		}
		return w.save(figuresFile, figures)
	})
	if err != nil || !v.JSON {
		return err
	}
	var f dataFigures
	if err := w.load(figuresFile, &f); err != nil {
		return err
	}
	return c.json(f)
}

// prepared loads what prepare made.
func (w *work) prepared() (*dataset.Dataset, error) {
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
