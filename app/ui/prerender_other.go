//go:build !js

package ui

import (
	"fmt"
	"net/http/httptest"
	"sync"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Renderer draws pages to HTML with go-app's own handler, over a session in
// this process. There is one at a time: go-app has one table of routes.
type Renderer struct {
	handler  app.Handler
	session  Session
	lock     sync.Mutex
	feedback bool
	seeds    sync.Map // address → seeds
}

// current is the renderer that go-app's table of routes leads to.
var current *Renderer

var registerRoute = sync.OnceFunc(func() {
	app.RouteWithRegexp("^/", func() app.Composer { return current.root() })
})

// NewRenderer returns a renderer of pages over s and replaces the one before.
// path is that of the site on its host, "/repo", or "". feedback reports whether
// visitors may share their feedback.
func NewRenderer(s Session, path string, feedback bool) *Renderer {
	base = path
	icon := app.Icon{Default: "/", Large: "/", SVG: "/", Maskable: "/"} // the exporter adds ours; go-app's own are remote
	current = &Renderer{handler: app.Handler{Name: wordsOf("en").Name, Version: "1", Icon: icon}, session: s, feedback: feedback}
	registerRoute()
	return current
}

// root returns a new page over the session, which records its answers.
func (r *Renderer) root() *root {
	c := &localClient{session: r.session, lock: &r.lock, answers: seeds{}}
	page := NewRoot(c, nil)
	page.s.hasEdge = r.feedback
	page.drawn = func(address string) { r.seeds.Store(address, c.answers) }
	return page
}

// Render draws the page of an address; several goroutines may call it. seed is
// the answers that it was drawn from, as text for the page, "" when it requested none.
func (r *Renderer) Render(address string) (html []byte, seed string, err error) {
	answer := httptest.NewRecorder()
	r.handler.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
	if answer.Code != 200 {
		return nil, "", fmt.Errorf("go-app answered %d", answer.Code)
	}
	answers, ok := r.seeds.Load(address)
	if !ok {
		return nil, "", fmt.Errorf("the page was not opened")
	}
	if all := answers.(seeds); len(all) > 0 {
		seed = all.text()
	}
	return answer.Body.Bytes(), seed, nil
}
