package ui

import (
	"net/url"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// root is the one component behind every address: the frame, and in it the page
// that the address names. go-app keeps it while the visitor moves between
// pages.
type root struct {
	app.Compo
	s     *store
	open  string               // the address that is shown
	left  map[string]leaf      // the pages that were left, by address
	back  bool                 // the next page is a step back
	drawn func(address string) // receives the address of a page rendered in advance
	told  [3]string            // language, title and description as they were last set
}

// leaf is a page as the visitor left it, for a step back.
type leaf struct {
	page   page
	height int // its scroll position
}

func NewRoot(c client, f feedback) *root {
	s := newStore(c)
	s.feedback, s.hasEdge = f, f != nil
	return &root{s: s, left: map[string]leaf{}}
}

// OnInit opens the page before the first drawing, in the browser from the seed
// that came with it, so that the drawing equals what is already on the screen.
func (r *root) OnInit() {
	if app.IsClient {
		u := app.Window().URL()
		r.recall()
		r.goTo(u)
	}
}

// OnPreRender opens the page where HTML is written.
func (r *root) OnPreRender(ctx app.Context) {
	r.goTo(ctx.Page().URL())
	r.describe(ctx)
	if r.drawn != nil {
		r.drawn(r.open)
	}
}

func (r *root) OnMount(ctx app.Context) {
	s := r.s
	run := func(f func()) { ctx.Dispatch(func(app.Context) { f() }) }
	s.run = run
	s.redraw = func() {
		ctx.Update()
		r.describe(ctx)
	}
	s.later = func(ms int, do func()) {
		ctx.After(time.Duration(ms)*time.Millisecond, func(app.Context) { do() })
	}
	s.drawn = func(do func()) { ctx.Defer(func(app.Context) { do() }) }
	s.animate = func(change func()) {
		was := spotsOf()
		change()
		s.redraw()
		s.drawn(was.glide)
	}
	s.keep = func() { r.keep(ctx) }
	s.client.start(run, s.receive)
	s.listen(run)
	setLiveness(s.conn.phase)
	onBack(func() { r.back = true })
	onKept(func(key string) { run(func() { s.follow(key, readPeople(kept(peopleKey)), settingsOf) }) })
	onSlash(func() { focusID(searchID) })
	startDragging()
	onDrop(func() bool { _, is := s.page.(*profilePage); return is }, func(file source) {
		run(func() {
			if p, is := s.page.(*profilePage); is {
				p.bring(s, file)
			}
		})
	})
	onOffer(func(name string, file source) {
		run(func() {
			p, is := s.page.(*profilePage)
			if !is {
				return // which navigates there first
			}
			p.offer = &offer{name, file}
			s.redraw()
		})
	})
	if p, ok := s.page.(interface{ mounted(*store) }); ok {
		p.mounted(s)
	}
	r.describe(ctx)
}

// OnAppInstallChange runs when the app becomes installable, or has been
// installed.
func (r *root) OnAppInstallChange(ctx app.Context) {
	r.s.install = nil
	if ctx.IsAppInstallable() && !ctx.IsAppleBrowser() { // Apple's browsers install from a menu of their own
		r.s.install = ctx.ShowAppInstallPrompt
	}
}

// OnNav follows a link.
func (r *root) OnNav(ctx app.Context) {
	u := ctx.Page().URL()
	if opened(u) == r.open || u.Fragment == "items" && strings.HasPrefix(r.open, u.RequestURI()+"#") { // the skip link
		return
	}
	r.left[r.open] = leaf{r.s.page, scrolled()}
	y := 0
	if was, ok := r.left[opened(u)]; ok && r.back {
		y = was.height
		r.open = opened(u)
		r.s.reopen(parseRoute(u), was.page)
	} else {
		r.goTo(u)
	}
	r.back = false
	r.describe(ctx)
	ctx.Defer(func(app.Context) {
		arrive()
		r.scroll(y, 20)
	})
}

// scroll brings the page to height y. After a step back the page may not be
// that high yet, so it tries again while its lists arrive.
func (r *root) scroll(y, tries int) {
	visit := r.s.visit
	if !scrollTo(y) && tries > 0 {
		r.s.later(50, func() {
			if r.s.visit == visit {
				r.scroll(y, tries-1)
			}
		})
	}
}

func (r *root) goTo(u *url.URL) {
	if r.open == opened(u) {
		return
	}
	r.read(u)
	r.open = opened(u)
	r.s.open(parseRoute(u))
}

// describe sets what stands outside of the body: language, title, description.
// It runs after each drawing, since a title is known when the item has arrived.
func (r *root) describe(ctx app.Context) {
	tell := r.s.told()
	if tell == r.told {
		return
	}
	r.told = tell
	page := ctx.Page()
	page.SetLang(tell[0])
	page.SetTitle(attr(tell[1]))
	page.SetDescription(attr(tell[2]))
}

// told returns the language of the page, its title and its description.
func (s *store) told() [3]string {
	w := s.words
	title := w.Name + " · " + w.Tagline
	if own := s.page.title(w); own != "" {
		title = own + " · " + w.Name
	}
	return [3]string{HtmlLang(s.route.lang), title, s.page.about(w)}
}

// HtmlLang returns the language tag for HTML.
func HtmlLang(lang string) string {
	if lang == "zh" {
		return "zh-Hans"
	}
	return lang
}

func (r *root) Render() app.UI {
	s := r.s
	if s.page == nil {
		return el("div", "frame")
	}
	return el("div", "frame",
		link("skip", "#items", app.Text(s.words.Skip)),
		appBar(s),
		notices(s),
		el("main", "page", s.page.view(s)).Attr("id", "items"),
		footer(s),
		s.toast.view(s),
	)
}
