package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sparrow/edge/durable"
)

// Work is the folder in which prepare, train and pack hand each other what they
// made. steps.json in it records of every step the hash of what went in
// and of the files that came out, so that a step is run again only when
// something has changed: the input, a setting, or this program.
type Work struct {
	dir string
	ctx context.Context // ends what the steps do
	p   Progress
}

// record is what steps.json holds of one step.
type record struct {
	Inputs  string            `json:"inputs"`
	Outputs map[string]string `json:"outputs"` // sha256 of each file
}

// OpenWork opens the work folder dir, and makes it where it is not there.
func OpenWork(ctx context.Context, p Progress, dir string) (*Work, error) {
	return &Work{dir, ctx, p}, os.MkdirAll(dir, 0o755)
}

func (w *Work) path(name string) string { return filepath.Join(w.dir, name) }

func (w *Work) records() map[string]record {
	all := make(map[string]record)
	text, err := os.ReadFile(w.path("steps.json"))
	if err == nil && json.Unmarshal(text, &all) == nil {
		return all
	}
	return make(map[string]record) // a folder without a record starts over
}

// once runs the step unless its record states that the same inputs, a hash, have
// already made the files, and they are still what they were.
func (w *Work) once(step, inputs string, files []string, run func() error) error {
	r, ok := w.records()[step]
	if ok && r.Inputs == inputs && w.unchanged(r, files) {
		w.p.Say("%s: nothing has changed since it was run; it is not run again", step)
		return nil
	}
	if err := run(); err != nil {
		return err
	}
	r = record{inputs, make(map[string]string)}
	for _, f := range files {
		sum, err := fileSum(w.path(f))
		if err != nil {
			return err
		}
		r.Outputs[f] = sum
	}
	all := w.records()
	all[step] = r
	return w.keep(all)
}

// forget makes a step run again.
func (w *Work) forget(step string) error {
	all := w.records()
	delete(all, step)
	return w.keep(all)
}

func (w *Work) keep(all map[string]record) error {
	return durable.WriteFile(w.ctx, w.path("steps.json"), func(out io.Writer) error {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(all)
	})
}

func (w *Work) unchanged(r record, files []string) bool {
	for _, f := range files {
		if sum, err := fileSum(w.path(f)); err != nil || sum != r.Outputs[f] {
			return false
		}
	}
	return true
}

// MissingStep is the error of a step before which another one must be run.
type MissingStep struct{ Dir, Step string }

// Error names the step to run first.
func (m MissingStep) Error() string {
	return m.Dir + " holds nothing from " + m.Step + ": run it first"
}

// made returns the hash of the files that step made, for the inputs of the
// next one, or an error that names the step to run first.
func (w *Work) made(step string) (string, error) {
	r, ok := w.records()[step]
	if !ok {
		return "", MissingStep{w.dir, step}
	}
	text, err := json.Marshal(r.Outputs) // sorts the names
	return string(text), err
}

// save writes v to the file called name in Go's own encoding.
func (w *Work) save(name string, v any) error {
	return durable.WriteFile(w.ctx, w.path(name), func(out io.Writer) error { return gob.NewEncoder(out).Encode(v) })
}

// load reads what save wrote.
func (w *Work) load(name string, v any) error {
	f, err := os.Open(w.path(name))
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(f).Decode(v)
}

// inputsOf hashes what a step depends on: parts, and this program itself, for
// another version of it may compute something else.
func inputsOf(parts ...any) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	program, err := fileSum(self)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", program)
	for _, p := range parts {
		fmt.Fprintf(h, "%#v\n", p)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
