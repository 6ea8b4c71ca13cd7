// Package lists writes answers of the engine in advance, for pages that cannot run
// it: the items most like each one, and the most popular ones. edge/LISTS.md has
// the format.
package lists

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// Files beside latest.json.
const (
	SimilarFile = "similar.lists"
	PopularFile = "popular.json"
)

// Length is how many items a list has, at most.
const Length = 20

// Written reports whether dir has the lists of the bundle with that hash, in the
// format that Write writes. popular.json is written last, so its hash holds for both.
func Written(dir, hash string) bool {
	text, err := os.ReadFile(filepath.Join(dir, PopularFile))
	var popular struct {
		Bundle string `json:"bundle"`
	}
	if err != nil || json.Unmarshal(text, &popular) != nil || popular.Bundle != hash {
		return false
	}
	f, err := os.Open(filepath.Join(dir, SimilarFile))
	if err != nil {
		return false
	}
	defer f.Close()
	magic := make([]byte, len(listsMagic))
	_, err = io.ReadFull(f, magic)
	return err == nil && string(magic) == listsMagic
}

// Write writes the lists of b, whose sha256 is hash, to dir. progress, which
// may be nil, is called with how many items have theirs.
func Write(ctx context.Context, dir string, b *bundle.Bundle, hash string, progress func(done, total int)) error {
	l, err := listsOf(b.Catalog, hash)
	if err != nil {
		return err
	}
	e := engine.New(b)
	similar, err := similarTo(ctx, e, progress)
	if err != nil {
		return err
	}
	rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, Length)
	return l.write(ctx, dir, similar, rows)
}

// write writes the lists of each item and of the most popular to dir.
func (l *lists) write(ctx context.Context, dir string, similar [][]listed, popular []catalog.Row) error {
	err := durable.WriteFile(ctx, filepath.Join(dir, SimilarFile), func(w io.Writer) error { return l.writeSimilar(w, similar) })
	if err != nil {
		return err
	}
	return durable.WriteFile(ctx, filepath.Join(dir, PopularFile), func(w io.Writer) error {
		_, err := w.Write(l.popular(popular))
		return err
	})
}

// similarTo returns for each item of e the items most like it, best first, and
// what each has in common with it.
func similarTo(ctx context.Context, e *engine.Engine, progress func(done, total int)) ([][]listed, error) {
	n := e.Catalog().Len()
	similar := make([][]listed, n)
	neighbours := engine.NewNeighbours(e, func(n int, do func(i int)) {
		share(ctx, n, func() func(i int) { return do })
	})
	var done atomic.Int64
	share(ctx, n, func() func(i int) {
		search := neighbours.Search()
		texts := map[string]string{} // each reason once: most of them are many items'
		return func(i int) {
			r := catalog.Row(i)
			list := claimed(search.Similar(r, Length))
			similar[r] = make([]listed, len(list))
			for i := range list {
				similar[r][i] = listed{list[i].Row, once(texts, why(e.Likeness(&list[i], r))), list[i].Score == 0}
			}
			if d := done.Add(1); progress != nil {
				progress(int(d), n)
			}
		}
	})
	return similar, ctx.Err()
}

// share does 0 to n-1 on all processors, each with a worker of its own, until ctx ends.
func share(ctx context.Context, n int, worker func() func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			do := worker()
			for i := next.Add(1) - 1; i < int64(n) && ctx.Err() == nil; i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	wg.Wait()
}

// claimed returns the items of a list that are like the one asked about; all of
// them, which are popular ones, where none is known to be.
func claimed(list []engine.Similar) []engine.Similar {
	if i := slices.IndexFunc(list, func(s engine.Similar) bool { return s.Score == 0 }); i > 0 {
		return list[:i]
	}
	return list
}

// why returns what two items have in common as JSON, "" for nothing.
func why(kind string, names []string) string {
	if kind == "" {
		return ""
	}
	text, err := json.Marshal(struct {
		Kind  string   `json:"kind"`
		Names []string `json:"names,omitempty"`
	}{kind, names})
	if err != nil {
		panic(err) // strings cannot fail
	}
	return string(text)
}

// once returns the text that texts has for an equal one.
func once(texts map[string]string, text string) string {
	if kept, ok := texts[text]; ok {
		return kept
	}
	texts[text] = text
	return text
}
