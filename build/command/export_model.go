package command

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/build/console"
	"sparrow/build/onnx"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
	"sparrow/wasm/ranking"
)

// model writes the ranker of b, or the further model that v names, and the files beside it.
func (v *exportVerb) model(c *console.Console, b *bundle.Bundle) error {
	path := string(v.ONNX)
	prefix := strings.TrimSuffix(filepath.Base(path), ".onnx")
	files := onnx.Rows(b.Catalog, prefix)
	var data []byte
	var err error
	if v.Model == "" {
		data, err = onnx.WriteRanker(&b.Ranking, &b.Retrieval.In, &b.Retrieval.Out)
	} else {
		var m *ranking.Pointwise
		if m, err = furtherModel(b, v.Model); err != nil {
			return err
		}
		if bind, why := onnx.WriteBind(m, b.Catalog, prefix); why == nil {
			files = bind
		} else {
			c.Say("ranker does not read it again: %v", why)
		}
		data, err = onnx.WriteModel(m)
	}
	if err != nil {
		return err
	}
	files[filepath.Base(path)] = data
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		err := durable.WriteFile(c.Ctx, filepath.Join(filepath.Dir(path), name), func(w io.Writer) error {
			_, err := w.Write(files[name])
			return err
		})
		if err != nil {
			return err
		}
	}
	c.Say("%s: %s", plural.Of(len(data), "byte"), strings.Join(names, ", "))
	return nil
}

// furtherModel returns the model of b called name.
func furtherModel(b *bundle.Bundle, name string) (*ranking.Pointwise, error) {
	var there []string
	for i := range b.Pointwise {
		if b.Pointwise[i].Name == name {
			return &b.Pointwise[i], nil
		}
		there = append(there, b.Pointwise[i].Name)
	}
	if len(there) == 0 {
		return nil, console.Usagef("--model: the bundle has no further model; without --model its own ranker is written")
	}
	return nil, console.Usage(fmt.Errorf("--model: the bundle has no model %q: it has %s", name, strings.Join(there, ", ")))
}
