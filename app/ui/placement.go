package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// The names of lists in feedback events and reports. A row of the home page is
// "home:" and the kind of its shelf.
const (
	listForYou    = "for-you"
	listTastes    = "tastes" // the wall of items for a visitor without much feedback
	listSimilar   = "similar"
	listBecause   = "because"
	listBrowse    = "browse"
	listSearch    = "search"
	listWatchlist = "watchlist"
	listShared    = "shared"   // that somebody sent
	listTwo       = "two"      // for the visitor and somebody else
	listTop       = "home:top" // the top pick of the home page
	listHome      = "home:"
)

// inList marks e as the list called name, and with the experiments that shaped
// it, for the cards inside.
func inList(e app.HTMLElem, name string, layers []string) app.HTMLElem {
	e = e.Attr("data-list", name)
	if len(layers) > 0 {
		e = e.Attr("data-layers", attr(strings.Join(layers, " ")))
	}
	return e
}

// placed marks e as the card of m, the i-th of its list from 0, and with how m
// came there.
func placed(e app.HTMLElem, m protocol.Card, i int) app.HTMLElem {
	e = e.Attr("data-item", attr(string(m.ID))).Attr("data-position", strconv.Itoa(i+1))
	o := m.Origin
	if o == nil {
		return e
	}
	if o.Source != "" {
		e = e.Attr("data-source", attr(o.Source))
	}
	if o.Team != "" {
		e = e.Attr("data-team", attr(o.Team))
	}
	if o.Propensity > 0 {
		e = e.Attr("data-propensity", strconv.FormatFloat(float64(o.Propensity), 'g', -1, 32))
	}
	return e
}
