package engine

import (
	"errors"

	"sparrow/wasm/bundle"
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
// bundle's pointwise models are neither checked against their golden answers nor
// may a query name one, so that the linker can leave out what runs them.
func OpenLists(data []byte) (*Engine, error) {
	b, err := bundle.Decode(data)
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
