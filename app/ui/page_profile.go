package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// profilePage shows the visitor's profile, and what they can do with it: see,
// take back, save, import, erase.
type profilePage struct {
	entries  []protocol.Entry // item by item
	cards    []protocol.Card  // one an item, in the same order
	taste    *protocol.Taste
	loaded   bool
	sure     bool // the confirmation before erasing is open
	unshare  bool // the confirmation before deleting what was shared is open
	deleted  outcome
	imported string                         // the outcome of the last import
	remarks  []string                       // what of it was not used
	reading  *importing                     // the import under way; nil for none
	percent  int                            // of it that is done, 0 as long as that is not shown
	offer    *offer                         // a file from outside of the page, before the visitor has said yes; nil for none
	guesses  map[catalog.ID][]protocol.Card // at what a file speaks of, by its id in the profile; none where there is no guess
	later    map[catalog.ID]bool            // of these, what the visitor has put off
	who      whoPanel
}

// offer is a file that was shared to the app, or opened with it.
type offer struct {
	name string
	file source
}

func newProfilePage() *profilePage {
	return &profilePage{guesses: map[catalog.ID][]protocol.Card{}, later: map[catalog.ID]bool{}}
}

func (p *profilePage) load(s *store) {
	s.ask(protocol.Request{Verb: protocol.Profile}, func(r reply) {
		p.entries, p.cards, p.taste, p.loaded = r.Entries, r.Cards, r.Taste, true
		p.review(s)
	})
	s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
		if r.Status != nil {
			s.status = r.Status
		}
	})
}

func (p *profilePage) title(w *words) string { return w.Profile }
func (p *profilePage) about(w *words) string { return w.About }

func (p *profilePage) view(s *store) app.UI {
	// The parts fill two columns in an order in which these end near each other. A newcomer, whose taste is a line,
	// finds first what brings a history.
	taste, who, data, share := p.tasteView(s), p.who.view(s), p.dataView(s), p.shareView(s)
	parts := []app.UI{taste, share, who, data}
	if len(p.entries) == 0 {
		parts = []app.UI{data, who, taste, share}
	}
	return el("div", "profile",
		el("div", "page-head", txt("h1", "page-title", s.words.Profile)),
		p.reviewView(s), p.historyView(s), // as long as they are, they have the whole width
		el("div", "profile-columns", append(parts, modelView(s))...),
	)
}

func (p *profilePage) tasteView(s *store) app.UI {
	w := s.words
	body := []app.UI{txt("h2", "panel-title", w.TasteTitle)}
	if p.taste == nil || len(p.taste.Genres) == 0 {
		return el("section", "panel", append(body, txt("p", "muted", w.TasteEmpty))...)
	}
	if p.taste.Mean > 0 {
		body = append(body, txt("p", "muted", fill(w.TasteMean, "stars", strconv.FormatFloat(float64(p.taste.Mean), 'f', 1, 32))))
	}
	body = append(body,
		txt("h3", "panel-sub", w.TasteGenres), shareBars(p.taste.Genres[:min(8, len(p.taste.Genres))], w.genre))
	if len(p.taste.Decades) > 0 {
		body = append(body,
			txt("h3", "panel-sub", w.TasteDecades), shareBars(p.taste.Decades, func(d string) string { return fill(w.DecadeOf, "n", d) }))
	}
	body = append(body, link("text-link", Address(s.route.lang, "/taste"), app.Text(w.TasteAll)))
	return el("section", "panel", body...)
}

// shareBars draws fractions, the largest as a full bar.
func shareBars(shares []protocol.Share, name func(string) string) app.UI {
	most := float32(0.01)
	for _, v := range shares {
		most = max(most, v.Part)
	}
	return el("dl", "shares", list(shares, func(_ int, v protocol.Share) app.UI {
		return el("div", "share",
			txt("dt", "", name(v.Label)),
			el("dd", "", el("span", "share-bar", svg("0 0 100 8", rect("bar-plain", 0, 0, 100*v.Part/most, 8))),
				txt("span", "share-number", strconv.Itoa(int(100*v.Part+0.5))+" %")))
	})...)
}

func (p *profilePage) dataView(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit)
	kept := w.Durable
	if !s.durable {
		kept = w.NotDurable
	}
	var install app.UI
	if s.install != nil {
		install = button("button", scope, func(app.Context) { s.install() }, app.Text(w.Install))
	}
	text, sure := w.DataText, w.EraseSure
	if s.sharing.shared {
		text, sure = w.DataShared, w.EraseSureShared
	}
	if len(s.people.All) > 1 {
		sure += " " + w.EraseOthers
	}
	body := []app.UI{
		txt("h2", "panel-title", w.DataTitle), txt("p", "", text), txt("p", "muted", when(s.ready(), kept)),
		el("div", "panel-buttons", install,
			el("label", "button", app.Text(w.Import),
				void("input", "only-read").Attr("type", "file").Attr("id", "import").Attr("accept", ".zip,.json,.csv").
					On("change", func(app.Context, app.Event) { p.importFile(s) }, app.EventScope(scope))),
		),
		txt("p", "muted", w.ImportText),
		p.importView(s),
		el("div", "panel-buttons", p.exportView(s, scope)...),
	}
	body = append(body, question(s, &p.sure, "erase", w.Erase, sure, w.EraseYes, func() { p.erase(s) }))
	return el("section", "panel", body...)
}

func (p *profilePage) erase(s *store) {
	if s.sharing.shared {
		p.eraseShared(s)
	}
	s.ask(protocol.Request{Verb: protocol.Erase}, func(r reply) {
		p.sure, s.anew, s.unseen = false, nil, nil
		clear(s.overrides)
		s.settings = settings{}
		keepText(installKey, "")
		keepText(keyOf(picksKey, s.people.On), "")
		keepText(keyOf(seenKey, s.people.On), "")
		s.keep()
		s.toast.show(s, s.words.EraseDone, nil)
		s.refresh()
		s.focusSoon("erase")
	})
}

// modelView draws what the recommendations were learned from.
func modelView(s *store) app.UI {
	w := s.words
	body := []app.UI{txt("h2", "panel-title", w.ModelTitle)}
	if s.status == nil {
		return el("section", "panel", append(body, txt("p", "muted", w.Starting))...)
	}
	text := w.ModelUndated // of data without times
	if s.status.AsOf > 0 {
		text = w.ModelText
	}
	body = append(body, txt("p", "", fill(text, "name", s.status.Name, "n", w.number(s.status.Items),
		"date", time.Unix(s.status.AsOf, 0).UTC().Format("2006-01-02"))))
	for _, line := range []string{s.status.Licence, s.status.Citation} {
		if line != "" {
			body = append(body, txt("p", "muted", line))
		}
	}
	body = append(body, link("text-link", Address(s.route.lang, "/lab"), app.Text(w.LabLink)))
	if h := s.hash; len(h) >= 12 {
		body = append(body, txt("p", "muted hash", fill(w.ModelHash, "hash", h[:12])))
	}
	return el("section", "panel", body...)
}
