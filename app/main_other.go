//go:build !js

// Command app is Sparrow's face: in the browser a go-app program, natively the
// exporter that writes the site.
package main

import (
	"os"

	"github.com/alecthomas/kong"
)

var commands struct {
	Export exportCommand `cmd:"" help:"Write the whole site: pages rendered in advance, hashed assets, compressed siblings."`
	Build  buildCommand  `cmd:"" help:"Build app.wasm, without the parts of go-app that only a server needs."`
}

func main() {
	parser := kong.Must(&commands, kong.Name("app"),
		kong.Description("Sparrow's face.\n\n  go run ./app build --out .build/app.wasm\n  go run ./app export --bundle data/demo --out .build/site\n  go run ./edge --site .build/site"),
		kong.UsageOnError())
	ctx, err := parser.Parse(os.Args[1:])
	if err != nil {
		parser.Errorf("%v", err)
		os.Exit(2)
	}
	ctx.FatalIfErrorf(ctx.Run())
}
