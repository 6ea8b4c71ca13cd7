package command

import (
	"sparrow/build/answers"
	"sparrow/build/console"
	"sparrow/build/plural"
)

// sayShort says, where lists of k items are asked for with the named flag, that they
// will be shorter, and why: a stage has only so many, and so has the catalog.
func sayShort(c *console.Console, flag string, k int, stage string, items int) {
	most := answers.Most(stage, items)
	switch {
	case k <= most:
	case most < items:
		c.Say("%s %d: lists end after %d items, as many candidates as retrieval hands to the ranker", flag, k, most)
	default:
		c.Say("%s %d: the catalog has only %s, and those of a history are not listed", flag, k, plural.Of(items, "item"))
	}
}
