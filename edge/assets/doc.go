//go:build !js

// Package assets serves what does not change between requests: a written site
// as Cloudflare's static assets would, and the bundles beside it.
package assets
