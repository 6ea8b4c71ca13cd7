package main

import (
	"bytes"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/wasm/protocol"
)

// Colours of the browser's frame: the values of --bg in static/css/tokens.css.
const (
	themeLight = "#f9f6f3"
	themeDark  = "#15110e"
)

// styleSheets are joined in this order into the one sheet of the site.
var styleSheets = []string{"tokens.css", "base.css", "bar.css", "card.css", "pages.css", "lab.css"}

// rendered is a page as it ships, except for the path of app.js, which is known
// only after all pages are rendered: appToken stands for it.
type rendered struct {
	path string // without the language: "/item/1"
	lang string
	html []byte
}

const appToken = "__APP_JS__"

// file returns the path at which a static host looks for the page.
func (p rendered) file() string {
	path := ui.InLanguage(p.lang, p.path)
	if strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path + ".html"
}

// addresses lists what is rendered in advance: the fixed pages, every genre and
// the most popular items. shy are the items and genres among them that get no
// file: their names are too long for one, or a host without case would take
// another's page for theirs. The app draws them all the same.
func addresses(s ui.Session, items int) (paths []string, shy int) {
	paths = []string{"/", "/browse", "/for-two", "/for-you", "/kept", "/history", "/profile", "/taste", "/lab", "/shared-list", "/shell", "/404"}
	var named []string
	for _, g := range s.Answer(protocol.Request{Verb: protocol.Open}).Genres {
		named = append(named, ui.GenrePath(g.Name))
	}
	wanted := len(named) + items
	for n := 0; ; {
		cards := s.Answer(protocol.Request{Verb: protocol.Browse, Offset: n, K: 100}).Cards
		if len(cards) == 0 {
			break
		}
		for _, c := range cards {
			named = append(named, ui.ItemPath(c.ID))
		}
		n += len(cards)
	}
	sharing := map[string]int{} // by the file's name without case: of how many addresses
	for _, p := range named {
		sharing[strings.ToLower(p)]++
	}
	for _, p := range named[:min(wanted, len(named))] {
		if len(path.Base(p)) > longestName || sharing[strings.ToLower(p)] > 1 {
			shy++
			continue
		}
		paths = append(paths, p)
	}
	return paths, shy
}

// longestName is how many bytes of a page's name leave room for .html.br.part
// below the 255 that file systems take.
const longestName = 240

// renderAll draws every address in every language. feedback reports whether
// visitors may share their feedback; pictures are those that others show of a link, by the path of its page.
func renderAll(s ui.Session, paths []string, assets map[string]string, at place, feedback bool, pictures map[string]site.Picture) ([]rendered, error) {
	var pages []rendered
	for _, path := range paths {
		for _, lang := range []string{"en", "zh"} {
			pages = append(pages, rendered{path: path, lang: lang})
		}
	}
	r := &renderer{ui.NewRenderer(s, at.base, feedback), assets, at, pictures}
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

// renderer draws pages and adds this site's head.
type renderer struct {
	*ui.Renderer
	assets map[string]string
	place
	pictures map[string]site.Picture // that others show of a link to a page, by its path
}

// render draws one page.
func (r *renderer) render(p *rendered) error {
	body, seed, err := r.Render(ui.Address(p.lang, p.path))
	if err != nil {
		return err
	}
	head := r.head(p)
	head.Seed = seed
	p.html, err = site.Rewrite(body, head)
	return err
}

// head returns what this site puts into the head of p.
func (r *renderer) head(p *rendered) site.Head {
	head := site.Head{
		Styles: []string{r.assets["app.css"]}, Early: appToken, Scripts: []string{r.assets["wasm_exec.js"]},
		Preload: r.assets["app.wasm"], Manifest: r.base + manifestPath(p.lang), Icon: r.assets["icon.svg"], Touch: r.assets["apple-touch-icon.png"],
		Theme: [2]string{themeLight, themeDark},
	}
	if r.host == "" || !listed(p.path) {
		return head
	}
	for _, lang := range []string{"en", "zh"} {
		head.Others = append(head.Others, site.Version{Lang: ui.HtmlLang(lang), Href: r.host + ui.Address(lang, p.path)})
	}
	head.Others = append(head.Others, site.Version{Lang: "x-default", Href: r.host + ui.Address("en", p.path)})
	head.Canonical = r.host + ui.Address(p.lang, p.path)
	head.Picture = r.pictures[p.path]
	if mark := r.assets["icon-512.png"]; head.Picture.URL == "" && mark != "" {
		head.Picture = site.Picture{URL: r.host + mark, Width: 512, Height: 512}
	}
	return head
}

// putPages adds the pages, now that app.js has a path.
func putPages(out *site.Site, pages []rendered) {
	app := []byte(out.Assets()["app.js"])
	for _, p := range pages {
		out.Put(p.file(), bytes.Replace(p.html, []byte(appToken), app, 1))
	}
}

// listed reports whether search engines should index the page.
func listed(path string) bool {
	return path != "/shell" && path != "/404" && path != "/kept" && path != "/history" && path != "/profile" && path != "/taste" && path != "/shared-list" && path != "/for-two"
}
