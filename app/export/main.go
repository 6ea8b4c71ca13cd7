// Command export writes the whole site: pages rendered in advance, hashed
// assets, compressed siblings.
package main

import "github.com/alecthomas/kong"

func main() {
	var c exportCommand
	kong.Parse(&c, kong.Name("export"),
		kong.Description("Writes the whole site: pages rendered in advance, hashed assets, compressed siblings.\n\n  go run ./app/export --bundle data/demo --out .build/site\n  go run ./edge --site .build/site"),
		kong.UsageOnError()).FatalIfErrorf(c.Run())
}
