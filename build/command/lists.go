package command

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/lists"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
)

type listsVerb struct {
	Bundle string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	Force  bool   `help:"Write the lists again although they are there."`
	JSON   bool   `name:"json" help:"Print the figures as JSON."`
}

func (listsVerb) Help() string {
	return fmt.Sprintf(`Writes beside latest.json what the edge answers where no engine runs, for pages of other sites: %s holds for
every item the %d most like it, as the app shows them, and %s the %d most popular. edge/LISTS.md has the
format. Lists that are of the newest bundle and in this format already are left alone, unless --force is given; bundle
and pack write them, too.

Examples:
  go run ./build lists --bundle data/demo
  go run ./build lists --bundle data/mine --force
  go run ./build lists --bundle data/mine --json`, lists.SimilarFile, lists.Length, lists.PopularFile, lists.Length)
}

// listsFigures are what the run prints as JSON.
type listsFigures struct {
	Similar string  `json:"similar"` // path
	Popular string  `json:"popular"` // path
	Bundle  string  `json:"bundle"`  // sha256
	Written bool    `json:"written"` // false when they were there
	Items   int     `json:"items"`
	Bytes   int64   `json:"bytes"` // of similar.lists
	Seconds float64 `json:"seconds"`
}

func (v *listsVerb) Run(c *console.Console) error {
	begun := time.Now()
	data, file, err := bundledir.Read(v.Bundle)
	if err != nil {
		return fmt.Errorf("%w: make a bundle there first", err)
	}
	f := listsFigures{
		Similar: filepath.Join(v.Bundle, lists.SimilarFile), Popular: filepath.Join(v.Bundle, lists.PopularFile),
		Bundle: bundledir.Hash(data),
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	f.Items = b.Catalog.Len()
	if v.Force || !lists.Written(v.Bundle, f.Bundle) {
		f.Written = true
		if err := outFolder(v.Bundle).Validate(); err != nil {
			return console.Usagef("--bundle: %w", err)
		}
		if err := lists.Write(c.Ctx, v.Bundle, b, f.Bundle, c.Stage("lists")); err != nil {
			return err
		}
		c.Stop()
	}
	st, err := os.Stat(f.Similar)
	if err != nil {
		return err
	}
	f.Bytes, f.Seconds = st.Size(), time.Since(begun).Seconds()
	if v.JSON {
		return c.JSON(f)
	}
	if !f.Written {
		_, err = fmt.Fprintf(c.Out, "%s  up to date: of the newest bundle already; --force writes it again\n", f.Similar)
		return err
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s  %s  %.1f s\n", f.Similar, plural.Of(f.Items, "item"), plural.Of(f.Bytes, "byte"), f.Seconds)
	return err
}
