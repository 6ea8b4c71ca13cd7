package engine

import (
	"errors"

	"sparrow/wasm/bundle"
)

// Open returns an engine over the bundle that data encodes.
func Open(data []byte) (*Engine, error) {
	b, err := bundle.Decode(data)
	if err != nil {
		return nil, errors.New("engine: " + err.Error())
	}
	return New(b), nil
}
