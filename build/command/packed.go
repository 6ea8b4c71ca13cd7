package command

import (
	"fmt"

	"sparrow/build/console"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
)

// printPacked prints the figures of a bundle that was written.
func printPacked(c *console.Console, p *pipeline.Packed, asJSON bool) error {
	if asJSON {
		return c.JSON(p)
	}
	if p.FiguresOf != "" {
		fmt.Fprintf(c.Out, "figures of %s; the bundle was trained on all\n", p.FiguresOf)
	}
	for _, m := range p.Metrics {
		fmt.Fprintf(c.Out, "%-24s %.4f\n", m.Name, m.Value)
	}
	_, err := fmt.Fprintf(c.Out, "%s  %s  sha256 %s  %.1f s\n", p.Bundle, plural.Of(p.Bytes, "byte"), p.SHA256, p.Seconds)
	return err
}
