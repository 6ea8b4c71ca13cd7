package command

import (
	"fmt"
	"regexp"

	"sparrow/build/console"
	"sparrow/build/fetch"
)

var sha256Hex = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

type fetchVerb struct {
	Name string    `arg:"" enum:"${archives}" help:"One of ${enum}."`
	Out  outFolder `default:"data" placeholder:"DIR" help:"Folder that gets a folder of the archive's name (${default})."`
	Base string    `default:"${grouplens}" placeholder:"URL" help:"Address of a mirror (${default})."`
	Sum  string    `name:"sha256" placeholder:"HEX" help:"SHA-256 of the archive, where it is not the one that this program knows: GroupLens may publish a newer ml-latest-small."`
}

func (fetchVerb) Help() string {
	return `Downloads an archive of GroupLens, compares its SHA-256 with the known one and unpacks it, from a mirror, too.
A download that was cut is continued, also by the next run. GroupLens' terms are in the archive's README; mind them before you publish what you make of it.

Examples:
  go run ./build fetch ml-latest-small
  go run ./build fetch ml-25m --out /var/data --base https://mirror.example/movielens`
}

// Validate is called by kong.
func (v *fetchVerb) Validate() error {
	if err := v.Out.Validate(); err != nil { // it has a default
		return fmt.Errorf("--out: %w", err)
	}
	return nil
}

func (v *fetchVerb) Run(c *console.Console) error {
	if v.Sum != "" && !sha256Hex.MatchString(v.Sum) {
		return console.Usagef("--sha256 %q: want 64 hexadecimal digits", v.Sum)
	}
	p := c.Stage("fetch " + v.Name)
	dir, err := fetch.Source{
		Base:     v.Base,
		SHA256:   v.Sum,
		Log:      func(line string) { c.Say("fetch: %s", line) },
		Progress: console.Wide(p),
	}.Archive(c.Ctx, v.Name, string(v.Out))
	if err != nil {
		return err
	}
	c.Stop()
	c.Say("%s is ready; next: go run ./build bundle --input %s --out %s.bundle", dir, dir, dir)
	return nil
}
