package ui

import (
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/facet"
	"sparrow/wasm/protocol"
)

// understand reads a query as a part of the catalogue, of which the engine knows these genres
// and values. rest are the words that name nothing.
func understand(query string, genres []protocol.GenreCount, values []protocol.Value) (n narrowed, rest []string, any bool) {
	var names []facet.Name
	for _, g := range genres {
		if !byGenre {
			break
		}
		texts := []string{g.Name, english.genre(g.Name), chinese.genre(g.Name)}
		for _, text := range slices.Compact(texts) {
			names = append(names, facet.Name{Column: "genre", Value: g.Name, Text: text})
		}
	}
	for _, v := range values {
		names = append(names, facet.Name{Column: v.Column, Value: v.Text, Text: v.Text})
		if short := facet.Short(v.Text); short != "" && v.Column != "tag" {
			names = append(names, facet.Name{Column: v.Column, Value: v.Text, Text: short})
		}
	}
	words := catalog.Words(query)
	for i := range words { // "french" of a country, and of a code
		land, n := facet.Land(words[i:])
		for _, v := range values {
			if n > 0 && v.Column != "tag" && facet.Calls(land, v.Text) {
				names = append(names, facet.Name{Column: v.Column, Value: v.Text, Text: strings.Join(words[i:i+n], " ")})
			}
		}
	}
	u := facet.Understand(query, names, []string{english.ItemNoun, english.ItemNouns, chinese.ItemNoun, "movie", "电影"}, byDecade)
	for _, name := range u.Names {
		switch {
		case name.Column != "genre" && name.Without:
			u.Rest = append(u.Rest, name.Text)
		case name.Column != "genre":
			n.is = append(n.is, value{name.Column, name.Value})
		case name.Without:
			n.without = append(n.without, name.Value)
		default:
			n.with = append(n.with, name.Value)
		}
	}
	n.from, n.to, n.sort, n.words, n.notes = u.From, u.To, u.Sort, query, new(notes)
	return n, u.Rest, len(n.with)+len(n.without)+len(n.is) > 0 || n.from > 0 || n.to > 0
}
