package command

import (
	"fmt"

	"sparrow/build/plural"
	"sparrow/wasm/attribute"
	"sparrow/wasm/filter"
)

// attributeFigure is what inspect shows of a column that lists can be filtered by.
type attributeFigure struct {
	Name   string   `json:"name"`
	Kind   string   `json:"kind"`
	Items  int      `json:"items"`  // that have a value
	Values int      `json:"values"` // that differ; of bool 2
	Least  *float64 `json:"least,omitempty"`
	Most   *float64 `json:"most,omitempty"` // of numbers
}

// attributesOf returns the figures of columns of n items.
func attributesOf(columns []attribute.Column, n int) []attributeFigure {
	figures := []attributeFigure{}
	for i := range columns {
		c := &columns[i]
		f := attributeFigure{Name: c.Name, Kind: c.Kind.String(), Values: c.Distinct()}
		any, have := make([]uint8, f.Values+1), make(filter.Set, (n+63)/64)
		for code := 1; code < len(any); code++ {
			any[code] = 1
		}
		c.Select(have, any, false)
		f.Items = have.Of(n)
		if k := len(c.Numbers.Offsets); k > 0 {
			least, most := c.Numbers.At(0), c.Numbers.At(k-1)
			f.Least, f.Most = &least, &most
		}
		figures = append(figures, f)
	}
	return figures
}

// String says what the column is, for people.
func (f attributeFigure) String() string {
	text := fmt.Sprintf("%s: %s, %s of %s", f.Name, f.Kind, plural.Of(f.Values, "value"), plural.Of(f.Items, "item"))
	if f.Least != nil {
		text += fmt.Sprintf(", %g to %g", *f.Least, *f.Most)
	}
	return text
}
