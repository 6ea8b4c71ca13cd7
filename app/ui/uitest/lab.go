package uitest

import (
	"slices"

	"sparrow/wasm/protocol"
)

// labAnswer answers the requests of the Lab like an engine with a clock: every
// list begins with another item.
func (f *FakeSession) labAnswer(q protocol.Request) protocol.Answer {
	c := f.Find(q.ID)
	if q.ID == "" {
		c = &f.Cards[0]
	}
	if c == nil {
		return protocol.Answer{Error: &protocol.Error{Code: "unknown-movie", Text: "No such item."}}
	}
	switch q.Verb {
	case protocol.LabSimilar:
		a := protocol.Answer{Item: c}
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
		models := append(slices.Clip(protocol.LabModels), "DIN")
		at := slices.Index(models, q.Model)
		if at < 0 {
			return protocol.Answer{Error: &protocol.Error{Code: "bad-request", Text: "Unknown model."}}
		}
		a := protocol.Answer{Cards: slices.Clone(f.Cards[at : at+3]), Models: models}
		if q.Model == protocol.ModelPopular {
			return a
		}
		for i := range a.Cards {
			a.Cards[i].Score = 1.5
			a.Cards[i].Origin = &protocol.Origin{Source: "taste+transition", Retrieved: []int{9, 2, 5}[i], Ranked: []int{1, 4, 5}[i]}
		}
		a.Candidates = 300
		a.Stages = protocol.Stages{Names: []string{"retrieve", "rank", "diversify", "reasons"}, Milliseconds: []float32{4, 2, 0.5, 1}}
		return a
	case protocol.LabProbe:
		return protocol.Answer{Curve: protocol.Curve{Recall: []float32{0.5, 0.7, 0.8, 0.9, 1}, Compared: []float32{0.1, 0.2, 0.3, 0.4, 1}}}
	case protocol.LabMap:
		a := protocol.Answer{Cards: slices.Clone(f.Cards)}
		a.Cards[2].Action = protocol.Like
		for i := range f.Cards {
			a.Points.X, a.Points.Y = append(a.Points.X, float32(i)), append(a.Points.Y, float32(i%3))
		}
		return a
	}
	return protocol.Answer{}
}
