package uitest

import (
	"slices"

	"sparrow/wasm/protocol"
)

// labAnswer is what an engine with a clock says to the laboratory: every list begins
// with another film.
func (f *FakeSession) labAnswer(q protocol.Request) protocol.Answer {
	c := f.Find(q.ID)
	if q.ID == "" {
		c = &f.Cards[0]
	}
	if c == nil {
		return protocol.Answer{Error: &protocol.Error{Code: "unknown-movie", Text: "No such movie."}}
	}
	switch q.Query {
	case protocol.LabSimilar:
		a := protocol.Answer{Movie: c}
		for i, kind := range []string{"taste", "next", "genres", "tags", "title", "shown"} {
			shelf := protocol.Shelf{Kind: kind}
			if kind != "tags" {
				shelf.Cards = slices.Clone(f.Cards[i+1 : i+3])
				shelf.Cards[0].Score = 0.875
			}
			a.Shelves = append(a.Shelves, shelf)
		}
		return a
	case protocol.LabList:
		at := max(0, slices.Index(protocol.LabModels, q.Sort))
		list := protocol.Shelf{Cards: slices.Clone(f.Cards[at : at+3])}
		if q.Sort == "popular" {
			return protocol.Answer{Shelves: []protocol.Shelf{list}}
		}
		list.Numbers = []float32{9, 1, 2, 4, 5, 5}
		for i := range list.Cards {
			list.Cards[i].Score, list.Cards[i].Origin = 1.5, &protocol.Origin{Source: "taste+transition"}
		}
		return protocol.Answer{Candidates: 300, Shelves: []protocol.Shelf{list, {Kind: "cost", Numbers: []float32{4, 2, 0.5, 1}}, {Kind: "judge", Title: "DIN"}}}
	case protocol.LabProbe:
		return protocol.Answer{Shelves: []protocol.Shelf{{Numbers: []float32{0.5, 0.1, 0.7, 0.2, 0.8, 0.3, 0.9, 0.4, 1, 1}}}}
	case protocol.LabMap:
		plane := protocol.Shelf{Cards: slices.Clone(f.Cards)}
		plane.Cards[2].Action = protocol.Like
		for i := range f.Cards {
			plane.Numbers = append(plane.Numbers, float32(i), float32(i%3))
		}
		return protocol.Answer{Shelves: []protocol.Shelf{plane}}
	}
	return protocol.Answer{}
}
