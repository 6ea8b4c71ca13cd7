// Package ui holds the pages and components of the app, for go-app. It holds no
// algorithm: the engine answers requests of wasm/protocol, and the pages draw
// the answers. The same pages are drawn in a browser and, without one, to HTML
// (prerender_other.go).
package ui
