package vocabulary

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Limit is what a visitor can hold their lists to: "for children".
type Limit struct {
	ID     string            `json:"id"`     // in addresses: a to z, 0 to 9 and -
	Filter string            `json:"filter"` // that items of the lists meet, see package filter
	Names  map[string]string `json:"names"`  // what it is called, by language
}

// mostLimits is how many limits there may be, mostFilter how long the filter of one.
const (
	mostLimits = 8
	mostFilter = 1000
)

// checkLimits reports what is wrong with the limits, their filters apart: these name columns,
// which a bundle has.
func (v *Vocabulary) checkLimits() error {
	if len(v.Limits) > mostLimits {
		return errors.New("limits: " + strconv.Itoa(len(v.Limits)) + ", want " + strconv.Itoa(mostLimits) + " at most")
	}
	for i, l := range v.Limits {
		place := "limits: " + strconv.Quote(l.ID)
		switch {
		case l.ID == "" || len(l.ID) > mostNoun || strings.Trim(l.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
			return errors.New(place + ` is no id such as "for-children": one word of a to z, 0 to 9 and -`)
		case slices.ContainsFunc(v.Limits[:i], func(o Limit) bool { return o.ID == l.ID }):
			return errors.New(place + " stands there twice")
		case l.Filter == "" || len(l.Filter) > mostFilter:
			return errors.New(place + `: want a filter of at most ` + strconv.Itoa(mostFilter) + ` bytes, such as "genre=Children"`)
		case len(l.Names) == 0:
			return errors.New(place + `: want what it is called, "names": {"en": "For children"}`)
		}
		for _, lang := range sorted(l.Names) {
			if !slices.Contains(Languages, lang) {
				return errors.New(place + ": " + strconv.Quote(lang) + " is not a language of the app; it has " + strings.Join(Languages, ", "))
			}
			if l.Names[lang] == "" {
				return errors.New(place + ": " + lang + ": is empty")
			}
			if err := check(place+": "+lang, l.Names[lang], mostNoun); err != nil {
				return err
			}
		}
	}
	return nil
}
