//go:build !js

package site

// contentPolicy allows this site's own files and nothing else. 'wasm-unsafe-eval'
// lets WebAssembly compile; the posters are data: pictures; blob: is for saving
// the visitor's own copy.
const contentPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"

// FramePolicy is that of the frame in which the widget's engine runs where a
// page lets it run nowhere else: it may be in any page and do nothing but that.
const FramePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors *"

// demoPolicy is that of the page on which a site's owner tries the widget: it
// lets it run in both of its ways and show pictures that a catalog names.
const demoPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: https:; " +
	"connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// demoRule are the lines of the demo page, at either of its addresses.
const demoRule = `
  ! Content-Security-Policy
  Content-Security-Policy: ` + demoPolicy

// Headers is the site's _headers file: what every answer says, and how long
// it may be kept. The bundles' rule is for hosts that serve them as files.
// https://developers.cloudflare.com/workers/static-assets/headers/
func Headers() string {
	return `/*
  Content-Security-Policy: ` + contentPolicy + `
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Cache-Control: no-cache
/a/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
/v1/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
/v1/widget.js
  ! Cache-Control
  Cache-Control: public, max-age=300, stale-while-revalidate=604800
/frame/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
  ! Content-Security-Policy
  Content-Security-Policy: ` + FramePolicy + `
  Cross-Origin-Resource-Policy: cross-origin
/demo` + demoRule + `
/demo/*` + demoRule + `
/v1/a/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
`
}
