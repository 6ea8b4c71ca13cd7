package replay

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// depth is how many items exploration draws from, as in wasm/rerank.
const depth = 100

// policy is how a bundle makes lists. It draws them as exploration does, by the
// Plackett-Luce model of its scores with a temperature, since the list that a
// bundle makes without chance is hardly ever the one that was logged: all weights
// but a few would be 0 and those few huge. The estimates are thus about the bundle
// exploring with this temperature, as the logged one did. It adds no variety:
// probabilities then depend on what is left to choose from alone.
type policy struct {
	session *session.Session
	request protocol.Request
}

// weighted is an item and what it weighs in a draw.
type weighted struct {
	id     catalog.ID
	weight float64
}

// visitor is the one that replay plays; they are in every arm.
var visitor = event.Visitor{1}

// newPolicy opens the bundle that data encodes.
func newPolicy(data []byte, temperature float32) (*policy, error) {
	s, err := session.Open(data)
	if err != nil {
		return nil, err
	}
	s.Enrol(experiment.Enrolment{Visitor: visitor, Layers: []experiment.Layer{{
		Name: "replay", Salt: "replay", Share: 1, Start: 0, End: 1 << 40,
		Arms: []experiment.Arm{{Name: "new", Weight: 1, Explore: &temperature}},
	}}})
	return &policy{s, protocol.Request{Verb: protocol.Recommend, K: depth, Variety: 0}}, nil
}

// asOf returns the moment of the newest interaction that the bundle was trained on.
func (p *policy) asOf() int64 {
	return p.session.Answer(protocol.Request{Verb: protocol.Open}).Status.AsOf
}

// weights returns what each item weighs for a visitor with the profile at a moment:
// given the items before it, an item's probability is its weight over the sum of
// those that are left. The weights come out of one drawn list: with the
// probability p(t) of the item at place t among those left, whose weights sum to
// rest(t),
//
//	weight(t) = p(t)·rest(t),   rest(t+1) = rest(t) - weight(t),   rest(1) = 1.
func (p *policy) weights(profile []protocol.Entry, at int64) ([]weighted, error) {
	for _, q := range []protocol.Request{{Verb: protocol.Erase}, {Verb: protocol.Import, Entries: profile, Now: at}} {
		if a := p.session.Answer(q); a.Error != nil {
			return nil, errors.New(a.Error.Text)
		}
	}
	q := p.request
	q.Now = at
	a := p.session.Answer(q)
	if a.Error != nil {
		return nil, errors.New(a.Error.Text)
	}
	weights := make([]weighted, 0, len(a.Cards))
	rest := 1.0
	for _, c := range a.Cards {
		if c.Origin == nil || c.Origin.Propensity <= 0 {
			return nil, errors.New("the engine gave an item without a probability")
		}
		p := float64(c.Origin.Propensity)
		weights = append(weights, weighted{c.ID, p * rest})
		rest *= 1 - p
	}
	return weights, nil
}
