package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// What the run writes beside latest.json.
const (
	similarFile = "similar.lists"
	popularFile = "popular.json"
)

// listLength is how many movies a list has, at most.
const listLength = 20

type listsVerb struct {
	Bundle string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	JSON   bool   `name:"json" help:"Print the figures as JSON."`
}

func (listsVerb) Help() string {
	return fmt.Sprintf(`Writes beside latest.json what the edge answers where no engine runs, for pages of other sites: %s holds for
every movie the %d most like it, as the app shows them, and %s the %d most popular. edge/LISTS.md tells the
format. Lists that are of the newest bundle already are left alone; bundle and pack write them, too.

Examples:
  go run ./build lists --bundle data/demo
  go run ./build lists --bundle data/mine --json`, similarFile, listLength, popularFile, listLength)
}

// listsFigures are what the run prints as JSON.
type listsFigures struct {
	Similar string  `json:"similar"` // path
	Popular string  `json:"popular"` // path
	Bundle  string  `json:"bundle"`  // sha256
	Written bool    `json:"written"` // false when they were there
	Movies  int     `json:"movies"`
	Bytes   int64   `json:"bytes"` // of similar.lists
	Seconds float64 `json:"seconds"`
}

func (v *listsVerb) Run(c *console) error {
	begun := time.Now()
	data, file, err := readBundle(v.Bundle)
	if err != nil {
		return fmt.Errorf("%w: make a bundle there first", err)
	}
	sum := sha256.Sum256(data)
	f := listsFigures{
		Similar: filepath.Join(v.Bundle, similarFile), Popular: filepath.Join(v.Bundle, popularFile),
		Bundle: hex.EncodeToString(sum[:]),
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	f.Movies = b.Catalog.Len()
	if !listed(v.Bundle, f.Bundle) {
		f.Written = true
		if err := writeLists(c, v.Bundle, b, f.Bundle); err != nil {
			return err
		}
		c.stop()
	}
	st, err := os.Stat(f.Similar)
	if err != nil {
		return err
	}
	f.Bytes, f.Seconds = st.Size(), time.Since(begun).Seconds()
	if v.JSON {
		return c.json(f)
	}
	if !f.Written {
		_, err = fmt.Fprintf(c.out, "%s  of the newest bundle already\n", f.Similar)
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s  %d movies  %d bytes  %.1f s\n", f.Similar, f.Movies, f.Bytes, f.Seconds)
	return err
}

// listed tells whether dir has the lists of the bundle with that hash.
// popular.json is written last, so it speaks for both.
func listed(dir, hash string) bool {
	text, err := os.ReadFile(filepath.Join(dir, popularFile))
	var popular struct {
		Bundle string `json:"bundle"`
	}
	if err != nil || json.Unmarshal(text, &popular) != nil || popular.Bundle != hash {
		return false
	}
	st, err := os.Stat(filepath.Join(dir, similarFile))
	return err == nil && st.Mode().IsRegular()
}

// writeLists writes the lists of b, whose sha256 is hash, to dir.
func writeLists(c *console, dir string, b *bundle.Bundle, hash string) error {
	l, err := listsOf(b.Catalog, hash)
	if err != nil {
		return err
	}
	similar, err := similarRows(c, b)
	if err != nil {
		return err
	}
	popular, _ := engine.New(b).Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, listLength)
	return l.write(c.ctx, dir, similar, popular)
}

// write writes the lists of each movie and of the most popular to dir.
func (l *lists) write(ctx context.Context, dir string, similar [][]catalog.Row, popular []catalog.Row) error {
	err := writeFile(ctx, filepath.Join(dir, similarFile), func(w io.Writer) error { return l.writeSimilar(w, similar) })
	if err != nil {
		return err
	}
	return writeFile(ctx, filepath.Join(dir, popularFile), func(w io.Writer) error {
		_, err := w.Write(append(l.append(nil, popular), '\n'))
		return err
	})
}

// similarRows returns for each movie of b the movies most like it, best first.
func similarRows(c *console, b *bundle.Bundle) ([][]catalog.Row, error) {
	similar := make([][]catalog.Row, b.Catalog.Len())
	stage := c.stage("lists")
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(similar)) {
		wg.Go(func() {
			e := engine.New(b) // one each: it keeps scratch memory
			for r := next.Add(1) - 1; r < int64(len(similar)) && c.ctx.Err() == nil; r = next.Add(1) - 1 {
				list := e.Similar(catalog.Row(r), listLength)
				similar[r] = make([]catalog.Row, len(list))
				for i := range list {
					similar[r][i] = list[i].Row
				}
				stage.set(done.Add(1), int64(len(similar)))
			}
		})
	}
	wg.Wait()
	return similar, c.ctx.Err()
}
