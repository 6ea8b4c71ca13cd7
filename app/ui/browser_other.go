//go:build !js

package ui

import "strings"

// There is no browser here: pages are rendered to HTML, and tests read that
// HTML.

type spots struct{}

func now() int64                          { return 0 }
func (spots) glide()                      {}
func setLiveness(string)                  {}
func navigate(string)                     {}
func applyUpdate()                        {}
func spotsOf() spots                      { return spots{} }
func scrollTo(int) bool                   { return true }
func arrive()                             {}
func rowsAhead() []string                 { return nil }
func wide() bool                          { return true }
func scrolled() int                       { return 0 }
func onBack(func())                       {}
func onKept(func(string))                 {}
func onSlash(func())                      {}
func onHide(func()) (stop func())         { return func() {} }
func profileOf(_ int, then func([]byte))  { then([]byte("kept")) }
func drawCode(_, _ string)                {}
func kept(string) string                  { return "" }
func keepText(key, text string)           {}
func zone() int                           { return 0 }
func makePicture(string, func())          {}
func startAnew(string)                    {}
func origin() string                      { return "https://films.example" }
func send(_, _ string, then func(string)) { then("copied") }
func findUser(string, func(string, news)) {}
func firstUser(func(string, news))        {}
func measured(_, number, currency, unit string) string {
	return strings.TrimRight(number+" "+currency+unit, " ")
}
func focusID(string)                     {}
func saveFile(name, mime, text string)   {}
func chosen(string) source               { return nil }
func linksAlone() source                 { return nil }
func onDrop(func() bool, func(source))   {}
func onOffer(func(string, source))       {}
func startDragging()                     {}
func scrollRow(id string, direction int) {}
func focusCard(id string, to int)        {}
