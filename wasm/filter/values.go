package filter

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// Values tells which values of a column each item has.
type Values struct {
	column
	first []uint32 // [N+1] of a list: where the codes of each item begin
}

// Values returns those of the column of that name; nil where there is none.
func (x *Columns) Values(name string) *Values {
	for _, v := range x.values {
		if v.Name == name {
			return v
		}
	}
	c := x.named(name)
	if c.Column == nil {
		return nil
	}
	v := &Values{column: c}
	x.values = append(x.values, v)
	if c.Kind == attribute.List {
		v.first = make([]uint32, len(c.Counts)+1)
		for r, n := range c.Counts {
			v.first[r+1] = v.first[r] + uint32(n)
		}
	}
	return v
}

// codes returns the codes of what item r has, see [attribute.Column].
func (v *Values) codes(r catalog.Row) []uint32 {
	if v.first != nil {
		return v.Between(int(v.first[r]), int(v.first[r+1]))
	}
	return v.Of(int(r))
}

// Number returns the number of item r in a column of numbers, and whether it has one.
func (v *Values) Number(r catalog.Row) (float64, bool) {
	codes := v.codes(r)
	if v.Kind != attribute.Number || len(codes) == 0 {
		return 0, false
	}
	return v.Numbers.At(int(codes[0]) - 1), true
}

// Texts returns what item r has in a column of texts or of lists, none in another one.
func (v *Values) Texts(r catalog.Row) []string {
	if !v.textual() {
		return nil
	}
	codes := v.codes(r)
	texts := make([]string, len(codes))
	for i, code := range codes {
		if v.names != nil {
			texts[i] = v.names[code-1]
		} else {
			texts[i] = v.Column.Texts.At(int(code) - 1)
		}
	}
	return texts
}

func (v *Values) textual() bool { return v.Kind == attribute.Text || v.Kind == attribute.List }

// Labels returns the values of a column of texts that cards are to show; what is the use of it, as
// badge. An error is an [Error].
func (x *Columns) Labels(what, name string) (*Values, error) {
	v := x.Values(name)
	problem := ""
	switch {
	case v == nil:
		problem = x.unknown(name)
	case !v.textual():
		problem = name + " is " + called[v.Kind] + ", and a card shows a text or a list of texts"
	default:
		return v, nil
	}
	return nil, &Error{Column: 1, Problem: problem, text: name, What: what}
}
