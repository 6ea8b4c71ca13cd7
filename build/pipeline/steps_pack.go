package pipeline

import (
	"os"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
)

// madeBy returns the hashes of what the steps of a training made.
func (w *Work) madeBy(again bool) (sums []any, err error) {
	for _, step := range trainSteps {
		sum, err := w.made(stepsOf(again)(step.name))
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// Pack measures what Train made and writes the bundle to out: the same bytes as
// [Options.Run].
func (w *Work) Pack(out string) (*Packed, error) {
	begun := time.Now()
	before, err := w.made("prepare")
	if err != nil {
		return nil, err
	}
	made, err := w.madeBy(false)
	if err != nil {
		return nil, err
	}
	var o Options
	if err := w.load(settingsFile, &o); err != nil {
		return nil, err
	}
	if o.twice() {
		again, err := w.madeBy(true)
		if err != nil {
			return nil, err
		}
		made = append(made, again...)
	}
	f := new(Packed)
	if w.load(packedFile, f) != nil || !holds(out, f.SHA256) {
		if err := w.forget("pack"); err != nil {
			return nil, err
		}
	}
	inputs, err := inputsOf(append([]any{"pack", out, before}, made...)...)
	if err != nil {
		return nil, err
	}
	err = w.once("pack", inputs, []string{packedFile}, func() error {
		d, err := w.prepared()
		if err != nil {
			return err
		}
		if f, err = w.pack(d, o.twice(), out); err != nil {
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

// pack measures the first training and writes the last one.
func (w *Work) pack(d *dataset.Dataset, twice bool, out string) (*Packed, error) {
	t, x, err := w.assembled(d, false)
	if err != nil {
		return nil, err
	}
	m, err := t.measure(w.ctx, w.p, d, x)
	if err != nil {
		return nil, err
	}
	if twice {
		if t, x, err = w.assembled(d, true); err != nil {
			return nil, err
		}
	}
	return t.write(w.ctx, w.p, d, x, m, out)
}

// assembled loads what Train made and puts it together.
func (w *Work) assembled(d *dataset.Dataset, again bool) (*Trained, *assembled, error) {
	t, err := w.trained(again)
	if err != nil {
		return nil, nil, err
	}
	x, err := t.assembled(w.p, d)
	return t, x, err
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
