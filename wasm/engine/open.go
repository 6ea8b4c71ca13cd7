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
	e := New(b)
	if err := e.check(); err != nil {
		return nil, errors.New("engine: " + err.Error())
	}
	return e, nil
}
