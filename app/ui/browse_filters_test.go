//go:build !js

package ui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// lovelace is the option of Ada Lovelace, selected: go-app writes an element's attributes in the order of a map.
var lovelace = regexp.MustCompile(`<option[^>]* selected[^>]*>\s*Ada Lovelace\b`)

// TestAColumnNarrowsTheCatalogueDown: a facet that is a column has its values as choices, and the one that the
// address has, however few items have it; without values there is no such filter.
func TestAColumnNarrowsTheCatalogueDown(t *testing.T) {
	facets(t, "first_author", "format")
	f := uitest.Planted(9)
	f.Columns = []protocol.Value{
		{Column: "format", Text: "text", Listed: true},
		{Column: "first_author", Text: "list", Listed: true}, {Column: "first_author", Text: `Émile "Zola"`},
	}
	s, _ := sharingAt(t, f, "/browse?is=first_author%3DAda+Lovelace", sharing{})
	html := app.HTMLString(s.page.view(s))
	contains(t, html, `id="column-first_author"`, "first author", `value="Ada Lovelace"`, "Émile &#34;Zola&#34;")
	if !lovelace.MatchString(html) {
		t.Error("the value that the address has is not the one selected")
	}
	if strings.Contains(html, "column-format") {
		t.Error("there is a filter by a column that no item has")
	}
}

// facets has pages offer these columns, and no others, until the test ends.
func facets(t *testing.T, columns ...string) {
	byColumns, byAll = columns, false
	t.Cleanup(func() { byColumns, byAll = nil, true })
}
