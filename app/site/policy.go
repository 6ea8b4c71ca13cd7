//go:build !js

package site

import "strings"

// contentPolicy allows this site's own files, the sources of its catalog's
// pictures, and nothing else. 'wasm-unsafe-eval' lets WebAssembly compile; the
// posters are data: pictures; blob: is for saving the visitor's own copy.
func contentPolicy(pictures []string) string {
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
		"img-src " + strings.Join(append([]string{"'self' data: blob:"}, pictures...), " ") + "; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
		"base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
}

// FramePolicy is the policy of the frame in which the widget's engine runs
// where a page allows it nowhere else: any page may embed it, and it may do
// nothing but run the engine.
const FramePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors *"

// demoRule is the rule of the page on which a site's owner tries the widget, at
// either of its addresses: it allows both ways to run it, and pictures that a
// catalog names.
func demoRule(pictures []string) string {
	sources := "'self' data: https:"
	for _, p := range pictures {
		if strings.HasPrefix(p, "http://") {
			sources += " " + p
		}
	}
	return `
  ! Content-Security-Policy
  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src ` + sources + "; " +
		"connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// pageHeaders returns the headers of every answer, in order.
func pageHeaders(pictures []string) [][2]string {
	return [][2]string{
		{"Content-Security-Policy", contentPolicy(pictures)}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"}, {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
	}
}

// PageHeaders returns the headers of a page by name, for the service worker: it
// answers with the texts of pages, and no host adds headers there. pictures are
// the sources of pictures besides the site itself.
func PageHeaders(pictures []string) map[string]string {
	headers := map[string]string{}
	for _, h := range pageHeaders(pictures) {
		headers[h[0]] = h[1]
	}
	return headers
}

// Headers returns the site's _headers file: the headers of every answer, and
// how long it may be cached. The bundles' rule is for hosts that serve them as
// files. pictures are the sources of pictures besides the site itself.
// https://developers.cloudflare.com/workers/static-assets/headers/
func Headers(pictures []string) string {
	all := "/*"
	for _, h := range pageHeaders(pictures) {
		all += "\n  " + h[0] + ": " + h[1]
	}
	return all + `
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
/demo` + demoRule(pictures) + `
/demo/*` + demoRule(pictures) + `
/pictures/*
  ! Cache-Control
  Cache-Control: public, max-age=3600
  Cross-Origin-Resource-Policy: cross-origin
/v1/a/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
`
}
