package main

import "sparrow/wasm/ranking"

// Files of the work folder.
const (
	retrievedFile = "retrieval.gob"
	rankedFile    = "ranking.gob"
	pointwiseFile = "pointwise.gob"
	settingsFile  = "settings.gob"
)

type trainVerb struct {
	trainFlags
	Work string `required:"" type:"existingdir" placeholder:"DIR" help:"Work folder in which prepare has been run."`
}

func (trainVerb) Help() string {
	return `Trains retrieval, then the ranker on the candidates that retrieval gives. Each is kept in the work folder as soon as
it is done: a run that was interrupted goes on with what is missing.

Examples:
  go run ./build train --work data/work
  go run ./build train --work data/work --width 64 --seed 7`
}

func (v *trainVerb) Run(c *console) error {
	w, err := openWork(c, v.Work)
	if err != nil {
		return err
	}
	before, err := w.made("prepare")
	if err != nil {
		return err
	}
	inputs, err := inputsOf("retrieval", before, v.trainFlags)
	if err != nil {
		return err
	}
	err = w.once("train retrieval", inputs, []string{retrievedFile, settingsFile}, func() error {
		d, err := w.prepared()
		if err != nil {
			return err
		}
		r, err := v.retrieve(c, d)
		if err != nil {
			return err
		}
		if err := w.save(settingsFile, v.trainFlags); err != nil {
			return err
		}
		return w.save(retrievedFile, r)
	})
	if err != nil {
		return err
	}
	made, err := w.made("train retrieval")
	if err != nil {
		return err
	}
	if inputs, err = inputsOf("ranking", before, made, v.trainFlags); err != nil {
		return err
	}
	err = w.once("train ranking", inputs, []string{rankedFile}, func() error {
		d, err := w.prepared()
		if err != nil {
			return err
		}
		r := new(retrieved)
		if err := w.load(retrievedFile, r); err != nil {
			return err
		}
		m, _, err := v.rank(c, d, r)
		if err != nil {
			return err
		}
		return w.save(rankedFile, m)
	})
	if err != nil {
		return err
	}
	if inputs, err = inputsOf("pointwise", before, v.trainFlags); err != nil {
		return err
	}
	return w.once("train further models", inputs, []string{pointwiseFile}, func() error {
		d, err := w.prepared()
		if err != nil {
			return err
		}
		more, err := v.pointwise(c, d)
		if err != nil {
			return err
		}
		return w.save(pointwiseFile, more)
	})
}

// trained loads what train made.
func (w *work) trained() (*trained, error) {
	t := new(trained)
	for _, part := range []struct {
		file string
		into any
	}{{settingsFile, &t.flags}, {retrievedFile, &t.retrieved}, {rankedFile, &t.ranking}, {pointwiseFile, &t.pointwise}} {
		if err := w.load(part.file, part.into); err != nil {
			return nil, err
		}
	}
	return t, nil
}

type trained struct {
	flags     trainFlags
	retrieved retrieved
	ranking   ranking.Model
	pointwise []ranking.Pointwise
}
