package dataset

import (
	"fmt"
	"slices"

	"sparrow/wasm/attribute"
)

// usual has each of the items have a currency: those that the file gives none have the usual one of
// the catalog, "" for none. Where the file's column is not kept, or there is none, a column
// of it is kept; of one text, it takes a bit an item.
func (a *attributes) usual(currency string, items int, r *Report, file string) {
	if currency == "" {
		return
	}
	i := slices.IndexFunc(a.declared, func(d Declared) bool { return d.Name == "currency" })
	switch {
	case i < 0 && len(a.declared) == attribute.MostColumns:
		r.say(file, fmt.Sprintf("the currency %s of the vocabulary is not kept, since %d columns are declared, and that is the limit", currency, attribute.MostColumns))
	case i < 0:
		a.declared = append(slices.Clip(a.declared), Declared{Name: "currency", Kind: attribute.Text, Optional: true})
		a.texts = append(a.texts, slices.Repeat([]string{currency}, items))
		a.numbers, a.codes, a.commas, a.at = append(a.numbers, nil), append(a.codes, nil), append(a.commas, 0), append(a.at, -1)
	case a.declared[i].Kind != attribute.Text:
		r.say(file, fmt.Sprintf("the currency %s of the vocabulary is not used, since the column currency is declared as %s; declare it as text", currency, a.declared[i].Kind))
	default:
		for m, text := range a.texts[i] {
			if text == "" {
				a.texts[i][m] = currency
			}
		}
	}
}
