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

// quotaFlags say what a list has to keep to as a whole.
type quotaFlags struct {
	Exclude   string `placeholder:"ID,…" help:"Items that are on no list."`
	Max       string `placeholder:"COLUMN:N,…" help:"At most N items of a list share a value of the column, as author:2."`
	Min       string `placeholder:"COLUMN:N,…" help:"At least N different values of the column, as far as there are."`
	Diversity string `placeholder:"COLUMN,…" help:"As few items share a value of the column as a list of full length lets be."`
}

// quotas returns those of e that the flags name, nil for none.
func (f *quotaFlags) quotas(e *engine.Engine) (*filter.Quotas, error) {
	q, err := e.Quotas(f.Max, f.Min, f.Diversity)
	var mistake *filter.Error
	if errors.As(err, &mistake) {
		text := map[string]string{"max": f.Max, "min": f.Min, "diversity": f.Diversity}[mistake.What]
		shown := strings.NewReplacer("\n", " ", "\t", " ").Replace(text)
		return nil, console.Usagef("--%s: column %d: %s\n  %s\n  %s^", mistake.What, mistake.Column, mistake.Problem, shown, strings.Repeat(" ", mistake.Column-1))
	}
	return q, err
}

// without returns set, nil for all items, without those of --exclude, and says which of these there are not.
func (f *quotaFlags) without(c *console.Console, e *engine.Engine, set filter.Set) filter.Set {
	if f.Exclude == "" {
		return set
	}
	items := e.Catalog()
	kept := filter.All(items.Len())
	for i := range kept {
		if set != nil {
			kept[i] &= set[i]
		}
	}
	var unknown []string
	for id := range strings.SplitSeq(f.Exclude, ",") {
		id = strings.TrimSpace(id)
		if r, ok := items.Row(catalog.ID(id)); ok {
			kept[r>>6] &^= 1 << (r & 63)
		} else {
			unknown = append(unknown, id)
		}
	}
	if n := len(unknown); n > 0 {
		c.Say("--exclude: the catalog lacks %s: %s", plural.Of(n, "id"), strings.Join(unknown[:min(n, 20)], ", "))
	}
	return kept
}
