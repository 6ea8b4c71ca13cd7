package command

import (
	"errors"
	"strings"

	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
)

// filterFlag says which items lists are made of.
type filterFlag struct {
	Filter string `placeholder:"CONDITION" help:"Only items that it holds of, as \"in_stock and price<50 and genre=same\"; wasm/filter/GRAMMAR.md has the language, inspect the columns."`
}

// among returns the items that the flag keeps, of those that may be shown, nil for all, and says how many these are
// and which of its values no item has. same stands for what item has.
func (f *filterFlag) among(c *console.Console, e *engine.Engine, item catalog.Row) (filter.Set, error) {
	set, err := e.Where(f.Filter, item)
	var mistake *filter.Error
	if errors.As(err, &mistake) {
		shown := strings.NewReplacer("\n", " ", "\t", " ").Replace(f.Filter)
		return nil, console.Usagef("--filter: column %d: %s\n  %s\n  %s^", mistake.Column, mistake.Problem, shown, strings.Repeat(" ", mistake.Column-1))
	}
	if err != nil || f.Filter == "" {
		return set, err
	}
	all := e.Catalog().Len()
	c.Say("--filter keeps %s of %d", plural.Of(set.Of(all), "item"), all)
	if absent := e.Absent(); len(absent) > 0 {
		c.Say("--filter: no item has %s", strings.Join(absent, ", "))
	}
	return set, nil
}
