package report

import (
	"fmt"

	"sparrow/build/plural"
)

// notes returns what must be known to read the figures, and what cannot be told.
func notes(r *Report, s Sources) []string {
	all := []string{
		"All figures are of visitors who agreed to share. Of others nothing is sent, so they are in none.",
		"A card counts as seen when half of it was in view for a second, once a session. How often a list was drawn where no one scrolled to is not recorded.",
	}
	switch {
	case r.Consent == nil:
		all = append(all, "Which share of the visitors agreed is not recorded: no one who did not is counted anywhere. Count the visitors of these days as your site does, and --visitors N works the share out.")
	case *r.Consent > 1:
		all = append(all, fmt.Sprintf("--visitors %d is less than the %s that shared: a device has a new number after 30 days, and the count may be of other days.", s.Visitors, plural.Of(r.Visitors, "device")))
	}
	all = append(all, "A start is a page's, of a device that had agreed before, and not in a tab that was hidden meanwhile; one that fails before the page's own script runs is not recorded. "+r.without())
	if r.Any.Bought != 0 {
		all = append(all, fmt.Sprintf("Purchases and money are what pages and your server said, not what your till says. A list has led to one when its card of the item was clicked by the same device within %.0f days before; events of your server are of no device, and so no list led to them.", credited.Hours()/24))
	}
	if r.Foreign > 0 {
		all = append(all, fmt.Sprintf("%s in other currencies than %s: no revenue has their values.", plural.Of(r.Foreign, "purchase"), r.Currency))
	}
	if r.Others > 0 {
		all = append(all, fmt.Sprintf("%s beyond the %d most seen: only the sums of all lists have what was seen there.", plural.Of(r.Others, "more list"), mostLists))
	}
	if r.Excess > 0 {
		all = append(all, fmt.Sprintf("%s of single visitors beyond their first %d do not count.", plural.Of(r.Excess, "card"), mostCards))
	}
	return append(all, r.Guarded.Words()...)
}

// without says how many of the cards seen lately name no model.
func (r *Report) without() string {
	for _, m := range r.Models {
		if m.Bundle == "" {
			return fmt.Sprintf("What can be told is that %.1f %% of the cards seen in the last %d days name no model: their lists were shown before one had arrived, or where none can run.", 100*m.Share, recentDays)
		}
	}
	if len(r.Models) == 0 {
		return fmt.Sprintf("In the last %d days no card was seen.", recentDays)
	}
	return fmt.Sprintf("What can be told is that every card seen in the last %d days names its model.", recentDays)
}
