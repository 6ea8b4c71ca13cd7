// Command app is Sparrow's face: in the browser a go-app program, natively the
// exporter that writes the site.
package main

import "github.com/maxence-charriere/go-app/v10/pkg/app"

func main() {
	c, f := newClient(), newFeedback()
	app.RouteWithRegexp("^/", func() app.Composer { return newRoot(c, f) })
	app.RunWhenOnBrowser()
}
