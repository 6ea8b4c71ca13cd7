//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http/httptest"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/site"
	"sparrow/wasm/protocol"
)

// Colours of the browser's frame, as static/css/tokens.css has them for --bg.
const (
	themeLight = "#f9f6f3"
	themeDark  = "#15110e"
)

// styleSheets are joined in this order into the one sheet of the site.
var styleSheets = []string{"tokens.css", "base.css", "bar.css", "card.css", "pages.css", "lab.css"}

// rendered is a page as it ships, but for the path of app.js, which is known
// only when all pages are: appToken stands for it.
type rendered struct {
	path string // without the language: "/movie/1"
	lang string
	html []byte
}

const appToken = "__APP_JS__"

// file is where a static host looks for the page.
func (p rendered) file() string {
	path := in(p.lang, p.path)
	if strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path + ".html"
}

// addresses lists what is rendered in advance: the fixed pages, every genre and
// the most popular movies.
func addresses(s session, movies int) []string {
	paths := []string{"/", "/browse", "/for-you", "/watchlist", "/profile", "/lab", "/shell", "/404"}
	for _, g := range s.Answer(protocol.Request{Verb: protocol.Open}).Genres {
		paths = append(paths, genreURL("en", g.Name))
	}
	for n := 0; n < movies; {
		cards := s.Answer(protocol.Request{Verb: protocol.Browse, Offset: n, K: min(100, movies-n)}).Cards
		if len(cards) == 0 {
			break
		}
		for _, c := range cards {
			paths = append(paths, movieURL("en", c.ID))
		}
		n += len(cards)
	}
	return paths
}

// renderAll draws every address in every language. base is the site's address,
// or "" when it is not known. feedback tells whether visitors may share theirs.
func renderAll(s session, movies int, assets map[string]string, base string, feedback bool) ([]rendered, error) {
	var pages []rendered
	for _, path := range addresses(s, movies) {
		for _, lang := range []string{"en", "zh"} {
			pages = append(pages, rendered{path: path, lang: lang})
		}
	}
	r := newRenderer(s, assets, base)
	r.feedback = feedback
	work := make(chan int)
	errs := make([]error, len(pages))
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range work {
				errs[i] = r.render(&pages[i])
			}
		})
	}
	for i := range pages {
		work <- i
	}
	close(work)
	group.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", pages[i].path, err)
		}
	}
	return pages, nil
}

// renderer draws pages with go-app's own handler.
type renderer struct {
	handler  app.Handler
	session  session
	assets   map[string]string
	base     string
	lock     sync.Mutex
	feedback bool
	seeds    sync.Map // address → seeds
}

// onTheWire is the renderer that go-app's one table of routes leads to.
var onTheWire *renderer

var registerRoute = sync.OnceFunc(func() {
	app.RouteWithRegexp("^/", func() app.Composer { return onTheWire.root() })
})

func newRenderer(s session, assets map[string]string, base string) *renderer {
	icon := app.Icon{Default: "/", Large: "/", SVG: "/", Maskable: "/"} // Rewrite puts ours; go-app's own are remote
	onTheWire = &renderer{handler: app.Handler{Name: english.Name, Version: "1", Icon: icon}, session: s, assets: assets, base: base}
	registerRoute()
	return onTheWire
}

// root is a new page over the session, which notes what it was told.
func (r *renderer) root() *root {
	c := &localClient{session: r.session, lock: &r.lock, told: seeds{}}
	page := newRoot(c, nil)
	page.s.hasEdge = r.feedback
	page.drawn = func(address string) { r.seeds.Store(address, c.told) }
	return page
}

// render draws one page.
func (r *renderer) render(p *rendered) error {
	address := in(p.lang, p.path)
	answer := httptest.NewRecorder()
	r.handler.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
	if answer.Code != 200 {
		return fmt.Errorf("go-app answered %d", answer.Code)
	}
	told, ok := r.seeds.Load(address)
	if !ok {
		return fmt.Errorf("the page was not opened")
	}
	head := r.head(p)
	if len(told.(seeds)) > 0 {
		seed, err := json.Marshal(sparse(reflect.ValueOf(told)))
		if err != nil {
			return err
		}
		head.Seed = string(seed)
	}
	html, err := site.Rewrite(answer.Body.Bytes(), head)
	p.html = html
	return err
}

// head is what this site puts into the head of p.
func (r *renderer) head(p *rendered) site.Head {
	head := site.Head{
		Styles: []string{r.assets["app.css"]}, Scripts: []string{r.assets["wasm_exec.js"], appToken},
		Preload: r.assets["app.wasm"], Icon: r.assets["icon.svg"], Touch: r.assets["apple-touch-icon.png"],
		Theme: [2]string{themeLight, themeDark},
	}
	if !listed(p.path) {
		return head
	}
	for _, lang := range []string{"en", "zh"} {
		head.Others = append(head.Others, site.Version{Lang: htmlLang(lang), Href: r.base + in(lang, p.path)})
	}
	if r.base != "" {
		head.Canonical = r.base + in(p.lang, p.path)
	}
	return head
}

// sparse is v for JSON without what is zero: most fields of a card are.
func sparse(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return sparse(v.Elem())
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				out[v.Type().Field(i).Name] = sparse(v.Field(i))
			}
		}
		return out
	case reflect.Map:
		out := map[string]any{}
		for _, k := range v.MapKeys() {
			out[k.String()] = sparse(v.MapIndex(k))
		}
		return out
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = sparse(v.Index(i))
		}
		return out
	}
	return v.Interface()
}

// putPages adds the pages, now that app.js has a path.
func putPages(out *site.Site, pages []rendered) error {
	app := []byte(out.Assets()["app.js"])
	for _, p := range pages {
		file, err := url.PathUnescape(p.file())
		if err != nil {
			return err
		}
		out.Put(file, bytes.Replace(p.html, []byte(appToken), app, 1))
	}
	return nil
}

// listed tells pages that a search engine should know.
func listed(path string) bool {
	return path != "/shell" && path != "/404" && path != "/watchlist" && path != "/profile"
}

// siteMap lists the pages with their languages.
func siteMap(base string, pages []rendered) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range pages {
		if listed(p.path) {
			b.WriteString("<url><loc>")
			xml.EscapeText(&b, []byte(base+in(p.lang, p.path)))
			b.WriteString("</loc></url>\n")
		}
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
