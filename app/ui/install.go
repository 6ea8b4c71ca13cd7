package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// installKey is under which is kept that the visitor does not want to be asked again.
const installKey = "sparrow-install"

// fond is the history from which on a visitor may want the app on their device.
const fond = 5

// installHint offers below the list to install the app, where the browser does, to who likes
// some items or came back on another day; nil for others, and for who was asked before.
func installHint(s *store) app.UI {
	if s.install == nil || kept(installKey) != "" || s.history() < fond && !cameBack(kept(keyOf(picksKey, s.people.On)), today()) {
		return nil
	}
	w := s.words
	answer := func(do func()) func(app.Context) {
		return func(app.Context) {
			keepText(installKey, "asked")
			do()
			s.redraw()
		}
	}
	return el("aside", "notice invite",
		el("div", "", txt("h2", "invite-title", w.InstallTitle), txt("p", "", w.InstallText)),
		el("div", "panel-buttons",
			button("button", "install", answer(s.install), app.Text(w.Install)),
			button("button button-quiet", "install", answer(func() {}), app.Text(w.InviteNo))))
}
