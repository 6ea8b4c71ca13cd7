package session

import (
	"slices"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/facet"
	"sparrow/wasm/protocol"
)

const (
	mostNamed  = 5000 // values of a column that words of a query are compared with
	mostValues = 20   // of an answer
	tagColumn  = "tag"
	fewTagged  = 10 // a tag of fewer items is what some visitors said of them, and no part of the catalog
)

// values answers with the tags and the values of the owner's columns that words of the query
// name, see facet.Match; where there is an item with what these columns say of it.
func (s *Session) values(a *protocol.Answer, q *protocol.Request) {
	if q.ID != "" {
		if r, ok := s.catalog.Row(q.ID); ok {
			a.Values = s.said(r)
		} else {
			unknownItem(a, q.ID)
		}
		return
	}
	words := catalog.Words(q.Query)
	words = words[:min(len(words), 16)]
	var lands [][]string // that they name
	for i := range words {
		if names, n := facet.Land(words[i:]); n > 0 {
			lands = append(lands, names)
		}
	}
	match := func(column, text string) {
		if len(a.Values) < mostValues && slices.ContainsFunc(lands, func(names []string) bool { return ofLand(column, text) && facet.Calls(names, text) }) {
			a.Values = append(a.Values, protocol.Value{Column: column, Text: text})
			return
		}
		for i := range words {
			if len(a.Values) < mostValues && (facet.Match(words[i:], text) > 0 || column != tagColumn && words[i] == facet.Short(text)) {
				a.Values = append(a.Values, protocol.Value{Column: column, Text: text})
				return
			}
		}
	}
	for i := range s.catalog.Attributes {
		c := &s.catalog.Attributes[i]
		if !named(c) || c.Kind != attribute.Text && c.Kind != attribute.List || c.Distinct() > mostNamed {
			continue
		}
		for k := range c.Distinct() {
			match(c.Name, c.Texts.At(k))
		}
	}
	count := make([]int, len(s.catalog.TagNames))
	for _, tags := range s.catalog.Tags {
		for _, t := range tags {
			count[t]++
		}
	}
	for t, tag := range s.catalog.TagNames {
		if count[t] >= fewTagged {
			match(tagColumn, tag)
		}
	}
}

// shortNames are how columns begin in which a code of two or three letters is that of a country or a language.
var shortNames = [...]string{"lang", "countr", "origin"}

// ofLand reports whether a value of a column may name a country or a language: a code does only in a column that is
// called so, since "no" and "it" are words, too.
func ofLand(column, text string) bool {
	for _, start := range shortNames {
		if len(column) >= len(start) && column[:len(start)] == start {
			return true
		}
	}
	return len(text) > 3 && column != tagColumn
}

// named reports whether a column says what an item is, and not what it is called or costs.
func named(c *attribute.Column) bool {
	switch c.Name {
	case "price", "currency", "image", "url", "stock":
		return false
	}
	n := len(catalog.NameColumn)
	return len(c.Name) < n || c.Name[:n] != catalog.NameColumn
}

// said returns what the owner's columns of texts, lists and numbers say of item r.
func (s *Session) said(r catalog.Row) (all []protocol.Value) {
	for i := range s.catalog.Attributes {
		c := &s.catalog.Attributes[i]
		if !named(c) {
			continue
		}
		v := s.engine.Values(c.Name)
		if n, ok := v.Number(r); ok {
			all = append(all, protocol.Value{Column: c.Name, Text: decimal(n)})
		}
		for _, text := range v.Texts(r) {
			if len(all) < mostValues {
				all = append(all, protocol.Value{Column: c.Name, Text: text, Listed: c.Kind == attribute.List})
			}
		}
	}
	return all
}
