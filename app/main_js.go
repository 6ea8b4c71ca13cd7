// Command app is the part of Sparrow that a visitor sees in the browser: a go-app
// program.
package main

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui"
)

func main() {
	app.RouteWithRegexp("^/", ui.Pages())
	app.RunWhenOnBrowser()
}
