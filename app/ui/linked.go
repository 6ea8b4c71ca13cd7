package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	mostLink   = 2048 // bytes of an address with what it brings
	mostListed = 10   // items of a list that is sent
	mostName   = 40   // letters of a name
)

// linked is what a link brings in its fragment, which no server sees: items, and the name of who sent
// it if they gave one. It stands there as a query, "i=1&i=6&n=Ann".
type linked struct {
	ids    []catalog.ID // each once
	name   string
	unread int  // parts of the fragment that mean nothing here
	long   bool // the fragment is longer than a link of this app, so that nothing of it was read
}

// readLinked reads a fragment as it stands in an address, of at most so many items. It comes
// from anybody: what cannot be an id or a part of a name is counted and left out.
func readLinked(fragment string, most int) (l linked) {
	if len(fragment) > mostLink {
		l.long = true
		return l
	}
	for _, part := range strings.Split(fragment, "&") {
		key, text, _ := strings.Cut(part, "=")
		value, err := url.QueryUnescape(text)
		id := catalog.ID(value)
		switch {
		case part == "":
		case err != nil || !utf8.ValidString(value):
			l.unread++
		case key == "n" && l.name == "":
			l.name = cleanName(value)
		case key != "i" || !validID(id) || len(l.ids) == most:
			l.unread++
		case !slices.Contains(l.ids, id):
			l.ids = append(l.ids, id)
		}
	}
	return l
}

const blanks = "\u115f\u1160\u2800\u3164\uffa0" // print, and show nothing

// cleanName returns what of a text can be shown as a name: letters and signs that are seen, spaces
// between them, at most mostName in all. Signs that turn the direction of a text are none, nor are letters that are blank.
func cleanName(text string) string {
	var kept []rune
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strconv.IsPrint(r) && !strings.ContainsRune(blanks, r) && len(kept) < mostName {
			kept = append(kept, r)
		}
	}
	return strings.TrimSpace(string(kept))
}

// link returns the address of a page with l in its fragment, and how many of the items are in it: the
// first ones, as many as fit.
func (l *linked) link(page string) (address string, n int) {
	if name := cleanName(l.name); name != "" {
		address = "&n=" + url.QueryEscape(name)
	}
	for _, id := range l.ids {
		more := "&i=" + url.QueryEscape(string(id))
		if len(page)+len("#")+len(address)+len(more) > mostLink {
			break
		}
		address += more
		n++
	}
	return page + "#" + strings.TrimPrefix(address, "&"), n
}

// entries returns the items as a request names them.
func (l *linked) entries(a protocol.Action) []protocol.Entry {
	all := make([]protocol.Entry, len(l.ids))
	for i, id := range l.ids {
		all[i] = protocol.Entry{ID: id, Action: a}
	}
	return all
}

// idsOf returns the ids of the first n cards.
func idsOf(cards []protocol.Card, n int) []catalog.ID {
	ids := make([]catalog.ID, min(n, len(cards)))
	for i := range ids {
		ids[i] = cards[i].ID
	}
	return ids
}
