// Command app is the part of Sparrow that a visitor sees in the browser, a go-app
// program, and the engine that answers it. The page and its engine worker run one
// instance each of the same program: it is downloaded and compiled once.
package main

import (
	"syscall/js"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui"
	"sparrow/wasm/exports"
)

func main() {
	exports.AnswerAll()
	if !js.Global().Get("document").Truthy() {
		select {} // a worker: the exports are called while this waits
	}
	pause()
	pages := ui.Pages()
	pause()
	app.RouteWithRegexp("^/", pages)
	app.RunWhenOnBrowser()
}

// pause has what follows be a task of its own, after what the visitor
// did while the program started. A timer of Go's that is due already would not.
func pause() {
	goOn := make(chan struct{})
	done := js.FuncOf(func(js.Value, []js.Value) any {
		close(goOn)
		return nil
	})
	js.Global().Call("setTimeout", done)
	<-goOn
	done.Release()
}
