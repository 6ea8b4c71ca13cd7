package engine

import (
	"errors"

	"sparrow/wasm/bundle"
	"sparrow/wasm/live"
)

// Open returns an engine over the bundle that data encodes. It refuses a bundle
// whose golden answers the engine does not give, or whose models give no finite
// scores.
func Open(data []byte) (*Engine, error) {
	b, err := bundle.Decode(data)
	if err != nil {
		return nil, errors.New("engine: " + err.Error())
	}
	return New(b).checked()
}

// OpenLists is [Open] for programs that ask for lists of retrieval and ranker: the
// bundle's pointwise models are not read, and no query may name one, so that the
// linker can leave out what reads and runs them.
func OpenLists(data []byte) (*Engine, error) {
	b, err := bundle.DecodeLists(data)
	if err != nil {
		return nil, errors.New("engine: " + err.Error())
	}
	return newEngine(b).checked()
}

// checked returns e if it gives the answers that it should.
func (e *Engine) checked() (*Engine, error) {
	if err := e.check(); err != nil {
		return nil, errors.New("engine: " + err.Error())
	}
	return e, nil
}

// Lacks names the second file of the bundle, which [Engine.Extend] takes; nil where
// nothing is missing: one that holds a card alone changes no answer.
func (e *Engine) Lacks() *bundle.Supplement {
	if s := e.bundle.Supplement; s != nil && (s.Models != 0 || e.bundle.First > 0) {
		return s
	}
	return nil
}

// Extend adds the second file of the bundle, data, whose hash the caller has compared.
// It refuses one with which the models do not give their golden answers; after an error
// the engine is what it was. Lists that it makes from then on are those of a bundle of
// one file; what is similar to an item stays, since that goes by the first file alone. An
// overlay stays, and rows of its new items become others.
func (e *Engine) Extend(data []byte) error {
	if o := e.overlay.source; o != nil { // answers are golden without one
		e.Overlay(new(live.Overlay))
		defer e.Overlay(o)
	}
	before := *e.bundle
	if err := e.bundle.Extend(data); err != nil { // in place: retriever and ranker read its tables
		return errors.New("engine: " + err.Error())
	}
	e.pointwise = nil
	if err := e.checkGolden(); err != nil {
		*e.bundle, e.pointwise = before, nil
		return errors.New("engine: " + err.Error())
	}
	return nil
}
