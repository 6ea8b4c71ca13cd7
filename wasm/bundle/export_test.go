//go:build !js

package bundle

// For tests that use the package from outside.
var (
	WithNetwork  = withNetwork
	DecodeWithin = decodeWithin
)
