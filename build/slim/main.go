// Slim makes what a visitor downloads smaller: it compiles the app against a copy of
// go-app without the parts that only a server needs, links programs so that a small
// change leaves most of their bytes as they are, and takes the tables of source
// lines out of programs that Go compiled to WebAssembly. All depend on how others
// wrote their code, so it says which versions it knows, and fails on another one.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

var commands struct {
	App    appCommand    `cmd:"" help:"Build app.wasm, without the parts of go-app that only a server needs."`
	Engine engineCommand `cmd:"" help:"Build engine.wasm, the engine alone."`
	Trim   trimCommand   `cmd:"" help:"Take the tables of source lines and what cannot run out of programs for WebAssembly, in place."`
}

func main() {
	parser := kong.Must(&commands, kong.Name("slim"),
		kong.Description("Makes what a visitor downloads smaller.\n\n  go run ./build/slim app --out .build/app.wasm\n  go run ./build/slim engine --out .build/engine.wasm\n  go run ./build/slim trim .build/engine.wasm .build/app.wasm"),
		kong.UsageOnError())
	ctx, err := parser.Parse(os.Args[1:])
	if err != nil {
		parser.Errorf("%v", err)
		os.Exit(2)
	}
	ctx.FatalIfErrorf(ctx.Run())
}

// engineCommand compiles the program of a widget's worker.
type engineCommand struct {
	Out   string   `default:".build/engine.wasm" help:"Where engine.wasm goes."`
	Flags []string `arg:"" optional:"" help:"Flags of go build, after --."`
}

// Run compiles.
func (c *engineCommand) Run() error {
	return compile(filler, c.Out, append(c.Flags, "sparrow/wasm/worker")...)
}

// trimCommand takes out the tables of source lines, the names of the runtime's own
// functions, and those of its functions that cannot run: every seventh byte of what a
// visitor downloads. A trace of a panic then names the same functions without file
// and line; nothing else reads the tables.
type trimCommand struct {
	Files []string `arg:"" type:"existingfile" help:"Programs that Go compiled with GOOS=js GOARCH=wasm."`
}

// Run changes the files in place. One whose tables have an unknown form is left
// as it is, which is an error.
func (c *trimCommand) Run() error {
	if err := knownToolchain(); err != nil {
		return err
	}
	var all []error
	for _, file := range c.Files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		less, err := trimmed(data)
		if err != nil {
			all = append(all, fmt.Errorf("%s: %w", file, err))
			continue
		}
		if err := os.WriteFile(file, less, 0o666); err != nil {
			return err
		}
	}
	return errors.Join(all...)
}
