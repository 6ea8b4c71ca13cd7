package main

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// packedFile holds the figures of the bundle that pack wrote last.
const packedFile = "packed.gob"

type packVerb struct {
	Work string `required:"" type:"existingdir" placeholder:"DIR" help:"Work folder in which prepare and train have been run."`
	Out  string `required:"" placeholder:"PATH" help:"File to write; a folder gets <sha256>.bundle, a latest.json that names it, and its lists."`
	JSON bool   `name:"json" help:"Print the figures as JSON."`
}

func (packVerb) Help() string {
	return `Quantizes nothing and trains nothing: puts what train made together, measures it and writes the bundle, the same
bytes as the bundle verb writes.

Examples:
  go run ./build pack --work data/work --out data/demo/
  go run ./build pack --work data/work --out mine.bundle --json`
}

func (v *packVerb) Run(c *console) error {
	begun := time.Now()
	w, err := openWork(c, v.Work)
	if err != nil {
		return err
	}
	parts := []any{"pack", v.Out}
	for _, step := range []string{"prepare", "train retrieval", "train ranking", "train further models"} {
		made, err := w.made(step)
		if err != nil {
			return err
		}
		parts = append(parts, made)
	}
	var p packed
	if w.load(packedFile, &p) != nil || !holds(v.Out, p.SHA256) {
		if err := w.forget("pack"); err != nil {
			return err
		}
	}
	inputs, err := inputsOf(parts...)
	if err != nil {
		return err
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
		made, err := t.flags.pack(c, d, t.flags.assemble(d, &t.retrieved, &t.ranking, t.pointwise), v.Out)
		if err != nil {
			return err
		}
		p = *made
		if err := w.load(figuresFile, &p.Data); err != nil {
			return err
		}
		p.Seconds = time.Since(begun).Seconds()
		return w.save(packedFile, p)
	})
	if err != nil {
		return err
	}
	return p.print(c, v.JSON)
}

// holds tells whether the bundle at path has that hash.
func holds(path, hash string) bool {
	data, _, err := readBundle(path)
	sum := sha256.Sum256(data)
	return err == nil && hex.EncodeToString(sum[:]) == hash
}
